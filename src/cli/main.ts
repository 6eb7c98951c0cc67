#!/usr/bin/env node
// The executable. Only this file touches the process; it never calls process.exit, which would cut off output still in a pipe.
import type { Host, OutputStream } from "./host.ts";
import { runCli } from "./run-cli.ts";

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  // `ormverdict scan | head` closes the pipe early: that is the reader's choice, no error of ours.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
    write: (text) => void stream.write(text),
  };
}

const host: Host = {
  cwd: process.cwd(),
  environment: process.env,
  stdout: outputStream(process.stdout),
  stderr: outputStream(process.stderr),
  now: () => performance.now(),
};

process.exitCode = await runCli(process.argv.slice(2), host);
