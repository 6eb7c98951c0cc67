// A report made by hand, so that the reporters are tested apart from the scan: a monorepo with a FastAPI service and a Django
// app, one problem and one finding. Its numbers agree with each other, as a scan's would.

import type {
  AsyncSignal,
  ComparisonRow,
  CriterionResult,
  Evidence,
  ProjectReport,
  Query,
  QueryFeature,
  Report,
} from "../../src/model/report.ts";

export function at(path: string, line: number, says: string): Evidence {
  return { path, line, says };
}

const feature = (name: string, line: number): QueryFeature => ({ name, line });

export const cohortQuery: Query = {
  path: "services/api/app/reports/cohort.py",
  line: 88,
  column: 12,
  endLine: 131,
  function: "CohortReport.build",
  layer: "core",
  orm: "sqlalchemy-orm",
  model: "Cohort",
  operation: "select",
  method: "execute",
  features: [
    feature("recursive-cte", 90),
    feature("window", 97),
    feature("lateral", 104),
    feature("join", 106),
    feature("group-by", 121),
    feature("order-by", 124),
  ],
  hardness: "extra",
  components: { one: 5, two: 1, others: 2 },
  tier: "beyond-django-orm",
  beyondDjango: ["recursive-cte", "lateral"],
  execution: { kind: "awaited", line: 131, threaded: false },
  inAsync: true,
  inLoop: false,
  role: "production",
  certainty: "resolved",
};

const upsertQuery: Query = {
  ...cohortQuery,
  path: "services/api/app/sync/store.py",
  line: 51,
  column: 9,
  endLine: 60,
  function: "store_batch",
  model: "Reading",
  operation: "upsert",
  features: [feature("upsert", 53), feature("returning", 58)],
  hardness: "medium",
  components: { one: 1, two: 0, others: 1 },
  tier: "advanced",
  beyondDjango: [],
  execution: { kind: "awaited", line: 60, threaded: false },
};

const blockingQuery: Query = {
  ...cohortQuery,
  path: "services/api/app/billing/jobs.py",
  line: 41,
  column: 5,
  endLine: 44,
  function: "close_month",
  layer: "orm",
  model: "Invoice",
  method: "scalars",
  features: [feature("join", 42), feature("aggregate", 43)],
  hardness: "medium",
  components: { one: 2, two: 0, others: 0 },
  tier: "moderate",
  beyondDjango: [],
  execution: { kind: "sync", line: 44, threaded: false },
};

const simpleQuery: Query = {
  ...cohortQuery,
  path: "services/api/app/users/crud.py",
  line: 21,
  column: 5,
  endLine: 21,
  function: "get_user",
  layer: "orm",
  model: "User",
  features: [],
  hardness: "easy",
  components: { one: 1, two: 0, others: 0 },
  tier: "crud",
  beyondDjango: [],
  execution: { kind: "awaited", line: 21, threaded: false },
};

const ROWS = [
  ["framework dependency", "standalone, any framework", "Django only"],
  ["query flexibility", "excellent: ORM, Core and raw SQL", "good: ORM and raw SQL"],
  ["async support", "yes, since 2.0", "experimental, in threads"],
  ["migration tool", "Alembic, separate", "built in"],
  ["admin integration", "none built in", "automatic"],
  ["learning curve", "medium to high", "low to medium"],
  ["complex queries", "excellent", "limited"],
  ["multi-database", "excellent", "supported"],
  ["type hints", "full: Mapped[]", "limited: third-party stubs"],
  ["best paired with", "FastAPI, Flask", "Django"],
] as const;

/** The ten rows with what was found, in their order. */
function rows(here: readonly string[], evidence: readonly Evidence[]): readonly ComparisonRow[] {
  return ROWS.map(([row, sqlalchemy, djangoOrm], index) => ({
    row,
    sqlalchemy,
    djangoOrm,
    here: here[index] ?? "nothing seen",
    evidence: evidence.slice(index, index + 1),
  }));
}

function criterion(
  id: string,
  weight: number,
  strength: number,
  favours: CriterionResult["favours"],
  says: string,
  evidence: readonly Evidence[],
): CriterionResult {
  const contribution = (favours === "sqlalchemy" ? 1 : -1) * weight * strength;
  return { id, favours, weight, strength, contribution, says, evidence };
}

const marginOf = (criteria: readonly CriterionResult[]) =>
  criteria.reduce((sum, { contribution }) => sum + contribution, 0);

const apiCriteria = [
  criterion("other-framework", 3, 1, "sqlalchemy", "runs on FastAPI, not Django", [
    at("services/api/app/main.py", 14, "FastAPI(…)"),
  ]),
  criterion("async-access", 2.5, 0.88, "sqlalchemy", "database access is async: 181 of 204 queries", [
    at("services/api/app/db/session.py", 9, "create_async_engine(…)"),
    at("services/api/app/db/deps.py", 4, "AsyncSession"),
  ]),
  criterion("complex-queries", 2.5, 0.75, "sqlalchemy", "23 queries need more than joins and aggregates", [
    at("services/api/app/reports/cohort.py", 88, "recursive CTE"),
  ]),
  criterion("sql-control", 2, 0.33, "sqlalchemy", "13 statements are written in SQL", [
    at("services/api/app/sync/store.py", 51, "text(…)"),
  ]),
  criterion("several-databases", 1.5, 0.15, "sqlalchemy", "a second database holds the archive", [
    at("services/api/app/db/archive.py", 3, "create_async_engine(…)"),
  ]),
  criterion("mostly-crud", 1.5, 0.71, "django-orm", "71 % of queries are plain CRUD", [
    at("services/api/app/users/crud.py", 21, "select(User)"),
  ]),
  criterion("admin-wanted", 2, 0.18, "django-orm", "an admin is maintained by hand (14 views)", [
    at("services/api/app/admin/views.py", 1, "sqladmin"),
  ]),
];

const apiAsync: AsyncSignal = {
  unknown: null,
  evidence: [at("services/api/app/db/session.py", 9, "create_async_engine(…)")],
  functions: 900,
  asyncFunctions: 512,
  endpoints: 64,
  asyncEndpoints: 60,
  databaseAccess: "async",
  access: { awaited: 181, threaded: 0, syncInSync: 21, syncInAsync: 2 },
  engines: ["asyncpg"],
  servers: ["uvicorn"],
  weight: "essential",
};

function reasons(criteria: readonly CriterionResult[], favours: CriterionResult["favours"]) {
  return criteria
    .filter((result) => result.favours === favours)
    .map(({ says, contribution, evidence }) => ({ says, contribution, evidence }));
}

export const apiProject: ProjectReport = {
  root: "services/api",
  name: "api",
  kind: "app",
  size: { files: 312, lines: 41208, unread: 1 },
  frameworks: [
    {
      name: "fastapi",
      version: "0.115",
      role: "runs-on",
      extensions: [],
      evidence: [at("services/api/app/main.py", 14, "FastAPI(…)")],
    },
    { name: "flask", version: null, role: "dev-only", extensions: [], evidence: [] },
  ],
  orms: [
    {
      name: "sqlalchemy-orm",
      version: "2.0",
      role: "primary",
      evidence: [at("services/api/app/db/base.py", 5, "DeclarativeBase")],
    },
  ],
  async: apiAsync,
  models: {
    unknown: null,
    evidence: [],
    total: 31,
    relations: 45,
    items: [
      {
        name: "User",
        path: "services/api/app/users/models.py",
        line: 12,
        orm: "sqlalchemy-orm",
        abstract: false,
        fields: 9,
        relations: 3,
      },
    ],
  },
  queries: {
    unknown: "11 sessions are of unknown type",
    evidence: [],
    total: 204,
    byTier: { crud: 145, moderate: 36, advanced: 17, "beyond-django-orm": 6 },
    byHardness: { easy: 120, medium: 60, hard: 14, extra: 10 },
    byLayer: { orm: 150, core: 41, raw: 13 },
    items: [simpleQuery, blockingQuery, upsertQuery, cohortQuery],
  },
  migrations: {
    unknown: null,
    evidence: [],
    tools: [{ tool: "alembic", count: 34, evidence: [at("services/api/alembic.ini", 1, "script_location")] }],
  },
  admin: {
    unknown: null,
    evidence: [at("services/api/app/admin/views.py", 1, "sqladmin")],
    kind: "third-party",
    name: "sqladmin",
    registrations: 14,
  },
  databases: {
    unknown: null,
    evidence: [],
    items: [
      {
        alias: "engine",
        engine: "postgresql",
        driver: "asyncpg",
        evidence: [at("services/api/app/db/session.py", 9, "create_async_engine(…)")],
      },
      {
        alias: "archive",
        engine: null,
        driver: "asyncpg",
        evidence: [at("services/api/app/db/archive.py", 3, "create_async_engine(…)")],
      },
    ],
    routers: 0,
    explicitRouting: 3,
    drivers: ["asyncpg"],
  },
  typing: {
    unknown: null,
    evidence: [],
    functions: 900,
    annotatedFunctions: 731,
    mappedAttributes: 180,
    unmappedAttributes: 4,
    checkers: ["mypy"],
    stubs: [],
  },
  concepts: {
    unknown: null,
    evidence: [],
    total: 23,
    items: [
      { name: "select", orm: "sqlalchemy-orm", uses: 160 },
      { name: "joined loading", orm: "sqlalchemy-orm", uses: 31 },
    ],
  },
  ties: { unknown: null, evidence: [], items: [] },
  comparison: rows(
    [
      "runs on FastAPI; nothing ties it to Django",
      "150 queries by the ORM, 41 by Core, 13 in raw SQL (6 %)",
      "181 of 204 queries are awaited",
      "Alembic, 34 migrations",
      "sqladmin with 14 views",
      "23 ORM concepts in use",
      "17 advanced queries, and 6 that the Django ORM cannot express",
      "2 databases",
      "81 % of functions annotated, 180 of 184 attributes Mapped[]",
      "FastAPI with SQLAlchemy: the usual pair",
    ],
    [at("services/api/app/main.py", 14, "FastAPI(…)")],
  ),
  criteria: apiCriteria,
  verdict: {
    choice: "sqlalchemy",
    stance: "stay",
    confidence: 0.93,
    margin: marginOf(apiCriteria),
    greenfield: "sqlalchemy",
    says: "SQLAlchemy fits: the service is async throughout and asks for more than the Django ORM can express.",
    reasons: reasons(apiCriteria, "sqlalchemy"),
    against: reasons(apiCriteria, "django-orm"),
    flips: [{ change: "a Django framework and sync database access together", choice: "django-orm" }],
    cost: {
      to: "django-orm",
      low: 31,
      high: 62,
      items: [
        {
          what: "models, directly",
          count: 31,
          low: 31,
          high: 62,
          note: "plain (31): a model",
          group: "models",
          carries: "directly",
          each: { low: 1, high: 2 },
          evidence: [at("services/api/app/models.py", 12, "User")],
        },
      ],
    },
    whatIf: [
      {
        assume: "framework=django",
        says: "it runs on Django",
        choice: "django-orm",
        stance: "move",
        confidence: 0.91,
        margin: -3.4,
      },
      {
        assume: "async=no",
        says: "its database access is synchronous throughout",
        choice: "sqlalchemy",
        stance: "stay",
        confidence: 0.88,
        margin: 2.9,
      },
    ],
    thirdOrm: null,
    missing: ["the versions in use: there is no lock file"],
    assumptions: [],
    policy: [{ kind: "weight", name: "automatic-admin", value: 0.5, usual: 1.8 }],
  },
  findings: [
    {
      rule: "blocking-query-in-async",
      severity: "error",
      path: "services/api/app/billing/jobs.py",
      line: 44,
      column: 12,
      endLine: 44,
      endColumn: 40,
      symbol: "bill_account",
      snippet: "session.query(Invoice).all()",
      message: "A synchronous query in a coroutine holds up every other request.",
      related: [],
      fingerprint: "b1",
      suppressed: false,
      suppression: null,
    },
  ],
};

const shopCriteria = [
  criterion("django-framework", 4, 1, "django-orm", "is a Django application", [
    at("shop/manage.py", 7, "DJANGO_SETTINGS_MODULE"),
  ]),
  criterion("admin-wanted", 2, 0.9, "django-orm", "18 models are in the Django admin", [
    at("shop/orders/admin.py", 11, "@admin.register(Order)"),
  ]),
  criterion("complex-queries", 2.5, 0.22, "sqlalchemy", "2 queries are written in SQL for their CTEs", [
    at("shop/orders/reports.py", 30, "WITH monthly AS …"),
  ]),
];

export const shopProject: ProjectReport = {
  ...apiProject,
  root: "shop",
  name: "shop",
  size: { files: 88, lines: 9120, unread: 0 },
  frameworks: [
    {
      name: "django",
      version: "5.1",
      role: "runs-on",
      extensions: ["rest framework"],
      evidence: [at("shop/manage.py", 7, "DJANGO_SETTINGS_MODULE")],
    },
  ],
  orms: [
    {
      name: "django-orm",
      version: "5.1",
      role: "primary",
      evidence: [at("shop/orders/models.py", 8, "models.Model")],
    },
  ],
  async: {
    ...apiAsync,
    evidence: [],
    functions: 240,
    asyncFunctions: 0,
    endpoints: 22,
    asyncEndpoints: 0,
    databaseAccess: "sync",
    access: { awaited: 0, threaded: 0, syncInSync: 61, syncInAsync: 0 },
    engines: [],
    servers: [],
    weight: "absent",
  },
  queries: {
    unknown: null,
    evidence: [],
    total: 61,
    byTier: { crud: 50, moderate: 9, advanced: 0, "beyond-django-orm": 2 },
    byHardness: { easy: 48, medium: 11, hard: 0, extra: 2 },
    byLayer: { orm: 59, core: 0, raw: 2 },
    items: [
      {
        ...cohortQuery,
        path: "shop/orders/reports.py",
        line: 30,
        column: 9,
        endLine: 52,
        function: "monthly",
        layer: "raw",
        orm: "django-orm",
        model: null,
        features: [feature("cte", 31), feature("aggregate", 33)],
        beyondDjango: ["cte"],
        execution: { kind: "sync", line: 30, threaded: false },
        inAsync: false,
      },
    ],
  },
  migrations: {
    unknown: null,
    evidence: [],
    tools: [
      { tool: "django", count: 27, evidence: [at("shop/orders/migrations/0001_initial.py", 1, "Migration")] },
    ],
  },
  admin: {
    unknown: null,
    evidence: [at("shop/orders/admin.py", 11, "@admin.register(Order)")],
    kind: "django",
    name: "django.contrib.admin",
    registrations: 18,
  },
  comparison: rows(["runs on Django 5.1"], [at("shop/manage.py", 7, "DJANGO_SETTINGS_MODULE")]),
  criteria: shopCriteria,
  verdict: {
    choice: "django-orm",
    stance: "stay-with-raw-sql",
    confidence: 0.9,
    margin: marginOf(shopCriteria),
    greenfield: "django-orm",
    says: "The Django ORM fits; the two monthly reports stay in raw SQL.",
    reasons: reasons(shopCriteria, "django-orm"),
    against: reasons(shopCriteria, "sqlalchemy"),
    flips: [],
    whatIf: [],
    cost: null,
    thirdOrm: null,
    missing: [],
    assumptions: [{ key: "admin", value: "yes", says: "an automatic admin over its models is wanted" }],
    policy: [],
  },
  findings: [],
};

/** The whole of it: two projects. */
export const sampleReport: Report = {
  schemaVersion: 1,
  tool: { name: "ormverdict", version: "0.1.0" },
  projects: [apiProject, shopProject],
  summary: "2 projects: SQLAlchemy fits services/api, the Django ORM fits shop.",
  together: {
    shared: [
      {
        kind: "database",
        projects: ["services/api", "shop"],
        says: "services/api and shop use one database (default)",
        evidence: [at("common/engine.py", 5, "create_engine")],
      },
    ],
    advice:
      "The projects differ, yet services/api and shop use one database: let one ORM own what is shared.",
  },
  problems: [
    {
      path: "services/api/app/legacy/old.py",
      kind: "python2",
      message: "This file is Python 2; only its imports could be read.",
      line: 3,
    },
  ],
  stats: { files: 400, parsed: 399, lines: 50328, bytes: 1_900_000 },
};

/** The service by itself, as if the repository held nothing else. */
export const singleReport: Report = {
  ...sampleReport,
  projects: [apiProject],
  summary: "SQLAlchemy fits services/api.",
  together: null,
};

export const emptyReport: Report = {
  schemaVersion: 1,
  tool: { name: "ormverdict", version: "0.1.0" },
  projects: [],
  summary: "",
  together: null,
  problems: [],
  stats: { files: 0, parsed: 0, lines: 0, bytes: 0 },
};
