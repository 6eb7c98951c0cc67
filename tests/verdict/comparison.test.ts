import { describe, expect, test } from "vitest";
import type { ComparisonRow, ProjectSignals } from "../../src/model/report.ts";
import { compareOrms } from "../../src/verdict/comparison/compare-orms.ts";
import {
  asyncAccess,
  at,
  database,
  databases,
  djangoAdmin,
  djangoShop,
  fastapiAsync,
  framework,
  migrations,
  orm,
  project,
  queries,
  query,
  querySignal,
  rawSql,
} from "./signals.ts";

function row(name: string, signals: ProjectSignals): ComparisonRow {
  const found = compareOrms(signals).find((candidate) => candidate.row === name);
  if (found === undefined) throw new Error(`There is no row "${name}".`);
  return found;
}
const here = (name: string, signals: ProjectSignals): string => row(name, signals).here;

test("the ten rows stand in their order, and both columns say something", () => {
  const rows = compareOrms(project());
  expect(rows.map((entry) => entry.row)).toEqual([
    "framework dependency",
    "query flexibility",
    "async support",
    "migration tool",
    "admin integration",
    "learning curve",
    "complex queries",
    "multi-database",
    "type hints",
    "best paired with",
  ]);
  for (const { sqlalchemy, djangoOrm } of rows) {
    expect(sqlalchemy).not.toBe("");
    expect(djangoOrm).not.toBe(sqlalchemy);
  }
});

describe("here", () => {
  test("frameworks, with version, add-ons and what is only supported", () => {
    const fastapi = { ...framework("fastapi"), version: "0.115", extensions: ["users"] };
    const signals = project({
      frameworks: [fastapi, framework("flask", "supports"), framework("django", "dev-only")],
    });
    expect(here("framework dependency", signals)).toBe(
      "Runs on FastAPI 0.115 (users); it only supports Flask.",
    );
    expect(row("framework dependency", signals).evidence).toEqual(fastapi.evidence);
    expect(here("framework dependency", project())).toBe("Runs on no web framework that was found.");
  });

  test("layers, with raw SQL's share and places", () => {
    const items = [
      query({ layer: "raw", path: "a.py", line: 3 }),
      query({ line: 1 }),
      query({ line: 2 }),
      query({ line: 3 }),
    ];
    const signals = project({ queries: querySignal(items) });
    expect(here("query flexibility", signals)).toBe(
      "Of 4 queries, 3 through an ORM and 1 as raw SQL (25 %).",
    );
    expect(row("query flexibility", signals).evidence).toMatchObject([{ path: "a.py", line: 3 }]);
    expect(here("query flexibility", rawSql())).toContain("250 as raw SQL (100 %)");
    expect(here("query flexibility", project())).toBe("No query was found.");
  });

  test("async access, and how it meets the event loop", () => {
    expect(here("async support", project({ async: asyncAccess(7, 2, 1) }))).toBe(
      "Database access is partly async: of 10 queries, 7 are awaited, 2 run in plain functions and 1 blocks the event loop; 180 of 300 functions are coroutines.",
    );
  });

  test("migrations and admin", () => {
    expect(here("migration tool", fastapiAsync())).toBe("Migrations are kept with Alembic (42 migrations).");
    expect(here("migration tool", project({ migrations: migrations("django", 1) }))).toContain(
      "Django (1 migration)",
    );
    expect(here("migration tool", project())).toBe("No migrations and no models were found.");
    expect(here("admin integration", project({ admin: djangoAdmin(4) }))).toContain("4 registrations");
    const third = { ...djangoAdmin(2), kind: "third-party" as const, name: "sqladmin" };
    expect(here("admin integration", project({ admin: third }))).toContain("(sqladmin) has 2 registrations");
  });

  test("complex queries, with what the Django ORM cannot say", () => {
    const signals = project({ queries: queries({ crud: 2, moderate: 1, beyond: 1 }) });
    expect(here("complex queries", signals)).toBe(
      "Of 4 statements, 2 are CRUD, 1 moderate, 0 advanced and 1 beyond the Django ORM (recursive-cte).",
    );
    expect(row("complex queries", signals).evidence[0]?.path).toBe("app/reports/cohort.py");
  });

  test("commits and flushes are no statements", () => {
    const items = [
      query({ line: 1 }),
      query({ line: 2, operation: "commit" }),
      query({ line: 3, operation: "flush" }),
    ];
    expect(here("complex queries", project({ queries: querySignal(items) }))).toContain(
      "Of 1 statement, 1 are CRUD",
    );
  });

  test("databases: one alias is one database, and a document store is none", () => {
    const signals = project({
      databases: {
        ...databases("default", "default", "replica"),
        items: [...databases("default", "default", "replica").items, database("mongo", "mongodb")],
        routers: 1,
        explicitRouting: 3,
      },
    });
    expect(here("multi-database", signals)).toBe(
      "2 databases configured (default: postgresql and replica: postgresql); 1 router, 3 statements or sessions routed by hand.",
    );
  });

  test("one database needs no word about routing, and none at all is said", () => {
    expect(here("multi-database", project({ databases: databases("default") }))).toBe(
      "1 database configured (default: postgresql).",
    );
    expect(here("multi-database", project())).toBe("No database is configured in this code.");
  });

  test("typing and concepts", () => {
    const typing = { ...project().typing, mappedAttributes: 30, unmappedAttributes: 10, checkers: ["mypy"] };
    expect(here("type hints", project({ typing }))).toBe(
      "120 of 300 functions (40 %) are fully annotated, 30 of 40 mapped attributes use Mapped[], checked by mypy.",
    );
    const concepts = {
      unknown: null,
      evidence: [at("app/models.py", 3, "relationship")],
      total: 2,
      items: [
        { name: "session", orm: "sqlalchemy-orm", uses: 2 },
        { name: "relationship", orm: "sqlalchemy-orm", uses: 9 },
      ],
    };
    expect(here("learning curve", project({ concepts }))).toBe(
      "The code uses 2 distinct ORM concepts, most of all relationship and session.",
    );
  });

  test.each([
    [fastapiAsync(), "FastAPI is paired with SQLAlchemy: the usual pairing."],
    [djangoShop(), "Django is paired with the Django ORM: the usual pairing."],
    [
      djangoShop({ orms: [orm("sqlalchemy-orm")] }),
      "Django is paired with SQLAlchemy: possible but uncommon, at the price of Django's admin and migrations.",
    ],
    [
      fastapiAsync({ orms: [orm("django-orm")] }),
      "FastAPI is paired with the Django ORM: uncommon, since it carries Django for its models only.",
    ],
    [
      fastapiAsync({ orms: [orm("tortoise")] }),
      "FastAPI is paired with Tortoise, which is neither of the two.",
    ],
    [rawSql(), "Falcon is paired with raw SQL."],
    [project(), "No web framework is paired with no ORM."],
  ])("the pairing %#", (signals, says) => {
    expect(here("best paired with", signals)).toBe(says);
  });

  test("what is not known is said, never passed off as absent", () => {
    const migrations = { unknown: "the settings could not be read", evidence: [], tools: [] };
    expect(here("migration tool", project({ migrations }))).toBe(
      "No migrations and no models were found; this may be incomplete (the settings could not be read).",
    );
  });
});
