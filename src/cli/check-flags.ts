import { type Command, Option } from "commander";
import { type Config, parseFailOn, parseMaxFindings } from "../index.ts";
import type { ScanFlags } from "./scan-flags.ts";

/** The options of check as commander gives them. */
export interface CheckFlags extends ScanFlags {
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly failOnStale?: boolean;
  readonly since?: string;
  readonly maxFindings?: string;
  readonly failOn?: string;
}

/** Adds what only `check` understands. */
export function addCheckOptions(command: Command): Command {
  return command
    .option(
      "--baseline <file>",
      "accepted findings (default: ormverdict-baseline.json in the scanned folder)",
    )
    .option("--write-baseline", "accept everything found now: write the baseline, and exit with 0")
    .option("--fail-on-stale", "fail when the baseline holds findings that are gone")
    .option("--since <revision>", "report only findings in what changed since the branch left the revision")
    .option("--max-findings <number>", "fail only when there are more (default: 0)")
    .addOption(new Option("--fail-on <severity>", "error, warning, never (default: warning)"));
}

/** What the flags say about configuration that only check has. */
export function gateConfig({ failOn, maxFindings }: CheckFlags): Partial<Config> {
  return {
    ...(failOn !== undefined && { failOn: parseFailOn(failOn, "--fail-on") }),
    ...(maxFindings !== undefined && { maxFindings: parseMaxFindings(maxFindings, "--max-findings") }),
  };
}
