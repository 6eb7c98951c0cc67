// Results as tables for a person. Every hole is named: a tool that is missing or failed has a row that says so.
import type { Cost, Growth, InputResult, Outcome } from "./bench-result.ts";
import { isMet, MARKS, ratiosOf } from "./ratios.ts";
import { spreadOf } from "./spread.ts";

const TITLES = {
  cold: "ormverdict, no cache",
  fill: "ormverdict, filling a cache",
  warm: "ormverdict, cache filled",
  ruff: "ruff check (ASYNC, DJ, S608)",
  astGrep: "ast-grep, one rule",
  astParse: "CPython ast.parse",
  semgrep: "semgrep, three rules",
} as const satisfies Record<keyof InputResult["outcomes"], string>;
const NAMES = Object.keys(TITLES) as (keyof typeof TITLES)[];
const HEAD = ["", "seconds (least to most)", "× cold", "processor s", "peak MB", "runs"];

export function printInput(result: InputResult): string {
  const { growth, name, outcomes, size } = result;
  const cold = outcomes.cold && spreadOf(outcomes.cold.costs.map(({ seconds }) => seconds));
  const base = cold?.median ?? null;
  const rows = NAMES.flatMap((one) => {
    const outcome = outcomes[one];
    return outcome === undefined ? [] : [rowOf(TITLES[one], outcome, base)];
  });
  const grown = growth.map(({ factor, outcome }: Growth) =>
    rowOf(`no cache, ${factor}× input`, outcome, base),
  );
  return [
    `${name}: ${size.files} files, ${size.lines} lines, ${(size.bytes / 1e6).toFixed(1)} MB of Python`,
    ...table([HEAD, ...rows, ...grown]),
    ...printTold(result),
    ...printMarks(result),
  ].join("\n");
}

function rowOf(title: string, { costs, failure }: Outcome, base: number | null): string[] {
  if (failure !== null) return [title, `NOT MEASURED: ${failure}`];
  const seconds = spreadOf(costs.map((cost) => cost.seconds));
  if (seconds === null) return [title, "NOT MEASURED"];
  const middle = (figure: (cost: Cost) => number): number => spreadOf(costs.map(figure))?.median ?? 0;
  return [
    title,
    `${fixed(seconds.median)} (${fixed(seconds.least)} to ${fixed(seconds.most)})`,
    base === null ? "" : fixed(seconds.median / base),
    fixed(middle((cost) => cost.processorSeconds)),
    String(Math.round(middle((cost) => cost.peakBytes) / 1e6)),
    String(costs.length),
  ];
}

/** Columns as wide as their widest cell; a row that says why it is empty widens none. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) =>
    Math.max(...rows.map((row) => (column === 1 && row.length === 2 ? 0 : (row[column] ?? "").length))),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ")}`.trimEnd(),
  );
}

function printTold({ told }: InputResult): string[] {
  const stages = Object.entries(told.stages).map(([name, ms]) => `${name} ${Math.round(ms)} ms`);
  const counts = Object.entries(told.counts).map(([name, number]) => `${name} ${number}`);
  return [
    ...(stages.length > 0 ? [`  stages: ${stages.join(" · ")}`] : []),
    ...(counts.length > 0 ? [`  counts: ${counts.join(" · ")}`] : []),
  ];
}

function printMarks(result: InputResult): string[] {
  const ratios = ratiosOf(result);
  const share = ratios.parsedShare ?? null;
  return [
    ...MARKS.map((mark) => {
      const met = isMet(mark, ratios);
      const word = met === null ? "not measured" : met ? "met" : "MISSED";
      const value = ratios[mark.ratio] ?? "–";
      return `  ${mark.ratio} ${value}, ${mark.isAim ? "aim" : "mark"} ${mark.side} ${mark.bound}: ${word}`;
    }),
    ...(share === null ? [] : [`  share of the bytes parsed in full: ${(share * 100).toFixed(1)} %`]),
  ];
}

function fixed(number: number): string {
  return number < 10 ? number.toFixed(2) : number.toFixed(1);
}
