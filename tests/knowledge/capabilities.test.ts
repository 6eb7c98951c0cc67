// What real Django and SQLAlchemy did with every feature (data/capability-runs.json, printed by the scripts in probes/) is the
// judge of the capability table.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  beyondDjango,
  beyondSqlalchemy,
  CAPABILITIES,
  capabilityOf,
} from "../../src/knowledge/capabilities.ts";
import { isAtLeast } from "../../src/knowledge/capability.ts";

interface Run {
  readonly library: "django" | "sqlalchemy";
  readonly version: string;
  readonly engine: string;
  readonly feature: string;
  readonly result: "works" | "fails" | "ignored";
  readonly error: string;
}
const RUNS: readonly Run[] = JSON.parse(
  readFileSync(new URL("data/capability-runs.json", import.meta.url), "utf8"),
);

/** Probes of a way around, no features of their own. */
const WORKAROUNDS = new Set(["update-from-by-subquery", "derived-table-by-aggregate"]);

/** Failures that lie in the database, where the table speaks of a newer one. The error is what came out. */
const OLD_DATABASE = new Map([
  // SQLite 3.40 has no ORDER BY in aggregates; 3.44 has.
  ["aggregate-order-by sqlite django 6.0.10", "NotSupportedError"],
  ["aggregate-order-by sqlite django 6.1.3", "NotSupportedError"],
]);

/** Failures that lie in the database alone: it has no such feature in any version, so neither ORM is to blame. */
const NOT_IN_DATABASE = new Set([
  "lateral sqlite",
  "grouping-sets sqlite",
  "tablesample sqlite",
  "within-group sqlite",
  "array sqlite",
  "distinct-on sqlite",
  "full-text sqlite",
  "values-table sqlite",
]);

function isBeyond(run: Run): boolean {
  return run.library === "django"
    ? beyondDjango(run.feature, run.version, run.engine)
    : beyondSqlalchemy(run.feature, run.version, run.engine);
}

function nameOf({ feature, engine, library, version }: Run): string {
  return `${feature} ${engine} ${library} ${version}`;
}

describe("the capability table and what really happened", () => {
  it("says beyond exactly where it failed", () => {
    const compared = RUNS.filter(
      (run) => !WORKAROUNDS.has(run.feature) && run.feature !== "merge" && !OLD_DATABASE.has(nameOf(run)),
    );
    const wrong = compared.filter((run) => isBeyond(run) !== (run.result === "fails"));
    expect(compared.length).toBeGreaterThan(900);
    expect(wrong.map((run) => `${nameOf(run)}: ${run.result} ${run.error}`)).toEqual([]);
  });

  it("records why the exempt ones failed", () => {
    for (const [name, error] of OLD_DATABASE)
      expect(RUNS.find((run) => nameOf(run) === name)?.error, name).toBe(error);
  });

  it("is backed by a run for every cell that says so", () => {
    const ran = new Set(RUNS.map(({ library, feature }) => `${library} ${feature}`));
    const said = CAPABILITIES.filter(({ source }) => source.startsWith("ran"));
    const unbacked = said
      .flatMap(({ feature, source }) => {
        const libraries = /^ran(, not SQLAlchemy| on Django)/.test(source)
          ? ["django"]
          : ["django", "sqlalchemy"];
        return libraries.map((library) => `${library} ${feature}`);
      })
      .filter((cell) => !ran.has(cell));
    // No run is named after these: "values" is run as values-table, the others have no twin in the other library's probe.
    expect(unbacked.sort()).toEqual(["django values", ...SQLALCHEMY_NOT_RUN].sort());
  });

  it("knows every feature that was run", () => {
    const unknown = [...new Set(RUNS.map(({ feature }) => feature))].filter(
      (feature) => !WORKAROUNDS.has(feature) && capabilityOf(feature) === null,
    );
    expect(unknown).toEqual([]);
  });

  it("was run on SQLite for what only other databases have", () => {
    for (const name of NOT_IN_DATABASE) {
      const runs = RUNS.filter((run) => `${run.feature} ${run.engine}` === name);
      expect(runs.length, name).toBeGreaterThan(0);
      expect(
        runs.every((run) => run.result === "fails"),
        name,
      ).toBe(true);
    }
  });
});

const SQLALCHEMY_NOT_RUN = [
  "sqlalchemy async-transaction",
  "sqlalchemy exists-in-filter",
  "sqlalchemy values",
  "sqlalchemy window-order-by-name",
];

describe("beyondDjango", () => {
  it("depends on the version for what Django learnt", () => {
    expect(beyondDjango("window-filter", "4.1.13", "postgresql")).toBe(true);
    expect(beyondDjango("window-filter", "4.2", "postgresql")).toBe(false);
    expect(beyondDjango("composite-primary-key", "5.2rc1", null)).toBe(false);
    expect(beyondDjango("composite-primary-key", "5.1.9", null)).toBe(true);
  });

  it("depends on the database for what Django offers on some", () => {
    expect(beyondDjango("full-text", "5.2", "mysql")).toBe(true);
    expect(beyondDjango("full-text", "5.2", "postgresql")).toBe(false);
    expect(beyondDjango("aggregate-order-by", "4.2", "mysql")).toBe(true);
    expect(beyondDjango("aggregate-order-by", "6.0", "mysql")).toBe(false);
    expect(beyondDjango("json", "2.2", "postgresql")).toBe(false);
    expect(beyondDjango("json", "2.2", "mysql")).toBe(true);
  });

  it("gives the benefit of the doubt where version or database is not known", () => {
    expect(beyondDjango("window-filter", null, "sqlite")).toBe(false);
    expect(beyondDjango("full-text", "5.2", null)).toBe(false);
    expect(beyondDjango("no-such-feature", "1.0", "sqlite")).toBe(false);
    expect(beyondDjango("recursive-cte", null, null)).toBe(true);
  });

  it("does not count what Django does by itself, or what neither ORM can", () => {
    expect(beyondDjango("returning", "5.2", "postgresql", "insert")).toBe(false);
    expect(beyondDjango("returning", "5.2", "postgresql", "update")).toBe(true);
    expect(beyondDjango("merge", "5.2", "postgresql")).toBe(false);
    expect(beyondSqlalchemy("merge", "2.0", "postgresql")).toBe(true);
  });
});

describe("isAtLeast", () => {
  it("compares release numbers, not text", () => {
    expect(isAtLeast("4.10", "4.2")).toBe(true);
    expect(isAtLeast("4.2", "4.10")).toBe(false);
    expect(isAtLeast("5", "4.2")).toBe(true);
    expect(isAtLeast("2.0.39", "2.0.40")).toBe(false);
    expect(isAtLeast("v5.0.1", "5.0")).toBe(true);
  });
});
