// Signals of any project, for properties: every combination that the types allow within sensible sizes, consistent or not.

import fc from "fast-check";
import type { ProjectSignals } from "../../src/model/report.ts";
import { asyncAccess, at, database, framework, models, orm, project, query, querySignal } from "./signals.ts";

const frameworkNames = ["django", "fastapi", "flask", "tornado", "twisted"];
const ormNames = [
  "django-orm",
  "sqlalchemy-orm",
  "sqlalchemy-core",
  "sqlmodel",
  "tortoise",
  "beanie",
  "raw-sql",
];
const features = ["join", "cte", "window", "locking", "raw-fragment", "returning"];

const arbitraryQuery = fc
  .record({
    path: fc.constantFrom("app/a.py", "app/b.py", "app/c.py"),
    line: fc.integer({ min: 1, max: 900 }),
    tier: fc.constantFrom(
      "crud" as const,
      "moderate" as const,
      "advanced" as const,
      "beyond-django-orm" as const,
    ),
    layer: fc.constantFrom("orm" as const, "core" as const, "raw" as const),
    orm: fc.constantFrom(...ormNames),
    hardness: fc.constantFrom("easy" as const, "medium" as const, "hard" as const, "extra" as const),
    operation: fc.constantFrom("select" as const, "insert" as const, "commit" as const, "ddl" as const),
    names: fc.subarray(features),
    beyondDjango: fc.subarray(["cte", "lateral"]),
  })
  .map(({ names, ...over }) =>
    query({ ...over, features: names.map((name) => ({ name, line: over.line })) }),
  );

const arbitraryAsync = fc
  .record({
    databaseAccess: fc.constantFrom(
      "async" as const,
      "mixed" as const,
      "sync" as const,
      "none" as const,
      "unknown" as const,
    ),
    weight: fc.constantFrom("essential" as const, "incidental" as const, "absent" as const),
    access: fc.record({
      awaited: fc.nat(200),
      threaded: fc.nat(50),
      syncInSync: fc.nat(200),
      syncInAsync: fc.nat(50),
    }),
    asyncEndpoints: fc.nat(30),
  })
  .map((over) => ({ ...asyncAccess(1), ...over, endpoints: over.asyncEndpoints + 3 }));

const unknown = fc.option(fc.constant("2 files could not be read"), { nil: null, freq: 4 });

/** Any project whatever. */
export const arbitrarySignals: fc.Arbitrary<ProjectSignals> = fc
  .record({
    kind: fc.constantFrom("app" as const, "library" as const, "tool" as const, "integration" as const),
    name: fc.constantFrom("example", "piccolo", "shop"),
    size: fc.record({ files: fc.nat(300), lines: fc.nat(90_000), unread: fc.nat(20) }),
    frameworks: fc.uniqueArray(
      fc
        .tuple(
          fc.constantFrom(...frameworkNames),
          fc.constantFrom("runs-on" as const, "runs-on" as const, "supports" as const, "dev-only" as const),
        )
        .map(([name, role]) => framework(name, role)),
      { maxLength: 3, selector: (use) => use.name },
    ),
    orms: fc.uniqueArray(
      fc
        .tuple(
          fc.constantFrom(...ormNames),
          fc.constantFrom("primary" as const, "secondary" as const, "supports" as const, "dev-only" as const),
        )
        .map(([name, role]) => orm(name, role)),
      { maxLength: 3, selector: (use) => use.name },
    ),
    async: arbitraryAsync,
    models: fc.tuple(fc.nat(300), fc.nat(600), unknown).map(([total, relations, why]) => ({
      ...models(total, relations),
      unknown: why,
    })),
    queries: fc.tuple(fc.array(arbitraryQuery, { maxLength: 40 }), unknown).map(([items, why]) => ({
      ...querySignal(items),
      unknown: why,
    })),
    migrations: fc.record({
      unknown,
      evidence: fc.constant([]),
      tools: fc.uniqueArray(
        fc.record({
          tool: fc.constantFrom("django", "alembic", "sql-files", "aerich"),
          count: fc.nat(200),
          evidence: fc.constant([at("migrations/0001.py", 1, "migration")]),
        }),
        { maxLength: 2, selector: (entry) => entry.tool },
      ),
    }),
    admin: fc.record({
      unknown: fc.constant(null),
      evidence: fc.constant([at("app/admin.py", 3, "admin")]),
      kind: fc.constantFrom("django" as const, "third-party" as const, "none" as const),
      name: fc.constantFrom("sqladmin", null),
      registrations: fc.nat(60),
    }),
    databases: fc.record({
      unknown,
      evidence: fc.constant([]),
      items: fc.array(
        fc
          .tuple(
            fc.constantFrom("default", "replica", "logs", "mongo"),
            fc.constantFrom("postgresql", "mongodb"),
          )
          .map(([alias, engine]) => database(alias, engine)),
        { maxLength: 4 },
      ),
      routers: fc.nat(2),
      explicitRouting: fc.nat(20),
      drivers: fc.subarray(["psycopg", "asyncpg", "pymongo"]),
    }),
    concepts: fc.nat(60).map((total) => ({ unknown: null, evidence: [], total, items: [] })),
  })
  .map((over) => project(over));
