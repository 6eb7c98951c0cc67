import type { ComparisonRow, CriterionResult, ProjectSignals, Verdict } from "../model/report.ts";
import { type Answer, answer, type Policy } from "./answer.ts";
import { type Assumption, assuming, readAssumptions } from "./assumptions.ts";
import { choose, chooseGreenfield } from "./choose.ts";
import { compareOrms } from "./comparison/compare-orms.ts";
import { costOfMoving } from "./cost.ts";
import { findFlips, sayChanges } from "./flips.ts";
import { policyChanges } from "./policy-changes.ts";
import { reasonsOf, sayVerdict } from "./say-verdict.ts";
import { situationOf } from "./situation.ts";
import { thirdOrm } from "./third-orm.ts";
import { defaultThresholds, type JudgeOptions } from "./thresholds.ts";
import { weigh } from "./weigh.ts";
import { whatIf } from "./what-if.ts";

export interface Judgement {
  readonly comparison: readonly ComparisonRow[];
  readonly criteria: readonly CriterionResult[];
  readonly verdict: Verdict;
}

/**
 * Judges one project: the ten rows, the ten criteria and the verdict, all pure functions of its signals. The rows and the cost are
 * of the code as it was seen, whatever is assumed.
 * @throws RangeError when `options.weights` names no criterion or holds a value that is not a finite number from 0 up, or when
 *   `options.assume` holds what cannot be assumed.
 */
export function judgeProject(seen: ProjectSignals, options: JudgeOptions = {}): Judgement {
  const policy: Policy = {
    weights: options.weights ?? {},
    thresholds: { ...defaultThresholds, ...options.thresholds },
  };
  const assumptions = readAssumptions(options.assume ?? {});
  const signals = assuming(seen, assumptions);
  const plain = answer(signals, policy);
  const now = assumptions.length === 0 ? plain : marked(plain, seen, policy);
  const { chosen, confidence, stance } = now;
  return {
    comparison: compareOrms(seen),
    criteria: chosen.weighing.criteria,
    verdict: {
      choice: chosen.choice,
      stance,
      confidence,
      margin: chosen.weighing.margin,
      greenfield: chooseGreenfield(signals, chosen, policy.weights, policy.thresholds),
      says: sayAssuming(assumptions, sayVerdict(signals, plain.chosen, stance)),
      ...reasonsOf(signals, chosen, stance),
      flips: flipsOf(signals, plain, policy),
      whatIf: whatIf(signals, plain, policy),
      // Where the situation answers, there is nothing to move: a library whose subject an ORM is cannot leave it.
      cost: chosen.situation.kind === "weigh" ? costOfMoving(seen, chosen.choice) : null,
      thirdOrm: thirdOrm(signals, chosen.choice),
      missing: chosen.seen.missing,
      assumptions: assumptions.map(({ key, value, says }) => ({ key, value, says })),
      policy: policyChanges(policy),
    },
  };
}

function flipsOf(
  signals: ProjectSignals,
  { chosen }: Answer,
  { weights, thresholds }: Policy,
): Verdict["flips"] {
  // A project that stores no rows, or is an ORM itself, is not one change away from needing one.
  if (chosen.situation.kind !== "weigh") return [];
  return findFlips(signals, (changed) => choose(changed, weights, thresholds).choice).map(
    ({ changes, choice }) => ({ change: sayChanges(changes), choice }),
  );
}

/** What only an assumption says must not read as if it had been seen: it is called assumed, and has no evidence. */
function marked(now: Answer, seen: ProjectSignals, { weights }: Policy): Answer {
  const bySight = weigh(seen, weights).criteria;
  const criteria = now.chosen.weighing.criteria.map((result, index): CriterionResult => {
    const was = bySight[index];
    const isSeen = was !== undefined && was.strength === result.strength && was.says === result.says;
    return isSeen ? result : { ...result, says: `assumed: ${result.says}`, evidence: [] };
  });
  const { situation, weighing } = now.chosen;
  const isSeen = situation.says === situationOf(seen).says;
  return {
    ...now,
    chosen: {
      ...now.chosen,
      weighing: { ...weighing, criteria },
      situation: isSeen ? situation : { ...situation, says: `assumed: ${situation.says}`, evidence: [] },
    },
  };
}

function sayAssuming(assumptions: readonly Assumption[], says: string): string {
  if (assumptions.length === 0) return says;
  const words = assumptions.map(({ key, value }) => `${key}=${value}`).join(", ");
  return `Assuming ${words}: ${says.charAt(0).toLowerCase()}${says.slice(1)}`;
}
