import { describe, expect, test } from "vitest";
import type { ProjectSignals } from "../../src/model/report.ts";
import { changesFor } from "../../src/verdict/changes.ts";
import { choose } from "../../src/verdict/choose.ts";
import { findFlips, sayChanges } from "../../src/verdict/flips.ts";
import { defaultThresholds } from "../../src/verdict/thresholds.ts";
import {
  asyncAccess,
  djangoShop,
  fastapiAsync,
  framework,
  orm,
  project,
  queries,
  rawSql,
} from "./signals.ts";

const choiceOf = (signals: ProjectSignals) => choose(signals, {}, defaultThresholds).choice;
const flipsOf = (signals: ProjectSignals) =>
  findFlips(signals, choiceOf).map((flip) => ({ change: sayChanges(flip.changes), choice: flip.choice }));

/** FastAPI over Django's ORM: near the line, so that small changes tell. */
const nearTheLine = djangoShop({
  frameworks: [framework("fastapi")],
  admin: project().admin,
  queries: queries({ crud: 90, moderate: 60, orm: "django-orm" }),
});

describe("a project near the line", () => {
  test("is flipped by an admin, and says so", () => {
    expect(choiceOf(nearTheLine)).toBe("sqlalchemy");
    expect(flipsOf(nearTheLine).map((flip) => flip.change)).toContain("it ran on Django instead");
    expect(flipsOf(nearTheLine).map((flip) => flip.change)).toContain(
      "an automatic admin over its models were wanted",
    );
  });

  test("takes the smallest share that flips it: the step before does not", () => {
    const inDjango = fastapiAsync({ frameworks: [framework("django")] });
    const steps = changesFor(inDjango).find(([first]) => first?.says.includes("advanced")) ?? [];
    const flipped = findFlips(inDjango, choiceOf).find((flip) => flip.changes[0]?.says.includes("advanced"));
    const step = steps.findIndex((change) => change.says === flipped?.changes[0]?.says);
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(steps.length - 1);
    for (const change of steps.slice(0, step)) expect(choiceOf(change.apply(inDjango))).toBe("django-orm");
  });
});

describe("pairs", () => {
  test("come after singles, and only of changes that fail alone", () => {
    const flips = findFlips(djangoShop({ async: asyncAccess(0, 160) }), choiceOf);
    const sizes = flips.map((flip) => flip.changes.length);
    expect(sizes).toEqual(sizes.toSorted());
    for (const { changes } of flips.filter((flip) => flip.changes.length === 2))
      for (const change of changes) expect(choiceOf(change.apply(djangoShop()))).toBe("django-orm");
  });

  test("a clear case has a framework flip only", () => {
    expect(flipsOf(rawSql())).toEqual([{ change: "it ran on Django instead", choice: "django-orm" }]);
  });
});

test("at most five, and none that makes the question go away", () => {
  for (const signals of [
    djangoShop(),
    fastapiAsync(),
    nearTheLine,
    rawSql(),
    project({ orms: [orm("raw-sql")] }),
  ]) {
    const flips = flipsOf(signals);
    expect(flips.length).toBeLessThanOrEqual(5);
    for (const { choice } of flips) expect(["sqlalchemy", "django-orm", "either"]).toContain(choice);
  }
});

test("a change alters nothing but what it names, and leaves the signals it was given alone", () => {
  const signals = djangoShop();
  const before = JSON.stringify(signals);
  findFlips(signals, choiceOf);
  expect(JSON.stringify(signals)).toBe(before);
});
