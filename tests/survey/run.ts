// `npm run survey`: scans pinned real packages, or labelled checkouts, and holds the reports against what people expected after
// reading the code. Nothing of a package is ever run. Exit code 0, 1 where the figures are too low, 2 where it could not start.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { UsageError } from "../../src/index.ts";
import { readCorpus } from "./corpus.ts";
import { downloadArchive } from "./download.ts";
import { inParallel } from "./in-parallel.ts";
import { hasPassed, printResult, printShares } from "./print-result.ts";
import { readRecords } from "./read-records.ts";
import { expectationOf, type SurveyRecord } from "./record.ts";
import type { Result } from "./result.ts";
import { type Subject, surveyOne } from "./survey-one.ts";
import { unpackArchive } from "./unpack.ts";
import { createReportValidator } from "./validate-report.ts";

const CACHE = fileURLToPath(new URL("../../.survey", import.meta.url));
/** How many code bases are scanned again for identical bytes, unless --identical asks for all. */
const REPEATED_BY_DEFAULT = 5;
/** How many packages are downloaded at a time. */
const DOWNLOADS = 4;

async function main(): Promise<number> {
  const { identical, subjects } = chosenSubjects();
  const fetched = await inParallel(subjects, DOWNLOADS, fetchOne);
  const validate = await createReportValidator();
  const results: Result[] = [];
  for (const [index, subject] of subjects.entries()) {
    const isRepeated = identical || index < REPEATED_BY_DEFAULT;
    const path = fetched[index] ?? new Error("it was not fetched");
    const result = await surveyOne(subject, path, { validate, isRepeated });
    results.push(result);
    console.log(printResult(result));
  }
  console.log(printShares(results));
  return hasPassed(results) ? 0 : 1;
}

function chosenSubjects(): { readonly subjects: readonly Subject[]; readonly identical: boolean } {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      limit: { type: "string" },
      identical: { type: "boolean", default: false },
      corpus: { type: "string" },
      checkouts: { type: "string" },
    },
  });
  const { checkouts, corpus, identical, limit = "1000000", only } = values;
  if ((corpus === undefined) !== (checkouts === undefined)) {
    throw new UsageError("--corpus TSV and --checkouts DIR go together.");
  }
  if (!/^[1-9]\d*$/.test(limit)) throw new UsageError(`--limit takes a number of packages, not "${limit}".`);
  const all = corpus && checkouts ? checkoutSubjects(corpus, checkouts) : readRecords().map(packageSubject);
  const named = all.filter(
    ({ expectation }) => only === undefined || only.some((name) => isNamed(expectation.name, name)),
  );
  if (named.length === 0) throw new UsageError("The survey has nothing of that name.");
  return { subjects: named.slice(0, Number(limit)), identical };
}

function packageSubject(record: SurveyRecord): Subject {
  return {
    expectation: expectationOf(record),
    fetch: () => downloadArchive(record, CACHE),
    open: unpackArchive,
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
async function fetchOne({ fetch }: Subject): Promise<string | Error> {
  try {
    return await fetch();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return error as Error;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isArgumentError = String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof UsageError) && !isArgumentError) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}
