// `npm run truth:async`: runs the matrices on the real libraries, keeps what was seen, and holds the scan against it. Exit code
// 0, 1 where agreement is too low, 2 where it could not start. `--recorded` compares with what was seen before, without Python.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { UsageError } from "../../src/index.ts";
import { compareLibrary, FIXTURES } from "./compare-library.ts";
import { djangoMatrix } from "./django/django-matrix.ts";
import { readKnownDisagreements } from "./known-disagreements.ts";
import type { MatrixLibrary } from "./matrix-library.ts";
import { type Observations, readObservations, writeObservations } from "./observations.ts";
import { printComparison } from "./print-comparison.ts";
import { recordLibrary } from "./record-library.ts";
import { sqlalchemyMatrix } from "./sqlalchemy/sqlalchemy-matrix.ts";

const CACHE = fileURLToPath(new URL("../../.truth", import.meta.url));

/** The least share of cells that agree. */
const LEAST = { django: 1, sqlalchemy: 0.98 };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      recorded: { type: "boolean", default: false },
    },
  });
  const libraries = [djangoMatrix, sqlalchemyMatrix].filter(
    ({ name }) => values.only === undefined || values.only === name,
  );
  if (libraries.length === 0) throw new UsageError("There are two libraries: django, sqlalchemy.");
  const known = readKnownDisagreements();
  const figures: Record<string, number> = {};
  let cells = 0;
  for (const library of libraries) {
    const observed = await observationsOf(library, values.recorded);
    const comparison = await compareLibrary(library, observed);
    console.log(`${printComparison(library.name, observed, comparison, known)}\n`);
    figures[library.name] = Math.floor((comparison.agreeing / comparison.cells) * 10_000) / 10_000;
    cells += comparison.cells;
  }
  console.log(JSON.stringify({ ...figures, cells }));
  return libraries.every(({ name }) => (figures[name] ?? 0) >= LEAST[name]) ? 0 : 1;
}

async function observationsOf(
  library: MatrixLibrary,
  isRecorded: boolean,
): Promise<ReadonlyMap<string, Observations>> {
  const found = new Map<string, Observations>();
  for (const [name, requirements] of Object.entries(library.versions)) {
    if (!isRecorded) {
      mkdirSync(join(FIXTURES, "observed"), { recursive: true });
      writeObservations(FIXTURES, name, await recordLibrary(library, requirements, CACHE));
    }
    found.set(name, readObservations(FIXTURES, name));
  }
  return found;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isArgumentError = String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof UsageError) && !isArgumentError) throw error;
  console.error((error as Error).message);
  process.exitCode = 2;
}
