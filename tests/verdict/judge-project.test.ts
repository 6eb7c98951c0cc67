import { describe, expect, test } from "vitest";
import type { Choice, ProjectSignals, Stance, Tie } from "../../src/model/report.ts";
import { calibration } from "../../src/verdict/calibration.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import { howMuchWasSeen } from "../../src/verdict/seen.ts";
import { defaultThresholds } from "../../src/verdict/thresholds.ts";
import { weigh } from "../../src/verdict/weigh.ts";
import { withoutPresentOrm } from "../../src/verdict/without-present-orm.ts";
import {
  asyncAccess,
  database,
  databases,
  djangoAdmin,
  djangoShop,
  fastapiAsync,
  fastapiPlain,
  framework,
  migrations,
  models,
  orm,
  project,
  queries,
  query,
  querySignal,
  rawSql,
} from "./signals.ts";

interface Case {
  readonly name: string;
  readonly signals: ProjectSignals;
  readonly choice: Choice;
  readonly stance: Stance;
}

const mongo = { ...databases(), items: [database("mongo", "mongodb")] };
const tortoise = (over: Partial<ProjectSignals> = {}): ProjectSignals =>
  fastapiPlain({
    orms: [orm("tortoise")],
    async: asyncAccess(27),
    queries: queries({ crud: 25, moderate: 2, orm: "tortoise" }),
    migrations: migrations("aerich", 3),
    ...over,
  });

const cases: readonly Case[] = [
  { name: "FastAPI with async SQLAlchemy", signals: fastapiAsync(), choice: "sqlalchemy", stance: "stay" },
  {
    name: "FastAPI, sync, plain CRUD, with SQLModel",
    signals: fastapiPlain(),
    choice: "sqlalchemy",
    stance: "stay",
  },
  {
    name: "FastAPI, plain CRUD, no migrations, an admin kept by hand",
    signals: fastapiPlain({
      migrations: { unknown: null, evidence: [], tools: [] },
      admin: { unknown: null, evidence: [], kind: "third-party", name: "sqladmin", registrations: 30 },
    }),
    choice: "sqlalchemy",
    stance: "stay",
  },
  {
    name: "FastAPI whose data layer was not found",
    signals: project({ frameworks: [framework("fastapi")], orms: [orm("sqlalchemy-orm")] }),
    choice: "sqlalchemy",
    stance: "stay",
  },
  { name: "a Django shop", signals: djangoShop(), choice: "django-orm", stance: "stay" },
  {
    name: "a Django shop with a handful of complex queries",
    signals: djangoShop({
      queries: queries({ crud: 120, moderate: 40, advanced: 12, beyond: 6, orm: "django-orm" }),
    }),
    choice: "django-orm",
    stance: "stay-with-raw-sql",
  },
  {
    name: "a Django shop with an advanced statement as raw SQL",
    signals: djangoShop({
      queries: querySignal([
        ...queries({ crud: 60, orm: "django-orm" }).items,
        query({ layer: "raw", orm: "raw-sql", tier: "advanced", hardness: "extra" }),
      ]),
    }),
    choice: "django-orm",
    stance: "stay-with-raw-sql",
  },
  {
    name: "a Django shop whose raw SQL is housekeeping, with subqueries in the ORM",
    signals: djangoShop({
      queries: querySignal([
        ...queries({ crud: 60, advanced: 5, orm: "django-orm" }).items,
        query({ layer: "raw", orm: "raw-sql", operation: "unknown" }),
      ]),
    }),
    choice: "django-orm",
    stance: "stay",
  },
  {
    name: "a library whose queries only look like some",
    signals: project({ kind: "library", queries: querySignal([query({ certainty: "heuristic" })]) }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "a fresh Django project",
    signals: project({
      frameworks: [framework("django")],
      orms: [orm("django-orm")],
      databases: databases("default"),
    }),
    choice: "django-orm",
    stance: "stay",
  },
  {
    name: "a reusable Django app without databases or migrations of its own",
    signals: djangoShop({ kind: "library", databases: databases(), admin: project().admin }),
    choice: "django-orm",
    stance: "stay",
  },
  {
    name: "scripts that call django.setup(), without a web framework",
    signals: djangoShop({ kind: "tool", frameworks: [], admin: project().admin }),
    choice: "django-orm",
    stance: "stay",
  },
  { name: "raw SQL under Falcon", signals: rawSql(), choice: "sqlalchemy", stance: "adopt" },
  {
    name: "raw SQL in a command-line tool",
    signals: rawSql({ kind: "tool", frameworks: [] }),
    choice: "sqlalchemy",
    stance: "adopt",
  },
  {
    name: "a command-line tool on SQLAlchemy, all CRUD",
    signals: fastapiPlain({ kind: "tool", frameworks: [], orms: [orm("sqlalchemy-orm")] }),
    choice: "sqlalchemy",
    stance: "stay",
  },
  {
    name: "FastAPI on Tortoise, plain",
    signals: tortoise({ async: asyncAccess(0, 27) }),
    choice: "sqlalchemy",
    stance: "stay",
  },
  {
    name: "FastAPI on Tortoise, async and plain: Tortoise is async already",
    signals: tortoise(),
    choice: "sqlalchemy",
    stance: "stay",
  },
  {
    name: "FastAPI on Tortoise, with needs that Tortoise hardly meets",
    signals: tortoise({
      queries: queries({ crud: 30, moderate: 20, advanced: 20, beyond: 8, orm: "tortoise" }),
    }),
    choice: "sqlalchemy",
    stance: "move",
  },
  {
    name: "Django on Peewee",
    signals: djangoShop({
      orms: [orm("peewee")],
      admin: djangoAdmin(10),
      migrations: migrations("sql-files", 3),
    }),
    choice: "django-orm",
    stance: "move",
  },
  {
    name: "documents through Beanie",
    signals: project({
      frameworks: [framework("fastapi")],
      orms: [orm("beanie")],
      databases: mongo,
      models: models(12, 3),
    }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "MongoDB through its driver",
    signals: project({ frameworks: [framework("flask")], databases: mongo }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "no database",
    signals: project({ frameworks: [framework("tornado")] }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "SQLAlchemy in the tests only",
    signals: project({ orms: [orm("sqlalchemy-orm", "dev-only")] }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "a library on Django whose subject is SQLAlchemy",
    signals: project({
      kind: "library",
      frameworks: [framework("django")],
      orms: [orm("sqlalchemy-orm")],
      queries: queries({ crud: 20 }),
    }),
    choice: "sqlalchemy",
    stance: "stay",
  },
  {
    name: "a library with adapters for both ORMs among others",
    signals: project({
      kind: "library",
      frameworks: [framework("fastapi"), framework("django", "supports")],
      orms: [orm("sqlalchemy-orm", "supports"), orm("django-orm", "supports"), orm("tortoise", "supports")],
      queries: queries({ crud: 9 }),
    }),
    choice: "either",
    stance: "none",
  },
  {
    name: "a library that serves both ORMs, with tables of its own for one",
    signals: project({
      kind: "integration",
      orms: [orm("sqlalchemy-orm", "supports"), orm("django-orm", "supports")],
      models: models(2, 0),
      queries: queries({ crud: 9 }),
    }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "a tracing library that watches both ORMs wherever its hosts use them",
    signals: project({
      kind: "integration",
      frameworks: ["django", "flask", "fastapi"].map((name) => framework(name, "supports")),
      orms: [orm("sqlalchemy-orm", "supports"), orm("django-orm", "supports")],
    }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "a library with adapters for several ORMs",
    signals: project({
      kind: "integration",
      frameworks: [framework("starlette")],
      orms: [orm("sqlalchemy-orm", "supports"), orm("tortoise", "supports")],
      queries: queries({ crud: 9 }),
    }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "a bridge between the two",
    signals: project({
      kind: "integration",
      frameworks: [framework("django")],
      orms: [orm("sqlalchemy-orm"), orm("django-orm", "secondary")],
      queries: queries({ crud: 9 }),
    }),
    choice: "either",
    stance: "none",
  },
  {
    name: "an ORM itself",
    signals: project({
      name: "Piccolo",
      kind: "library",
      orms: [orm("piccolo")],
      queries: queries({ crud: 30, orm: "piccolo" }),
      models: models(4, 1),
    }),
    choice: "not-needed",
    stance: "none",
  },
  {
    name: "an application that happens to bear a mapper's name",
    signals: fastapiPlain({ name: "pony" }),
    choice: "sqlalchemy",
    stance: "stay",
  },
  {
    name: "documents beside rows: judged by the rows",
    signals: fastapiPlain({ orms: [orm("beanie"), orm("raw-sql", "secondary")] }),
    choice: "sqlalchemy",
    stance: "adopt",
  },
  {
    name: "no Python at all",
    signals: project({ size: { files: 0, lines: 0, unread: 0 } }),
    choice: "undecided",
    stance: "none",
  },
  {
    name: "hardly a file that could be read",
    signals: project({ size: { files: 10, lines: 50, unread: 9 } }),
    choice: "undecided",
    stance: "none",
  },
  {
    name: "a driver and nothing done with it",
    signals: project({ databases: { ...databases(), drivers: ["psycopg"] } }),
    choice: "undecided",
    stance: "none",
  },
];

describe("what a reader expects of a project", () => {
  test.each(cases)("$name: $choice, $stance", ({ signals, choice, stance }) => {
    const { verdict } = judgeProject(signals);
    expect({ choice: verdict.choice, stance: verdict.stance }).toEqual({ choice, stance });
  });
});

describe("SQLAlchemy inside Django", () => {
  const withSqlalchemy = (n: number): ProjectSignals => {
    const own = queries({ crud: 100, moderate: 20, orm: "django-orm" }).items;
    const foreign = Array.from({ length: n }, (_, index) =>
      query({
        path: "shop/reports.py",
        line: 10 + index,
        tier: "advanced",
        hardness: "hard",
        orm: "sqlalchemy-core",
        layer: "core",
      }),
    );
    return djangoShop({
      orms: [orm("django-orm"), orm("sqlalchemy-core", "secondary")],
      queries: querySignal([...own, ...foreign]),
    });
  };

  test("a few statements: the Django ORM stays, and the few are named", () => {
    const { verdict } = judgeProject(withSqlalchemy(4));
    expect([verdict.choice, verdict.stance]).toEqual(["django-orm", "stay-with-raw-sql"]);
    expect(verdict.says).toContain("4 complex statements");
    expect(verdict.says).toContain("shop/reports.py:10");
    const named = verdict.reasons.find((reason) => reason.says.includes("raw SQL"));
    expect(named?.evidence.map((place) => place.line)).toEqual([10, 11, 12, 13]);
  });

  test("many statements: both stay", () => {
    expect(judgeProject(withSqlalchemy(60)).verdict.stance).toBe("split");
  });

  test("SQLAlchemy as the only ORM of a plain Django site: what it costs is said", () => {
    const { verdict } = judgeProject(
      djangoShop({ orms: [orm("sqlalchemy-orm")], migrations: migrations("alembic", 9) }),
    );
    expect([verdict.choice, verdict.stance]).toEqual(["django-orm", "move"]);
    expect(verdict.says).toContain("costs its admin and migrations");
  });
});

describe("confidence", () => {
  const confidence = (signals: ProjectSignals): number => judgeProject(signals).verdict.confidence;

  test("falls with how little was seen, and the missing facts are named", () => {
    const full = judgeProject(fastapiPlain()).verdict;
    const little = judgeProject(
      project({ frameworks: [framework("fastapi")], orms: [orm("sqlmodel")] }),
    ).verdict;
    expect(full.confidence).toBeGreaterThan(0.6);
    expect(little.missing).toEqual(expect.arrayContaining(["no statement was seen", "no model was seen"]));
    const margin = { ...fastapiPlain(), size: { files: 40, lines: 4000, unread: 30 } };
    expect(confidence(margin)).toBeLessThan(full.confidence);
  });

  test("is the logistic of what was fitted, so that a reader can redo it", () => {
    const signals = fastapiPlain({ frameworks: [] });
    const { verdict } = judgeProject(signals);
    const evidence = verdict.margin * howMuchWasSeen(signals).amount;
    expect(verdict.confidence).toBeCloseTo(1 / (1 + Math.exp(-calibration.perPoint * evidence)), 2);
    expect(verdict.confidence).toBeLessThan(calibration.most);
  });

  test("is high for a clear case and lower without a framework", () => {
    expect(confidence(fastapiAsync())).toBeGreaterThan(0.9);
    expect(confidence(djangoShop())).toBeGreaterThan(0.9);
    expect(confidence(fastapiPlain({ frameworks: [] }))).toBeLessThan(confidence(fastapiPlain()));
  });
});

describe("greenfield", () => {
  test("keeps what the work asks for and drops what today's ORM brought", () => {
    expect(judgeProject(fastapiAsync()).verdict.greenfield).toBe("sqlalchemy");
    expect(judgeProject(djangoShop()).verdict.greenfield).toBe("django-orm");
    const scripts = djangoShop({ kind: "tool", frameworks: [], admin: project().admin });
    expect(judgeProject(scripts).verdict).toMatchObject({ choice: "django-orm", greenfield: "sqlalchemy" });
  });
});

describe("greenfield and Core", () => {
  test("writing in Core today is no need for control: it counts as any other ORM", () => {
    const inCore = fastapiAsync({ queries: queries({ crud: 60, layer: "core", orm: "sqlalchemy-core" }) });
    const inOrm = fastapiAsync({ queries: queries({ crud: 60 }) });
    const margin = (signals: ProjectSignals): number => weigh(withoutPresentOrm(signals)).margin;
    expect(margin(inCore)).toBe(margin(inOrm));
    expect(weigh(inCore).margin).toBeGreaterThan(weigh(inOrm).margin);
  });
});

test("with several other ORMs the primary one is the one that is named", () => {
  const orms = [orm("peewee", "secondary"), orm("tortoise")];
  expect(judgeProject(fastapiPlain({ orms })).verdict.says).toContain("Stay with Tortoise for now");
});

describe("cost", () => {
  test("shows its arithmetic and adds up", () => {
    const { cost } = judgeProject(djangoShop()).verdict;
    expect(cost?.to).toBe("sqlalchemy");
    // Models whose mapping was not seen are counted all the same.
    expect(cost?.items.find((item) => item.group === "models")).toMatchObject({
      what: "models, not known",
      count: 35,
      low: 8.75,
      high: 70,
    });
    for (const { count, each, low, high } of cost?.items ?? []) {
      expect(low).toBeCloseTo(count * each.low, 6);
      expect(high).toBeCloseTo(count * each.high, 6);
    }
    expect(cost?.items.reduce((sum, item) => sum + item.low, 0)).toBeCloseTo(cost?.low ?? 0, 6);
    expect(cost?.items.reduce((sum, item) => sum + item.high, 0)).toBeCloseTo(cost?.high ?? 0, 6);
  });

  test("tells what carries over as it is from what is built anew, by what each thing is", () => {
    const tie = (kind: Tie["kind"], name: string | null, count: number): Tie => ({
      kind,
      name,
      orm: "sqlalchemy-orm",
      count,
      evidence: [{ path: "app/models.py", line: 3, says: "a tie" }],
    });
    const items = [
      tie("model", "polymorphic", 2),
      tie("relation", "own-join", 1),
      tie("column", "sqlalchemy.String", 7),
      tie("column", "sqlalchemy.Enum", 3),
      tie("column", "sqlalchemy.PickleType", 1),
      tie("column", null, 4),
      tie("dependent", "signal receivers", 5),
    ];
    const { cost } = judgeProject(fastapiAsync({ ties: { unknown: null, evidence: [], items } })).verdict;
    const counts = new Map(cost?.items.map(({ what, count }) => [what, count]));
    expect(Object.fromEntries(counts)).toMatchObject({
      "models, no counterpart": 2,
      "models, not known": 28,
      "relations, no counterpart": 1,
      "columns, directly": 7,
      "columns, with a note": 3,
      "columns, no counterpart": 1,
      "columns, not known": 4,
      "queries, rewrite": 17,
      "queries, no equivalent": 6,
      "signal receivers": 5,
    });
  });

  test("is null where there is no ORM to move from", () => {
    expect(judgeProject(rawSql()).verdict.cost).toBeNull();
    expect(judgeProject(project()).verdict.cost).toBeNull();
  });
});

describe("flips", () => {
  test("a service on FastAPI would be Django's if it ran on Django and kept to plain CRUD", () => {
    const { flips } = judgeProject(fastapiPlain()).verdict;
    expect(flips[0]).toEqual({ change: "it ran on Django instead", choice: "django-orm" });
  });

  test("a Django shop would be SQLAlchemy's if it were written for FastAPI", () => {
    const { flips } = judgeProject(djangoShop()).verdict;
    expect(flips[0]?.choice).toBe("sqlalchemy");
    expect(flips[0]?.change).toContain("FastAPI");
  });

  test("a project without a database has none", () => {
    expect(judgeProject(project()).verdict.flips).toEqual([]);
  });
});

describe("options", () => {
  test("thresholds are honoured: how sure one must be to leave an ORM, and what counts as a few", () => {
    const inDjango = djangoShop({ orms: [orm("sqlalchemy-orm")], migrations: migrations("alembic", 9) });
    expect(judgeProject(inDjango).verdict.stance).toBe("move");
    const careful = judgeProject(inDjango, { thresholds: { moveConfidence: 0.99 } }).verdict;
    expect([careful.choice, careful.stance]).toEqual(["django-orm", "stay"]);
    expect(careful.says).toContain("Stay with SQLAlchemy for now; of the two the Django ORM is nearer");
    const wide = judgeProject(fastapiPlain(), { thresholds: { decide: 5 } }).verdict;
    expect([wide.choice, wide.stance]).toEqual(["either", "stay"]);
  });

  test("a doubtful case is no reason to leave what works", () => {
    const { verdict } = judgeProject(fastapiAsync({ frameworks: [framework("django")] }));
    expect([verdict.choice, verdict.stance]).toEqual(["django-orm", "stay"]);
    expect(verdict.confidence).toBeLessThan(defaultThresholds.moveConfidence);
  });

  test("weights are honoured, and a wrong one is refused by name", () => {
    const weights = {
      "framework-not-django": 0,
      "async-database-access": 0,
      "queries-beyond-crud": 0,
      "control-over-sql": 0,
      "several-databases-or-complex-schema": 0,
    };
    expect(judgeProject(fastapiPlain(), { weights }).verdict.choice).toBe("django-orm");
    expect(() => judgeProject(project(), { weights: { "framework-not-djnago": 1 } })).toThrow(
      "framework-not-djnago",
    );
    expect(() => judgeProject(project(), { weights: { "standard-crud": -1 } })).toThrow("standard-crud");
    expect(() => judgeProject(project(), { weights: { "standard-crud": Number.NaN } })).toThrow(RangeError);
  });
});
