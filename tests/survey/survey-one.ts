import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Report } from "../../src/index.ts";
import { claimOf } from "./claim-of.ts";
import { compareReport } from "./compare.ts";
import type { Expectation } from "./record.ts";
import type { Result } from "./result.ts";
import { firstDifference, scanFolder } from "./scan-folder.ts";

/** A code base to survey: what is expected, and where it is. */
export interface Subject {
  readonly expectation: Expectation;
  /** Does what takes the network, and gives a path. */
  readonly fetch: () => Promise<string>;
  /** The folder to scan, from the path that was fetched. It may be put into `place`, a folder that does not exist yet. */
  readonly open: (fetched: string, place: string) => string;
}

export interface SurveyOptions {
  /** Says how a report breaks the schema; null where it does not. */
  readonly validate: (report: Report) => string | null;
  /** Whether to scan twice more, once of them on a copy elsewhere, and compare the bytes. */
  readonly isRepeated: boolean;
}

/**
 * Scans one code base and compares. What fails is a fault of the result, not an error.
 *
 * Packages are unpacked in a temporary place: inside this checkout git would call them ignored, and a configuration file
 * above them would be found.
 */
export async function surveyOne(
  { expectation, open }: Subject,
  fetched: string | Error,
  { isRepeated, validate }: SurveyOptions,
): Promise<Result> {
  const temporary = mkdtempSync(join(tmpdir(), "survey-"));
  try {
    if (typeof fetched !== "string") throw fetched;
    const folder = open(fetched, join(temporary, "first"));
    const started = performance.now();
    const report = await scanFolder(folder);
    const seconds = (performance.now() - started) / 1000;
    const invalid = validate(report);
    const faults = [
      ...(invalid === null ? [] : [`the report is not valid: ${invalid}`]),
      ...faultOf("all of it parsed, it differs", firstDifference(report, await scanFolder(folder, false))),
      ...(isRepeated ? await differences(report, folder, join(temporary, "some/other/place")) : []),
    ];
    const comparisons = compareReport(expectation, report);
    return { expectation, comparisons, faults, seconds, claim: claimOf(expectation, report) };
  } catch (error) {
    return { expectation, comparisons: [], faults: [(error as Error).message], seconds: 0, claim: null };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function faultOf(what: string, difference: string | null): string[] {
  return difference === null ? [] : [`${what}: ${difference}`];
}

async function differences(report: Report, folder: string, elsewhere: string): Promise<string[]> {
  const again = firstDifference(report, await scanFolder(folder));
  if (again !== null) return faultOf("two runs differ", again);
  const copy = join(elsewhere, basename(folder));
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
  const moved = firstDifference(report, await scanFolder(copy));
  return faultOf("a copy elsewhere differs", moved);
}
