import type { ProjectSignals } from "../model/report.ts";
import { type Calibration, calibration as fitted } from "./calibration.ts";
import type { Chosen } from "./choose.ts";
import { roundTo } from "./curves.ts";
import { readShare } from "./seen.ts";
import type { Thresholds } from "./thresholds.ts";

/** A tie that is no tie is the likelier the nearer to zero the margin lies; the survey has too few of them to fit this. */
const MOST_OF_A_TIE = 0.3;

/**
 * How likely a reader of the code would choose the same, 0 to 1. For a side logistic(perPoint × |margin| × seen), so that with nothing
 * seen it is a coin toss. "either" by balance is surest at a margin of zero; "undecided" claims nothing.
 */
export function confidenceOf(
  signals: ProjectSignals,
  chosen: Chosen,
  thresholds: Thresholds,
  calibration: Calibration = fitted,
): number {
  const { choice, situation, weighing, seen } = chosen;
  const cap = (confidence: number): number => roundTo(Math.min(calibration.most, confidence), 2);
  if (choice === "undecided") return 0;
  if (situation.kind !== "weigh") return cap(0.5 + (calibration.situation - 0.5) * readShare(signals));
  const margin = Math.abs(weighing.margin);
  if (choice === "either")
    return cap(0.5 + MOST_OF_A_TIE * (1 - margin / Math.max(thresholds.decide, margin, 0.01)) * seen.amount);
  return cap(1 / (1 + Math.exp(-calibration.perPoint * margin * seen.amount)));
}
