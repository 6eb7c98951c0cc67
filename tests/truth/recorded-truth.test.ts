// The part of `npm run truth` that needs no Python: own projects against what was recorded of them.
// `npm run truth -- --record --only own` records them again.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compareTruth } from "./compare-truth.ts";
import { isTrueEnough, printTruth } from "./print-truth.ts";
import { scanSuite } from "./scan-suite.ts";
import type { Suite } from "./suite.ts";
import { readTruthRecord } from "./truth-record.ts";

const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const suites: readonly Suite[] = JSON.parse(readFileSync(place("suites.json"), "utf8"));
const own = suites.filter(({ kind, name }) => kind === "own" && existsSync(place(`data/${name}.jsonl`)));

describe("the inventory of an own project", () => {
  it("is held against a record of each", () => {
    expect(own.length).toBeGreaterThanOrEqual(2);
  });

  it.each(own.map((suite) => [suite.name, suite] as const))("%s is true to what ran", async (name, suite) => {
    const record = readTruthRecord(place(`data/${name}.jsonl`), place(`data/${name}.sql.json`));
    const items = await scanSuite(suite, place(`../../fixtures/truth/${name}`));
    const studied = items.filter(({ path }) => record.ran.has(path));
    const comparison = compareTruth(studied, record);
    expect(comparison.sites.of).toBeGreaterThan(40);
    expect(comparison.unreadSql).toBe(0);
    expect(isTrueEnough(comparison), printTruth(name, comparison, true)).toBe(true);
  });
});
