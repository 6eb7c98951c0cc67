import { CommanderError } from "commander";
import { describeError } from "./describe-error.ts";
import type { Host } from "./host.ts";
import { buildProgram } from "./program.ts";

/** 0 is success and 1 findings of `check`; everything that kept ormverdict from answering is 2. */
const FAILED = 2;

/** Runs one command line and gives its exit code. Never throws: what goes wrong is said on standard error. */
export async function runCli(argv: readonly string[], host: Host): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(host, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    host.stderr.write(`${describeError(error, argv)}\n`);
    return FAILED;
  }
}
