import { CommanderError } from "commander";
import { UsageError, VERSION } from "../index.ts";
import { plainName } from "../text/plain-text.ts";

/** What standard error says of anything thrown: what is wrong with the use, or that it is a bug of ours. The stack only with --verbose. */
export function describeError(error: unknown, argv: readonly string[]): string {
  if (error instanceof UsageError) return `ormverdict: ${plainName(error.message)}`;
  if (error instanceof CommanderError) {
    const says = error.message
      .replace(/^error: /, "")
      .replace(/\n\(Did you mean (.+)\?\)/s, ". Did you mean $1?");
    const end = /[.?]$/.test(says) ? "" : ".";
    return `ormverdict: ${plainName(says)}${end} \`ormverdict --help\` shows what there is.`;
  }
  const says = error instanceof Error ? error.message : String(error);
  const stack =
    error instanceof Error && argv.includes("--verbose")
      ? `\n${(error.stack ?? "").split("\n").map(plainName).join("\n")}`
      : "";
  const hint = stack === "" ? "; --verbose adds where it happened" : "";
  return `ormverdict: this is a bug in ormverdict ${VERSION}: ${plainName(says)}. Please report it with this command line${hint}.${stack}`;
}
