// `npm run survey`: scans pinned real packages, or labelled checkouts, and holds the reports against what people expected after
// reading the code. Nothing of a package is ever run. Exit code 0, 1 where the figures are too low, 2 where it could not start.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Report, UsageError } from "../../src/index.ts";
import { compareReport } from "./compare.ts";
import { readCorpus } from "./corpus.ts";
import { downloadArchive } from "./download.ts";
import { inParallel } from "./in-parallel.ts";
import { hasPassed, printResult, printShares } from "./print-result.ts";
import { readRecords } from "./read-records.ts";
import { type Expectation, expectationOf, type SurveyRecord } from "./record.ts";
import type { Result } from "./result.ts";
import { differenceBetweenRuns, scanCopy } from "./scan-copy.ts";
import { unpackArchive } from "./unpack.ts";
import { createReportValidator } from "./validate-report.ts";

const CACHE = fileURLToPath(new URL("../../.survey", import.meta.url));
/** How many code bases are scanned three more times for identical bytes, unless --identical asks for all. */
const REPEATED_BY_DEFAULT = 5;

/** How many packages are downloaded at a time. */
const DOWNLOADS = 4;

/** A code base to survey: what is expected, and where it is. */
interface Subject {
  readonly expectation: Expectation;
  /** Does what takes the network. */
  readonly fetch: () => Promise<string>;
  /** The folder to scan, from what `fetch` gave. */
  readonly open: (fetched: string) => string;
}
type Validator = (report: Report) => string | null;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      limit: { type: "string" },
      identical: { type: "boolean", default: false },
      corpus: { type: "string" },
      checkouts: { type: "string" },
    },
  });
  const { corpus, checkouts, identical, only } = values;
  if ((corpus === undefined) !== (checkouts === undefined)) {
    throw new UsageError("--corpus TSV and --checkouts DIR go together.");
  }
  const all = corpus && checkouts ? checkoutSubjects(corpus, checkouts) : readRecords().map(packageSubject);
  const named = only
    ? all.filter(({ expectation }) => only.some((name) => isNamed(expectation.name, name)))
    : all;
  const subjects = named.slice(0, values.limit === undefined ? undefined : Number(values.limit));
  if (subjects.length === 0) throw new UsageError("No package of the survey has that name.");
  const fetched = await inParallel(subjects, DOWNLOADS, fetchOne);
  const validate = await createReportValidator();
  const results: Result[] = [];
  for (const [index, subject] of subjects.entries()) {
    const result = await survey(subject, fetched[index], validate, identical || index < REPEATED_BY_DEFAULT);
    results.push(result);
    console.log(printResult(result));
  }
  console.log(printShares(results));
  return hasPassed(results) ? 0 : 1;
}

function packageSubject(record: SurveyRecord): Subject {
  return {
    expectation: expectationOf(record),
    fetch: () => downloadArchive(record, CACHE),
    open: (archive) => unpackArchive(archive, `${record.package}-${record.sha256.slice(0, 16)}`, CACHE),
  };
}

/** Checkouts that are not there are named on stderr and left out: the list is longer than what anyone keeps on disk. */
function checkoutSubjects(corpus: string, checkouts: string): Subject[] {
  return readCorpus(corpus).flatMap(({ expectation, folder }) => {
    const path = join(checkouts, folder);
    if (existsSync(path)) return [{ expectation, fetch: async () => path, open: () => path }];
    console.error(`${expectation.name}: no checkout`);
    return [];
  });
}

/** Whether `--only` means this: the package without its version, or the repository with or without its owner. */
function isNamed(name: string, wanted: string): boolean {
  return [name, name.split(" ")[0], name.split("/").at(-1)].includes(wanted);
}

/** What a subject is opened from, or why it could not be had. Without Python or pip none can: that ends the run. */
async function fetchOne(subject: Subject): Promise<string | Error> {
  try {
    return await subject.fetch();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return error as Error;
  }
}

async function survey(
  { expectation, open }: Subject,
  fetched: string | Error | undefined,
  validate: Validator,
  isRepeated: boolean,
): Promise<Result> {
  try {
    if (typeof fetched !== "string") throw fetched ?? new Error("it was not fetched");
    const folder = open(fetched);
    const started = performance.now();
    const report = await scanCopy(folder);
    const seconds = (performance.now() - started) / 1000;
    const invalid = validate(report);
    const difference = isRepeated ? await differenceBetweenRuns(folder) : null;
    const faults = [invalid && `the report is not valid: ${invalid}`, difference].filter(
      (one) => one !== null,
    );
    return { expectation, comparisons: compareReport(expectation, report), faults, seconds };
  } catch (error) {
    return { expectation, comparisons: [], faults: [(error as Error).message], seconds: 0 };
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError) && !isArgumentError(error)) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}

function isArgumentError(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
}
