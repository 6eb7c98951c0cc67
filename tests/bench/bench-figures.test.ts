// The arithmetic and the tables of the bench. That it measures at all is seen by running it: no test asserts a time.
import { describe, expect, it } from "vitest";
import type { InputResult, Outcome } from "./bench-result.ts";
import { printInput } from "./print-bench.ts";
import { isMet, MARKS, ratiosOf } from "./ratios.ts";
import { readStageLines } from "./stage-lines.ts";

const measured = (megabytes: number, ...seconds: number[]): Outcome => ({
  costs: seconds.map((one) => ({ seconds: one, processorSeconds: one, peakBytes: megabytes * 1e6 })),
  failure: null,
});

const RESULT: InputResult = {
  name: "bookshop 1.0",
  size: { files: 100, lines: 500_000, bytes: 20_000_000 },
  outcomes: {
    cold: measured(100, 2, 1, 30),
    warm: measured(80, 0.5),
    ruff: measured(30, 2),
    astGrep: measured(30, 2, 4),
    astParse: { costs: [{ seconds: 1, processorSeconds: 1, peakBytes: 1 }], failure: "it exited with 1: no" },
    semgrep: { costs: [], failure: "it could not be installed: no network" },
  },
  growth: [
    { factor: 1, outcome: measured(100, 2) },
    { factor: 2, outcome: measured(150, 3) },
    { factor: 8, outcome: measured(900, 20) },
  ],
  told: { stages: { read: 812.4 }, counts: { bytes: 20_000_000, "parsed-bytes": 1_000_000 } },
};

describe("ratiosOf", () => {
  it("divides medians, and leaves open what was not measured or failed on the way", () => {
    expect(ratiosOf(RESULT)).toEqual({
      "cold/ruff": 1,
      "cold/astGrep": 0.667,
      "cold/astParse": null,
      "semgrep/cold": null,
      "warm/cold": 0.25,
      mbPerMillionLines: 200,
      time2x: 1.5,
      memory2x: 1.5,
      time8x: 10,
      memory8x: 9,
      parsedShare: 0.05,
    });
  });

  it("says nothing of growth and shares where nothing was told", () => {
    const ratios = ratiosOf({ ...RESULT, growth: [], told: { stages: {}, counts: {} } });
    expect(ratios.parsedShare).toBeNull();
    expect(ratios).not.toHaveProperty("time8x");
  });
});

describe("isMet", () => {
  it("keeps to the side of each bound", () => {
    const judged = (side: (typeof MARKS)[number]["side"], value: number) =>
      isMet({ ratio: "r", bound: 2, side }, { r: value });
    expect([judged("at most", 2), judged("at most", 2.1)]).toEqual([true, false]);
    expect([judged("at least", 2), judged("at least", 1.9)]).toEqual([true, false]);
    expect([judged("below", 1.9), judged("below", 2)]).toEqual([true, false]);
    expect(isMet({ ratio: "r", bound: 2, side: "below" }, { r: null })).toBeNull();
  });

  it("judges ratios that exist", () => {
    const known = Object.keys(ratiosOf(RESULT));
    expect(MARKS.filter(({ ratio }) => !known.includes(ratio))).toEqual([]);
  });
});

describe("printInput", () => {
  const text = printInput(RESULT);

  it("has a row for every command, with the median between the extremes", () => {
    expect(text).toMatch(/ormverdict, no cache +2\.00 \(1\.00 to 30\.0\) +1\.00 +2\.00 +100 +3\n/);
    expect(text).toMatch(/no cache, 8× input +20\.0 \(20\.0 to 20\.0\) +10\.0 /);
  });

  it("names every hole", () => {
    expect(text).toMatch(/CPython ast\.parse +NOT MEASURED: it exited with 1: no\n/);
    expect(text).toMatch(/semgrep.* NOT MEASURED: it could not be installed: no network\n/);
    expect(text).toContain("semgrep/cold –, mark at least 20: not measured");
  });

  it("says which marks are met and which are missed", () => {
    expect(text).toContain("cold/ruff 1, aim at most 1: met");
    expect(text).toContain("time8x 10, mark at most 8.5: MISSED");
    expect(text).toContain("share of the bytes parsed in full: 5.0 %");
  });
});

describe("readStageLines", () => {
  it("finds stages and counts among other lines, and adds up what is told twice", () => {
    const text =
      "configuration: a.toml\nstage read 12.5 ms\n stage read 2 ms\r\ncount bytes 10\nstage x\ncount y z\n";
    expect(readStageLines(text)).toEqual({ stages: { read: 14.5 }, counts: { bytes: 10 } });
    expect(readStageLines("")).toEqual({ stages: {}, counts: {} });
  });
});
