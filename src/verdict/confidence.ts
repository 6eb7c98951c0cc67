import type { ProjectSignals } from "../model/report.ts";
import type { Chosen } from "./choose.ts";
import { roundTo, saturate } from "./curves.ts";
import { readShare } from "./seen.ts";
import type { Thresholds } from "./thresholds.ts";

/** Reasons overlap (a framework brings its own async style), so two points of margin count as one of log-odds. */
const OVERLAP = 2;
/** Nothing read from source alone is certain. */
const MOST = 0.99;

/**
 * How likely the choice is right, 0 to 1. For a side: 0.5 + (logistic(|margin| / 2) − 0.5) × how much was seen, so that with
 * nothing seen it is a coin toss. "either" by balance is surest at a margin of zero; "undecided" claims nothing.
 */
export function confidenceOf(signals: ProjectSignals, chosen: Chosen, thresholds: Thresholds): number {
  const { choice, situation, weighing, seen } = chosen;
  if (choice === "undecided") return 0;
  if (situation.kind !== "weigh")
    return cap(0.5 + 0.47 * readShare(signals) * saturate(signals.size.files, 1));
  const margin = Math.abs(weighing.margin);
  if (choice === "either")
    return cap(0.5 + 0.3 * (1 - margin / Math.max(thresholds.decide, margin, 0.01)) * seen.amount);
  return cap(0.5 + (1 / (1 + Math.exp(-margin / OVERLAP)) - 0.5) * seen.amount);
}

function cap(confidence: number): number {
  return roundTo(Math.min(MOST, confidence), 2);
}
