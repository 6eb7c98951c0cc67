import { CommanderError } from "commander";
import { UsageError, VERSION } from "../index.ts";
import { printable } from "../text/printable.ts";
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

function describeError(error: unknown, argv: readonly string[]): string {
  if (error instanceof UsageError) return `ormverdict: ${printable(error.message)}`;
  if (error instanceof CommanderError) {
    const says = error.message
      .replace(/^error: /, "")
      .replace(/\n\(Did you mean (.+)\?\)/s, ". Did you mean $1?");
    const end = /[.?]$/.test(says) ? "" : ".";
    return `ormverdict: ${printable(says)}${end} \`ormverdict --help\` shows what there is.`;
  }
  const says = error instanceof Error ? error.message : String(error);
  const stack =
    error instanceof Error && argv.includes("--verbose")
      ? `\n${(error.stack ?? "").split("\n").map(printable).join("\n")}`
      : "";
  const hint = stack === "" ? "; --verbose adds where it happened" : "";
  return `ormverdict: this is a bug in ormverdict ${VERSION}: ${printable(says)}. Please report it with this command line${hint}.${stack}`;
}
