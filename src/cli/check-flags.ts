import { type Command, Option } from "commander";
import { UsageError } from "../index.ts";
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

/** From which severity on findings fail the check. */
export type FailOn = "error" | "warning" | "never";
const FAIL_ON: readonly FailOn[] = ["error", "warning", "never"];

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
    .addOption(new Option("--fail-on <severity>", `${FAIL_ON.join(", ")} (default: warning)`));
}

export function failOn({ failOn: written = "warning" }: CheckFlags): FailOn {
  const found = FAIL_ON.find((one) => one === written);
  if (found !== undefined) return found;
  throw new UsageError(`--fail-on must be ${FAIL_ON.join(", ")}, not "${written}".`);
}

export function maxFindings({ maxFindings: written = "0" }: CheckFlags): number {
  if (/^\d{1,9}$/.test(written)) return Number(written);
  throw new UsageError(`--max-findings must be a number, 0 or more, not "${written}".`);
}
