import type { Config } from "../model/config.ts";
import { UsageError } from "../model/usage-error.ts";
import { type KnownAssumption, parseAssumptions } from "./parse-assumption.ts";
import { parseFormat } from "./parse-format.ts";
import { parseFailOn, parseMaxFindings } from "./parse-gate.ts";
import { parseJobs } from "./parse-jobs.ts";

/**
 * What ORMVERDICT_* variables set; lists are separated by commas. An empty variable counts as unset.
 *
 * @throws UsageError for a value that its key cannot have.
 */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  formats: readonly string[],
  assumptions: readonly KnownAssumption[],
): Partial<Config> {
  const { ORMVERDICT_EXCLUDE: exclude, ORMVERDICT_FORMAT: format, ORMVERDICT_JOBS: jobs } = environment;
  const { ORMVERDICT_ASSUME: assume } = environment;
  const { ORMVERDICT_FAIL_ON: failOn, ORMVERDICT_MAX_FINDINGS: maxFindings } = environment;
  const noCache = yesOrNo(environment, "ORMVERDICT_NO_CACHE");
  const includeTests = yesOrNo(environment, "ORMVERDICT_INCLUDE_TESTS");
  return {
    ...(exclude && { exclude: listOf(exclude) }),
    ...(format && { format: listOf(format).map((one) => parseFormat(one, "ORMVERDICT_FORMAT", formats)) }),
    ...(assume && { assume: parseAssumptions(listOf(assume), "ORMVERDICT_ASSUME", assumptions) }),
    ...(jobs && { jobs: parseJobs(jobs, "ORMVERDICT_JOBS") }),
    ...(noCache !== null && { cache: !noCache }),
    ...(includeTests !== null && { includeTests }),
    ...(failOn && { failOn: parseFailOn(failOn, "ORMVERDICT_FAIL_ON") }),
    ...(maxFindings && { maxFindings: parseMaxFindings(maxFindings, "ORMVERDICT_MAX_FINDINGS") }),
  };
}

function listOf(written: string): string[] {
  return written
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function yesOrNo(environment: Readonly<Record<string, string | undefined>>, name: string): boolean | null {
  const written = environment[name]?.toLowerCase();
  if (written === undefined || written === "") return null;
  if (["1", "true", "yes", "on"].includes(written)) return true;
  if (["0", "false", "no", "off"].includes(written)) return false;
  throw new UsageError(`${name} must be 1 or 0, not "${written}".`);
}
