#!/usr/bin/env node
// The executable. Only this file touches the process; it never calls process.exit, which would cut off output still in a pipe.
import { describeError } from "./describe-error.ts";
import type { Host, OutputStream } from "./host.ts";
import { runCli } from "./run-cli.ts";

const FAILED = 2;

/** For what goes wrong outside of the run's own flow, such as a disk that is full when output reaches it. */
function fail(says: string): void {
  process.on("exit", () => {
    process.exitCode = FAILED;
  });
  process.stderr.write(`${says}\n`);
}

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // `ormverdict scan | head` closes the pipe early: that is the reader's choice, no error of ours.
    if (error.code === "EPIPE") return;
    if (stream !== process.stderr)
      fail(`ormverdict: the output could not be written (${error.code}). Write it elsewhere.`);
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
    write: (text) => void stream.write(text),
  };
}

process.on("uncaughtException", (error) => fail(describeError(error, process.argv)));

const host: Host = {
  cwd: process.cwd(),
  environment: process.env,
  platform: process.platform,
  stdout: outputStream(process.stdout),
  stderr: outputStream(process.stderr),
  now: () => performance.now(),
};

process.exitCode = await runCli(process.argv.slice(2), host);
