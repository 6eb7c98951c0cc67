// What is concluded about a project before any judgement, as zod schemas.

import { z } from "zod";
import {
  column,
  count,
  evidenceList,
  line,
  names,
  path,
  signal,
  text,
  version,
} from "./report-fields.schema.ts";

const kind = z.enum(["app", "library", "tool", "integration"]).describe("what the project is");
const fileRole = z
  .enum([
    "production",
    "test",
    "migration",
    "docs",
    "example",
    "script",
    "generated",
    "vendored",
    "stub",
    "template",
  ])
  .describe("what the file is for");

const framework = z
  .strictObject({
    name: text("lower-case name: django, fastapi, flask, …"),
    version,
    role: z
      .enum(["runs-on", "supports", "dev-only"])
      .describe(
        "runs-on: production code is an application of it; supports: it offers integration; dev-only: tests, docs, examples or scripts",
      ),
    extensions: names("add-ons of the framework worth knowing"),
    evidence: evidenceList,
  })
  .meta({ id: "FrameworkUse", description: "A framework and the part it plays" });

const orm = z
  .strictObject({
    name: text("lower-case name: django-orm, sqlalchemy-orm, sqlmodel, raw-sql, …"),
    version,
    role: z
      .enum(["primary", "secondary", "supports", "dev-only"])
      .describe("the part it plays in production code"),
    evidence: evidenceList,
  })
  .meta({ id: "OrmUse", description: "An ORM, or raw SQL, and the part it plays" });

const asyncSignal = z
  .strictObject({
    ...signal,
    functions: count("functions in production code"),
    asyncFunctions: count("those declared with async def"),
    endpoints: count("web endpoints"),
    asyncEndpoints: count("those that are coroutines"),
    databaseAccess: z
      .enum(["async", "mixed", "sync", "none", "unknown"])
      .describe("how production code reaches the database"),
    access: z
      .strictObject({
        awaited: count("awaited on an async driver or session"),
        threaded: count("handed to a thread from async code"),
        syncInSync: count("synchronous, in synchronous code"),
        syncInAsync: count("synchronous inside a coroutine: blocks the event loop"),
      })
      .describe("executed queries by how they meet the event loop"),
    engines: names("async engines and drivers"),
    servers: names("ASGI servers and applications"),
    weight: z
      .enum(["essential", "incidental", "absent"])
      .describe("whether the project is built around async, has it at its edge, or not at all"),
  })
  .meta({ id: "Async", description: "How asynchronous the production code is" });

const layer = z.enum(["orm", "core", "raw"]).describe("what builds the statement");
const hardness = z
  .enum(["easy", "medium", "hard", "extra"])
  .describe("hardness as the Spider benchmark counts it");
const tier = z
  .enum(["crud", "moderate", "advanced", "beyond-django-orm"])
  .describe("what the statement asks of an ORM");

const query = z
  .strictObject({
    path,
    line,
    column,
    endLine: line,
    function: z.string().nullable().describe("enclosing function or class, null at module level"),
    layer,
    orm: text("the ORM that builds it"),
    model: z.string().nullable().describe("model or table, null where it could not be resolved"),
    operation: z
      .enum(["select", "insert", "update", "delete", "upsert", "flush", "commit", "ddl", "unknown"])
      .describe("what it does"),
    method: text("the call that gave the statement its operation"),
    features: z
      .array(z.strictObject({ name: text("name of the feature: join, window, cte, …"), line }))
      .describe("SQL features it uses, each where it was seen"),
    hardness,
    components: z
      .strictObject({
        one: count("Spider's components 1"),
        two: count("Spider's components 2"),
        others: count("Spider's others"),
      })
      .describe("the counts behind the hardness"),
    tier,
    beyondDjango: names(
      "features that the project's Django version and database cannot express without raw SQL",
    ),
    execution: z
      .strictObject({
        kind: z.enum(["sync", "awaited", "not-executed", "unknown"]).describe("how it is executed"),
        line,
        threaded: z.boolean().describe("true when async code hands it to a thread"),
      })
      .describe("whether, where and how it is executed"),
    inAsync: z.boolean().describe("true inside a coroutine"),
    inLoop: z.boolean().describe("true when it runs once per turn of a loop"),
    role: fileRole,
    certainty: z
      .enum(["resolved", "heuristic"])
      .describe("resolved: the receiver's type was known; heuristic: inferred from shape alone"),
  })
  .meta({ id: "Query", description: "One statement the code builds through an ORM, Core or raw SQL" });

const querySignal = z
  .strictObject({
    ...signal,
    total: count("queries in all"),
    byTier: z
      .strictObject({
        crud: count("plain create, read, update, delete"),
        moderate: count("joins, relation lookups, aggregates"),
        advanced: count("subqueries, windows, set operations, locking, …"),
        "beyond-django-orm": count("need a feature the Django ORM cannot express"),
      })
      .describe("queries by what they ask of an ORM"),
    byHardness: z
      .strictObject({
        easy: count("easy"),
        medium: count("medium"),
        hard: count("hard"),
        extra: count("extra hard"),
      })
      .describe("queries by Spider's hardness"),
    byLayer: z
      .strictObject({ orm: count("through an ORM"), core: count("SQLAlchemy Core"), raw: count("raw SQL") })
      .describe("queries by what builds them"),
    items: z.array(query).describe("every query"),
  })
  .meta({ id: "Queries" });

const models = z
  .strictObject({
    ...signal,
    total: count("concrete models in production code"),
    relations: count("relations between them"),
    items: z
      .array(
        z.strictObject({
          name: text("class or table"),
          path,
          line,
          orm: text("the ORM it belongs to"),
          abstract: z.boolean().describe("true when it maps to no table itself"),
          fields: count("fields"),
          relations: count("relations"),
        }),
      )
      .describe("every model"),
  })
  .meta({ id: "Models", description: "Classes and tables that map to database tables" });

const migrations = z
  .strictObject({
    ...signal,
    tools: z
      .array(
        z.strictObject({
          tool: text("django, alembic, flask-migrate, aerich, sql-files, …"),
          count: count("migrations"),
          evidence: evidenceList,
        }),
      )
      .describe("one entry a tool that is configured or has migrations"),
  })
  .meta({ id: "Migrations" });

const admin = z
  .strictObject({
    ...signal,
    kind: z.enum(["django", "third-party", "none"]).describe("which kind of admin there is"),
    name: z.string().nullable().describe("package of the admin"),
    registrations: count("models registered with it"),
  })
  .meta({ id: "Admin" });

const databases = z
  .strictObject({
    ...signal,
    items: z
      .array(
        z.strictObject({
          alias: text("alias in DATABASES, bind key, or variable of the engine"),
          engine: z
            .string()
            .nullable()
            .describe("postgresql, mysql, sqlite, …; null when set outside the code"),
          driver: z.string().nullable().describe("driver, null when not known"),
          evidence: evidenceList,
        }),
      )
      .describe("databases configured"),
    routers: count("database routers"),
    explicitRouting: count("queries or sessions sent to a database other than the default"),
    drivers: names("database drivers in use"),
  })
  .meta({ id: "Databases" });

const typing = z
  .strictObject({
    ...signal,
    functions: count("functions in production code"),
    annotatedFunctions: count("those with every parameter and the return annotated"),
    mappedAttributes: count("SQLAlchemy attributes declared as Mapped[…]"),
    unmappedAttributes: count("SQLAlchemy attributes declared without"),
    checkers: names("type checkers configured"),
    stubs: names("stub packages in use"),
  })
  .meta({ id: "Typing" });

const concepts = z
  .strictObject({
    ...signal,
    total: count("distinct ORM concepts in use"),
    items: z
      .array(
        z.strictObject({
          name: text("the concept"),
          orm: text("the ORM it belongs to"),
          uses: count("uses"),
        }),
      )
      .describe("every concept"),
  })
  .meta({ id: "Concepts", description: "The measure behind the learning curve" });

const ties = z
  .strictObject({
    ...signal,
    items: z
      .array(
        z.strictObject({
          kind: z
            .enum(["model", "relation", "column", "own-column", "own-type", "dependent"])
            .describe("own-column: of a type that the project defines itself; own-type: such a type, once"),
          name: z
            .string()
            .nullable()
            .describe(
              "how a model maps, a relation's form, a column's type, what a dependent is; null if unread",
            ),
          orm: text("the ORM it belongs to"),
          count: count("how many are declared"),
          evidence: evidenceList,
        }),
      )
      .describe("one entry a kind and name"),
  })
  .meta({
    id: "Ties",
    description: "What ties production code to the ORM in use: the measure behind the cost of moving",
  });

/** The fields of a project that signals fill. */
export const projectSignalFields = {
  root: text('folder of the project, "." for the whole repository'),
  name: text("name from the manifest, or of the folder"),
  kind,
  size: z
    .strictObject({
      files: count("Python files"),
      lines: count("lines in them"),
      unread: count("files that could not be read"),
    })
    .describe("how big it is"),
  frameworks: z.array(framework).describe("frameworks"),
  orms: z.array(orm).describe("ORMs, raw SQL among them"),
  async: asyncSignal,
  models,
  queries: querySignal,
  migrations,
  admin,
  databases,
  typing,
  concepts,
  ties,
};
