import { describe, expect, it } from "vitest";
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
});
const right = result([], comparison("frameworks", true), comparison("choice", true));
const wrong = result([], comparison("frameworks", false));

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
    });
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

  it("fails on a fault, and on nothing at all", () => {
    expect(hasPassed([right, result(["two runs differ"], comparison("frameworks", true))])).toBe(false);
    expect(hasPassed([])).toBe(false);
  });
});
