import { describe, expect, it } from "vitest";
import { isForFitting } from "./calibration.ts";
import type { Comparison, Field } from "./compare.ts";
import { hasPassed, printResult, printShares } from "./print-result.ts";
import type { Result } from "./result.ts";

const comparison = (field: Field, isRight: boolean): Comparison => ({
  field,
  isRight,
  expected: "flask",
  got: isRight ? "flask" : "django",
  because: isRight ? [] : ["app.py:1 builds it"],
});
const result = (faults: readonly string[], ...comparisons: Comparison[]): Result => ({
  expectation: {
    name: "a 1.0",
    frameworks: {},
    primaryOrm: null,
    choices: [],
    why: "says the reader\na.py:9 here",
  },
  comparisons,
  faults,
  seconds: 1,
  claim: null,
});
const right = result([], comparison("frameworks", true), comparison("choice", true));
const wrong = result([], comparison("frameworks", false));

const names = Array.from({ length: 200 }, (_, index) => `package-${index} 1.0`);
const fitting = names.filter(isForFitting);
const heldOut = names.filter((name) => !isForFitting(name));
/** Choices claimed with one confidence, the first so many of them right. */
function claims(of: readonly string[], confidence: number, count: number, rights: number): Result[] {
  return of.slice(0, count).map((name, index) => ({
    ...result([], comparison("greenfield", index < rights)),
    expectation: { ...right.expectation, name },
    claim: { name, confidence, isRight: index < rights, evidence: 2 },
  }));
}

describe("printResult", () => {
  it("gives a right answer one line", () => {
    expect(printResult(right)).toMatch(/^ok {4}a 1\.0 .*flask · flask {2}\(1\.0 s\)$/);
  });

  it("explains a miss from both sides", () => {
    const text = printResult(wrong);
    for (const part of [
      "MISS",
      "frameworks: expected flask, got django",
      "saw  app.py:1",
      "why  a.py:9 here",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("names a fault before anything else", () => {
    expect(printResult(result(["two runs differ"], comparison("choice", true)))).toMatch(
      /^FAULT.*\n +two runs differ$/,
    );
  });
});

describe("printShares", () => {
  it("ends in one line of JSON, with shares of those that state a field", () => {
    const last =
      printShares([right, wrong, right, result(["not downloaded"])])
        .split("\n")
        .at(-1) ?? "";
    expect(JSON.parse(last)).toEqual({
      packages: 3,
      frameworks: 0.6667,
      primaryOrm: null,
      choice: 1,
      greenfield: null,
      stance: null,
      databaseAccess: null,
      ece: null,
      brier: null,
      heldOut: { packages: 0, choice: null, greenfield: null, stance: null },
    });
  });

  it("gives the calibration of the half that was not fitted, and every disagreement with the reader's reason", () => {
    const printed = printShares([...claims(heldOut, 0.9, 10, 8), ...claims(fitting, 0.9, 10, 0), wrong]);
    expect(JSON.parse(printed.split("\n").at(-1) ?? "")).toMatchObject({ ece: 0.1, brier: 0.17 });
    expect(printed).toContain("a 1.0 frameworks: expected flask, got django");
    expect(printed).toContain("reader  says the reader");
  });
});

describe("hasPassed", () => {
  it("wants 95 % of each field that counts", () => {
    const most = Array.from({ length: 19 }, () => right);
    expect(hasPassed([...most, wrong])).toBe(true);
    expect(hasPassed([...most, wrong, wrong])).toBe(false);
  });

  it("does not count the fields beside them", () => {
    expect(hasPassed([result([], comparison("frameworks", true), comparison("stance", false))])).toBe(true);
  });

  it("wants 95 % of the greenfield choices of the half that was not fitted, and no more than that", () => {
    expect(hasPassed(claims(heldOut, 0.95, 20, 19))).toBe(true);
    expect(hasPassed(claims(heldOut, 0.9, 20, 18))).toBe(false);
    expect(hasPassed(claims(fitting, 0.9, 20, 2))).toBe(true);
  });

  it("wants confidences that come true on that half, once there are enough of them", () => {
    expect(hasPassed(claims(heldOut, 0.91, 20, 20))).toBe(true);
    expect(hasPassed(claims(heldOut, 0.89, 20, 20))).toBe(false);
    expect(hasPassed(claims(heldOut, 0.89, 19, 19))).toBe(true);
  });

  it("fails on a fault, and on nothing at all", () => {
    expect(hasPassed([right, result(["two runs differ"], comparison("frameworks", true))])).toBe(false);
    expect(hasPassed([])).toBe(false);
  });
});
