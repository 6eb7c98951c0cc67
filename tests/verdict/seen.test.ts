import { describe, expect, test } from "vitest";
import type { ProjectSignals } from "../../src/model/report.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import { howMuchWasSeen } from "../../src/verdict/seen.ts";
import { fastapiAsync, fastapiPlain, framework, models, orm, project, queries, rawSql } from "./signals.ts";

const seen = (signals: ProjectSignals): number => howMuchWasSeen(signals).amount;
const missing = (signals: ProjectSignals): readonly string[] => howMuchWasSeen(signals).missing;

describe("how much was seen", () => {
  test("nearly all of a usual service, little of a bare one", () => {
    expect(seen(fastapiAsync())).toBeGreaterThan(0.95);
    expect(seen(project())).toBeLessThan(0.25);
    expect(missing(fastapiAsync())).toEqual([]);
  });

  test("code that speaks raw SQL has no models to miss", () => {
    expect(missing(rawSql())).toEqual([]);
    expect(seen(rawSql())).toBeGreaterThan(0.95);
  });

  test("names each missing fact once", () => {
    expect(missing(project({ size: { files: 40, lines: 4000, unread: 3 } }))).toEqual([
      "3 files could not be read",
      "no framework was found that it runs on",
      "no statement was seen",
      "no model was seen",
      "the database engine is not known",
    ]);
    expect(missing(fastapiPlain({ queries: queries({ crud: 2 }) }))).toEqual(["only 2 statements seen"]);
    const untold = { ...models(2, 1), unknown: "a base class could not be resolved" };
    expect(missing(fastapiPlain({ models: untold }))).toEqual(["models: a base class could not be resolved"]);
  });

  test("what is unknown counts for half", () => {
    const untold = { ...fastapiAsync().queries, unknown: "4 files could not be read" };
    expect(seen(fastapiAsync({ queries: untold }))).toBeLessThan(seen(fastapiAsync()) - 0.1);
  });
});

describe("too little seen", () => {
  const hardlyAny = { files: 40, lines: 400, unread: 30 };

  test("is undecided however far the margin points, and says what is missing", () => {
    const { verdict } = judgeProject(project({ orms: [orm("sqlmodel")], size: hardlyAny }));
    expect(verdict.margin).toBeGreaterThan(2);
    expect(verdict).toMatchObject({ choice: "undecided", stance: "none", confidence: 0, cost: null });
    expect(verdict.says).toContain("30 files could not be read");
  });

  const nearTie = (over: Partial<ProjectSignals>): ProjectSignals =>
    project({ frameworks: [framework("fastapi"), framework("django")], orms: [orm("tortoise")], ...over });
  const weights = { "django-application": 1.5, "framework-not-django": 4 };

  test("a near tie is undecided when little was seen, and either when much was", () => {
    const little = judgeProject(nearTie({}), { weights }).verdict;
    expect([little.margin, little.choice]).toEqual([0, "undecided"]);
    const much = judgeProject(
      nearTie({ queries: queries({ crud: 1, moderate: 30 }), models: models(30, 10) }),
      {
        weights: {
          ...weights,
          "queries-beyond-crud": 0,
          "built-in-migrations": 0,
          "several-databases-or-complex-schema": 0,
        },
      },
    ).verdict;
    expect(Math.abs(much.margin)).toBeLessThan(0.5);
    expect([much.choice, much.stance]).toEqual(["either", "stay"]);
    expect(much.confidence).toBeGreaterThan(0.5);
  });
});
