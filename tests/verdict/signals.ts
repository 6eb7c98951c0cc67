// Signals of projects as they are found in the wild, for tests of the verdict: one empty base and a few pieces to lay over it.

import type {
  Evidence,
  FrameworkRole,
  FrameworkUse,
  Hardness,
  ModelSignal,
  OrmRole,
  OrmUse,
  ProjectSignals,
  Query,
  QueryLayer,
  QuerySignal,
  Tier,
} from "../../src/model/report.ts";

const SEEN = { unknown: null, evidence: [] };

export function at(path: string, line: number, says: string): Evidence {
  return { path, line, says };
}

/** A tool of forty files in which nothing was found. */
export function project(over: Partial<ProjectSignals> = {}): ProjectSignals {
  return {
    root: ".",
    name: "example",
    kind: "app",
    size: { files: 40, lines: 4000, unread: 0 },
    frameworks: [],
    orms: [],
    async: {
      ...SEEN,
      functions: 300,
      asyncFunctions: 0,
      endpoints: 0,
      asyncEndpoints: 0,
      databaseAccess: "none",
      access: { awaited: 0, threaded: 0, syncInSync: 0, syncInAsync: 0 },
      engines: [],
      servers: [],
      weight: "absent",
    },
    models: { ...SEEN, total: 0, relations: 0, items: [] },
    queries: queries({}),
    migrations: { ...SEEN, tools: [] },
    admin: { ...SEEN, kind: "none", name: null, registrations: 0 },
    databases: { ...SEEN, items: [], routers: 0, explicitRouting: 0, drivers: [] },
    typing: {
      ...SEEN,
      functions: 300,
      annotatedFunctions: 120,
      mappedAttributes: 0,
      unmappedAttributes: 0,
      checkers: [],
      stubs: [],
    },
    concepts: { ...SEEN, total: 0, items: [] },
    ties: { ...SEEN, items: [] },
    ...over,
  };
}

export function framework(name: string, role: FrameworkRole = "runs-on"): FrameworkUse {
  return {
    name,
    version: null,
    role,
    extensions: [],
    evidence: [at("app/main.py", 14, `${name} application`)],
  };
}

export function orm(name: string, role: OrmRole = "primary"): OrmUse {
  return { name, version: null, role, evidence: [at("app/db.py", 9, `imports ${name}`)] };
}

export function query(over: Partial<Query> = {}): Query {
  const line = over.line ?? 21;
  return {
    path: "app/users/crud.py",
    line,
    column: 5,
    endLine: line,
    function: "load",
    layer: "orm",
    orm: "sqlalchemy-orm",
    model: "User",
    operation: "select",
    method: "scalars",
    features: [],
    hardness: "easy",
    components: { one: 0, two: 0, others: 0 },
    tier: "crud",
    beyondDjango: [],
    execution: { kind: "sync", line, threaded: false },
    inAsync: false,
    inLoop: false,
    role: "production",
    certainty: "resolved",
    ...over,
  };
}

export interface QueryPlan {
  readonly crud?: number;
  readonly moderate?: number;
  readonly advanced?: number;
  readonly beyond?: number;
  /** How many of the crud ones are in this layer. */
  readonly layer?: QueryLayer;
  readonly orm?: string;
}

const SHAPES: Readonly<Record<Tier, { features: readonly string[]; hardness: Hardness; path: string }>> = {
  crud: { features: [], hardness: "easy", path: "app/users/crud.py" },
  moderate: { features: ["join", "aggregate"], hardness: "medium", path: "app/orders/list.py" },
  advanced: { features: ["subquery", "window"], hardness: "hard", path: "app/reports/rank.py" },
  "beyond-django-orm": {
    features: ["recursive-cte", "lateral"],
    hardness: "extra",
    path: "app/reports/cohort.py",
  },
};

/** So many queries of each tier, all in one layer and through one ORM. */
export function queries(plan: QueryPlan): QuerySignal {
  const { layer = "orm", orm: name = layer === "raw" ? "raw-sql" : "sqlalchemy-orm" } = plan;
  const counts: readonly (readonly [Tier, number])[] = [
    ["crud", plan.crud ?? 0],
    ["moderate", plan.moderate ?? 0],
    ["advanced", plan.advanced ?? 0],
    ["beyond-django-orm", plan.beyond ?? 0],
  ];
  return querySignal(
    counts.flatMap(([tier, n]) =>
      Array.from({ length: n }, (_, index) => {
        const { features, hardness, path } = SHAPES[tier];
        const line = 10 + index * 7;
        return query({
          path,
          line,
          layer,
          orm: name,
          tier,
          hardness,
          features: features.map((feature) => ({ name: feature, line })),
          beyondDjango: tier === "beyond-django-orm" ? ["recursive-cte"] : [],
        });
      }),
    ),
  );
}

/** The signal that goes with these queries: the counts are counted. */
export function querySignal(items: readonly Query[]): QuerySignal {
  const count = (holds: (item: Query) => boolean): number => items.filter(holds).length;
  return {
    ...SEEN,
    total: items.length,
    byTier: {
      crud: count((item) => item.tier === "crud"),
      moderate: count((item) => item.tier === "moderate"),
      advanced: count((item) => item.tier === "advanced"),
      "beyond-django-orm": count((item) => item.tier === "beyond-django-orm"),
    },
    byHardness: {
      easy: count((item) => item.hardness === "easy"),
      medium: count((item) => item.hardness === "medium"),
      hard: count((item) => item.hardness === "hard"),
      extra: count((item) => item.hardness === "extra"),
    },
    byLayer: {
      orm: count((item) => item.layer === "orm"),
      core: count((item) => item.layer === "core"),
      raw: count((item) => item.layer === "raw"),
    },
    items,
  };
}

export function models(total: number, relations: number): ModelSignal {
  return { unknown: null, evidence: [at("app/models.py", 12, "class User")], total, relations, items: [] };
}

export function asyncAccess(awaited: number, syncInSync = 0, syncInAsync = 0): ProjectSignals["async"] {
  return {
    ...project().async,
    evidence: [at("app/db/session.py", 9, "create_async_engine")],
    asyncFunctions: awaited > 0 ? 180 : 0,
    endpoints: 40,
    asyncEndpoints: awaited > 0 ? 40 : 0,
    databaseAccess: awaited === 0 ? "sync" : syncInSync > 0 ? "mixed" : "async",
    access: { awaited, threaded: 0, syncInSync, syncInAsync },
    weight: awaited > 0 ? "essential" : "absent",
  };
}

export function migrations(tool: string, count: number): ProjectSignals["migrations"] {
  return { ...SEEN, tools: [{ tool, count, evidence: [at("app/migrations/0001_initial.py", 1, tool)] }] };
}

export function database(alias: string, engine = "postgresql"): ProjectSignals["databases"]["items"][number] {
  return { alias, engine, driver: null, evidence: [at("app/settings.py", 30, `${alias} is ${engine}`)] };
}

export function databases(...aliases: readonly string[]): ProjectSignals["databases"] {
  return {
    ...SEEN,
    items: aliases.map((alias) => database(alias)),
    routers: 0,
    explicitRouting: 0,
    drivers: [],
  };
}

export function djangoAdmin(registrations: number): ProjectSignals["admin"] {
  return {
    unknown: null,
    evidence: [at("shop/admin.py", 8, "admin.site.register")],
    kind: "django",
    name: "django.contrib.admin",
    registrations,
  };
}

/** FastAPI with async SQLAlchemy, as services are built today. */
export function fastapiAsync(over: Partial<ProjectSignals> = {}): ProjectSignals {
  return project({
    name: "api",
    frameworks: [framework("fastapi")],
    orms: [orm("sqlalchemy-orm")],
    async: asyncAccess(181, 23),
    models: models(30, 40),
    queries: queries({ crud: 145, moderate: 36, advanced: 17, beyond: 6 }),
    migrations: migrations("alembic", 42),
    databases: databases("engine"),
    concepts: { ...SEEN, total: 30, items: [] },
    ...over,
  });
}

/** FastAPI, synchronous, small and plain: the weakest case for SQLAlchemy under another framework. */
export function fastapiPlain(over: Partial<ProjectSignals> = {}): ProjectSignals {
  return project({
    frameworks: [framework("fastapi")],
    orms: [orm("sqlmodel")],
    async: asyncAccess(0, 25),
    models: models(2, 1),
    queries: queries({ crud: 25, moderate: 2, orm: "sqlmodel" }),
    migrations: migrations("alembic", 5),
    databases: databases("engine"),
    concepts: { ...SEEN, total: 8, items: [] },
    ...over,
  });
}

/** A Django shop with admin and migrations. */
export function djangoShop(over: Partial<ProjectSignals> = {}): ProjectSignals {
  return project({
    name: "shop",
    frameworks: [framework("django")],
    orms: [orm("django-orm")],
    async: asyncAccess(0, 160),
    models: models(35, 50),
    queries: queries({ crud: 120, moderate: 40, advanced: 6, orm: "django-orm" }),
    migrations: migrations("django", 90),
    admin: djangoAdmin(25),
    databases: databases("default"),
    concepts: { ...SEEN, total: 25, items: [] },
    ...over,
  });
}

/** Hand-written SQL through a driver, without any ORM. */
export function rawSql(over: Partial<ProjectSignals> = {}): ProjectSignals {
  return project({
    frameworks: [framework("falcon")],
    orms: [orm("raw-sql")],
    async: asyncAccess(0, 200),
    queries: queries({ crud: 150, moderate: 80, advanced: 20, layer: "raw" }),
    databases: { ...databases(), drivers: ["pymysql"] },
    ...over,
  });
}
