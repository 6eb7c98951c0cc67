// Everything the bench concludes: ratios between medians of one run, and which of them are as promised.
import type { Contestant, Cost, InputResult, Outcome } from "./bench-result.ts";
import { spreadOf } from "./spread.ts";

/** By name; null where a part of it was not measured. */
export type Ratios = Readonly<Record<string, number | null>>;

/** A promise: the ratio stays on this side of the bound. */
export interface Mark {
  readonly ratio: string;
  readonly bound: number;
  readonly side: "at most" | "at least" | "below";
  readonly isAim?: boolean;
}

export const MARKS: readonly Mark[] = [
  { ratio: "cold/ruff", side: "at most", bound: 1, isAim: true },
  { ratio: "cold/ruff", side: "at most", bound: 1.5 },
  { ratio: "cold/astGrep", side: "below", bound: 1 },
  { ratio: "cold/astParse", side: "below", bound: 1 },
  { ratio: "semgrep/cold", side: "at least", bound: 20 },
  { ratio: "warm/cold", side: "at most", bound: 0.35 },
  { ratio: "mbPerMillionLines", side: "at most", bound: 300 },
  { ratio: "time8x", side: "at most", bound: 8.5 },
  { ratio: "memory8x", side: "at most", bound: 8 },
];

const MEGABYTE = 1_000_000;
const SECONDS = ({ seconds }: Cost): number => seconds;
const PEAK = ({ peakBytes }: Cost): number => peakBytes;

/** Median of one figure; null where a run failed or none was made. */
export function medianOf(outcome: Outcome | undefined, figure: (cost: Cost) => number): number | null {
  if (outcome === undefined || outcome.failure !== null) return null;
  return spreadOf(outcome.costs.map(figure))?.median ?? null;
}

export function ratiosOf({ growth, outcomes, size, told }: InputResult): Ratios {
  const seconds = (name: Contestant): number | null => medianOf(outcomes[name], SECONDS);
  const cold = seconds("cold");
  const peak = medianOf(outcomes.cold, PEAK);
  const once = growth.find(({ factor }) => factor === 1)?.outcome;
  const grown = growth.filter(({ factor }) => factor > 1);
  return {
    "cold/ruff": quotient(cold, seconds("ruff")),
    "cold/astGrep": quotient(cold, seconds("astGrep")),
    "cold/astParse": quotient(cold, seconds("astParse")),
    "semgrep/cold": quotient(seconds("semgrep"), cold),
    "warm/cold": quotient(seconds("warm"), cold),
    mbPerMillionLines: quotient(peak === null ? null : peak / MEGABYTE, size.lines / 1_000_000),
    ...Object.fromEntries(
      grown.flatMap(({ factor, outcome }) => [
        [`time${factor}x`, quotient(medianOf(outcome, SECONDS), medianOf(once, SECONDS))],
        [`memory${factor}x`, quotient(medianOf(outcome, PEAK), medianOf(once, PEAK))],
      ]),
    ),
    parsedShare: quotient(told.counts["parsed-bytes"] ?? null, told.counts.bytes ?? null),
  };
}

/** Whether a promise is kept; null where it was not measured. */
export function isMet({ bound, ratio, side }: Mark, ratios: Ratios): boolean | null {
  const value = ratios[ratio] ?? null;
  if (value === null) return null;
  if (side === "at least") return value >= bound;
  return side === "below" ? value < bound : value <= bound;
}

/** Rounded to three significant digits: no run tells more. */
export function quotient(dividend: number | null, divisor: number | null): number | null {
  if (dividend === null || divisor === null || divisor === 0) return null;
  return Number((dividend / divisor).toPrecision(3));
}
