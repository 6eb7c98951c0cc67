import type { ComparisonRow, CriterionResult, ProjectSignals, Verdict } from "../model/report.ts";
import { choose, chooseGreenfield } from "./choose.ts";
import { compareOrms } from "./comparison/compare-orms.ts";
import { confidenceOf } from "./confidence.ts";
import { costOfMoving } from "./cost.ts";
import { findFlips, sayChanges } from "./flips.ts";
import { reasonsOf, sayVerdict } from "./say-verdict.ts";
import { stanceOf } from "./stance.ts";
import { defaultThresholds, type JudgeOptions } from "./thresholds.ts";

export interface Judgement {
  readonly comparison: readonly ComparisonRow[];
  readonly criteria: readonly CriterionResult[];
  readonly verdict: Verdict;
}

/**
 * Judges one project: the ten rows, the ten criteria and the verdict, all pure functions of its signals.
 * @throws RangeError when `options.weights` names no criterion or holds a value that is not a finite number from 0 up.
 */
export function judgeProject(signals: ProjectSignals, options: JudgeOptions = {}): Judgement {
  const weights = options.weights ?? {};
  const thresholds = { ...defaultThresholds, ...options.thresholds };
  const chosen = choose(signals, weights, thresholds);
  const confidence = confidenceOf(signals, chosen, thresholds);
  const stance = stanceOf(signals, chosen, confidence, thresholds);
  // A project that stores no rows, or is an ORM itself, is not one change away from needing one.
  const flips =
    chosen.situation.kind === "weigh"
      ? findFlips(signals, (changed) => choose(changed, weights, thresholds).choice)
      : [];
  return {
    comparison: compareOrms(signals),
    criteria: chosen.weighing.criteria,
    verdict: {
      choice: chosen.choice,
      stance,
      confidence,
      margin: chosen.weighing.margin,
      greenfield: chooseGreenfield(signals, chosen, weights, thresholds),
      says: sayVerdict(signals, chosen, stance),
      ...reasonsOf(signals, chosen, stance),
      flips: flips.map(({ changes, choice }) => ({ change: sayChanges(changes), choice })),
      cost: costOfMoving(signals, chosen.choice),
      missing: chosen.seen.missing,
    },
  };
}
