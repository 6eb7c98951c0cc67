import { describe, expect, test } from "vitest";
import type { ProjectSignals } from "../../src/model/report.ts";
import { changesFor } from "../../src/verdict/changes.ts";
import { costOfMoving } from "../../src/verdict/cost.ts";
import type { Measure } from "../../src/verdict/criteria/criterion.ts";
import { criteria } from "../../src/verdict/criteria/index.ts";
import { few } from "../../src/verdict/evidence.ts";
import { applyChanges } from "../../src/verdict/flips.ts";
import {
  asyncAccess,
  at,
  databases,
  djangoShop,
  fastapiAsync,
  fastapiPlain,
  models,
  project,
  queries,
} from "./signals.ts";

function measure(id: string, signals: ProjectSignals): Measure {
  const criterion = criteria.find((candidate) => candidate.id === id);
  if (criterion === undefined) throw new Error(`There is no criterion "${id}".`);
  return criterion.measure(signals);
}
const strength = (id: string, signals: ProjectSignals): number => measure(id, signals).strength;

describe("a criterion's strength", () => {
  test("migrations that are not known speak for nobody", () => {
    const untold = { unknown: "settings could not be read", evidence: [], tools: [] };
    const known = { ...untold, unknown: null };
    expect(strength("built-in-migrations", fastapiPlain({ migrations: known }))).toBeGreaterThan(0);
    expect(strength("built-in-migrations", fastapiPlain({ migrations: untold }))).toBe(0);
  });

  test("async counts by how much it matters to the project", () => {
    const of = (weight: "essential" | "incidental" | "absent") =>
      strength("async-database-access", project({ async: { ...asyncAccess(50), weight } }));
    expect(of("essential")).toBeGreaterThan(0.95);
    expect(of("incidental")).toBeLessThan(of("essential"));
    expect(of("absent")).toBeLessThan(of("incidental"));
  });

  test("two databases count in full only when something routes between them", () => {
    const two = databases("default", "replica");
    const routed = strength(
      "several-databases-or-complex-schema",
      project({ databases: { ...two, routers: 1 } }),
    );
    expect(routed).toBe(0.5);
    expect(strength("several-databases-or-complex-schema", project({ databases: two }))).toBe(0.25);
  });

  test("raw SQL is control in full, Core in half", () => {
    const of = (layer: "raw" | "core" | "orm") =>
      strength("control-over-sql", project({ queries: queries({ crud: 8, layer }) }));
    expect(of("raw")).toBeCloseTo(8 / 12, 6);
    expect(of("core")).toBeCloseTo(4 / 8, 6);
    expect(of("orm")).toBe(0);
  });
});

describe("the cost of moving", () => {
  test("goes to the other side of what is in use, migrations included", () => {
    const cost = costOfMoving(fastapiAsync(), "sqlalchemy");
    expect(cost?.to).toBe("django-orm");
    expect(cost?.items.find((item) => item.what === "migration histories")).toMatchObject({
      count: 1,
      low: 4,
      high: 12,
    });
  });
});

test("evidence is few, each place once", () => {
  const places = [
    at("a.py", 1, "x"),
    at("a.py", 1, "y"),
    at("a.py", 2, "x"),
    at("b.py", 1, "x"),
    at("c.py", 1, "x"),
  ];
  expect(few(places).map(({ path, line }) => `${path}:${line}`)).toEqual(["a.py:1", "a.py:2", "b.py:1"]);
});

describe("changes", () => {
  const change = (signals: ProjectSignals, says: string): ProjectSignals => {
    const found = changesFor(signals)
      .flat()
      .find((candidate) => candidate.says.includes(says));
    if (found === undefined) throw new Error(`No change says "${says}".`);
    return applyChanges(signals, [found]);
  };

  test("leaving Django takes its ORM, admin and migrations along", () => {
    const left = change(djangoShop(), "FastAPI");
    expect(left.orms).toEqual([]);
    expect(left.admin.kind).toBe("none");
    expect(left.migrations.tools).toEqual([]);
  });

  test("async throughout makes it matter", () => {
    const { async: now } = change(djangoShop({ models: models(3, 1) }), "async throughout");
    expect(now).toMatchObject({ weight: "essential", databaseAccess: "async", access: { syncInSync: 0 } });
  });
});
