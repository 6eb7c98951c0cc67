// `npm run truth`: holds the inventory of queries against the SQL that real Django and SQLAlchemy ran. Exit code 0, 1 where
// a figure over applications is too low, 2 where it could not start.
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { UsageError } from "../../src/index.ts";
import { addComparisons } from "./add-comparisons.ts";
import { checkCapabilities } from "./check-capabilities.ts";
import { compareTruth, type TruthComparison } from "./compare-truth.ts";
import { COUNTING_RULES, isTrueEnough, printTruth, truthJson } from "./print-truth.ts";
import { type RecordFiles, recordSuite, withSource } from "./record-suite.ts";
import { scanSuite } from "./scan-suite.ts";
import type { Suite } from "./suite.ts";
import { readTruthRecord } from "./truth-record.ts";

const CACHE = fileURLToPath(new URL("../../.truth", import.meta.url));
const SUITES = new URL("suites.json", import.meta.url);
/** Records of own projects, versioned, so that `npm test` compares without Python: recorded-truth.test.ts. */
const KEPT = fileURLToPath(new URL("data", import.meta.url));

async function main(): Promise<number> {
  const { again, capabilities, suites, verbose } = chosenSuites();
  const areCapable = !capabilities || (await printCapabilities());
  const compared: { readonly suite: Suite; readonly comparison: TruthComparison }[] = [];
  let failures = 0;
  for (const suite of suites) {
    try {
      const comparison = await compareSuite(suite, again);
      compared.push({ suite, comparison });
      console.log(`${printTruth(suite.name, comparison, verbose)}\n`);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      failures += 1;
      console.log(`${suite.name}\n  failed: ${(error as Error).message}\n`);
    }
  }
  console.log(COUNTING_RULES);
  for (const [title, kinds] of TOTALS) {
    const of = compared.filter(({ suite }) => kinds.includes(suite.kind));
    if (of.length > 1) console.log(printTruth(title, totalOf(of), null));
  }
  const applications = compared.filter(({ suite }) => suite.kind !== "orm-tests");
  const total = totalOf(applications.length > 0 ? applications : compared);
  console.log(truthJson(total));
  return failures === 0 && areCapable && (applications.length === 0 || isTrueEnough(total)) ? 0 : 1;
}

function keepRecord({ name }: Suite, { record, sql }: RecordFiles): void {
  mkdirSync(KEPT, { recursive: true });
  copyFileSync(record, join(KEPT, `${name}.jsonl`));
  copyFileSync(sql, join(KEPT, `${name}.sql.json`));
}

const TOTALS: readonly (readonly [title: string, kinds: readonly Suite["kind"][]])[] = [
  ["The ORMs' own tests", ["orm-tests"]],
  ["Applications and own projects", ["own", "application"]],
];

function totalOf(compared: readonly { readonly comparison: TruthComparison }[]): TruthComparison {
  return addComparisons(compared.map(({ comparison }) => comparison));
}

/** Whether each cell of the capability table is what the real ORM does. */
async function printCapabilities(): Promise<boolean> {
  const checks = await checkCapabilities(CACHE);
  for (const { asked, library, version, wrong } of checks) {
    const verdict = wrong.length === 0 ? "all as the table says" : `wrong: ${wrong.join("; ")}`;
    console.log(`capabilities of ${library} ${version}: ${asked} asked, ${verdict}`);
  }
  console.log("");
  return checks.every(({ asked, wrong }) => asked > 0 && wrong.length === 0);
}

interface Chosen {
  readonly suites: readonly Suite[];
  readonly again: boolean;
  readonly verbose: boolean;
  /** Asked for with all suites, or by name. */
  readonly capabilities: boolean;
}

function chosenSuites(): Chosen {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      record: { type: "boolean", default: false },
      capabilities: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
    },
  });
  const all: readonly Suite[] = JSON.parse(readFileSync(SUITES, "utf8"));
  const { capabilities, only, record, verbose } = values;
  const suites = all.filter(
    ({ kind, name }) => only === undefined || only.some((one) => one === kind || one === name),
  );
  if (suites.length === 0) {
    const names = all.map(({ name }) => name).join(", ");
    throw new UsageError(`There is no such suite. There are: ${names}; or own, application, orm-tests.`);
  }
  return { suites, again: record, verbose, capabilities: capabilities || only === undefined };
}

async function compareSuite(suite: Suite, again: boolean): Promise<TruthComparison> {
  const files = await recordSuite(suite, CACHE, { again });
  if (again && suite.kind === "own") keepRecord(suite, files);
  const record = readTruthRecord(files.record, files.sql);
  if (record.statements.length === 0) throw new Error("its tests ran no SQL; see the log beside the record");
  const items = await withSource(suite, CACHE, (source) => scanSuite(suite, source));
  const studied = new Set(record.ran.keys());
  return compareTruth(
    items.filter(({ path }) => studied.has(path)),
    record,
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  const isArgumentError = String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof UsageError) && !isArgumentError) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}
