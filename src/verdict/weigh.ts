import type { CriterionResult, ProjectSignals } from "../model/report.ts";
import { criteria } from "./criteria/index.ts";
import { roundTo } from "./curves.ts";

export interface Weighing {
  readonly criteria: readonly CriterionResult[];
  /** Sum of the contributions as reported: a reader who adds them up gets exactly this. */
  readonly margin: number;
}

/**
 * Measures every criterion. Strengths are rounded to three decimals and contributions, computed from the rounded strengths,
 * to two; the margin adds the rounded ones.
 * @throws RangeError when a weight is not a finite number from 0 up, or names no criterion: configuration is checked before.
 */
export function weigh(signals: ProjectSignals, weights: Readonly<Record<string, number>> = {}): Weighing {
  checkWeights(weights);
  const results = criteria.map((criterion): CriterionResult => {
    const weight = weights[criterion.id] ?? criterion.weight;
    const { strength: exact, says, evidence } = criterion.measure(signals);
    const strength = roundTo(Math.min(1, Math.max(0, exact)), 3);
    const sign = criterion.favours === "sqlalchemy" ? 1 : -1;
    // Rounding before the sign keeps the two sides mirror images: Math.round(-0.5) is not -Math.round(0.5).
    const contribution = sign * roundTo(weight * strength, 2) + 0;
    return { id: criterion.id, favours: criterion.favours, weight, strength, contribution, says, evidence };
  });
  const hundredths = results.reduce((sum, result) => sum + Math.round(result.contribution * 100), 0);
  return { criteria: results, margin: hundredths / 100 + 0 };
}

function checkWeights(weights: Readonly<Record<string, number>>): void {
  for (const [id, weight] of Object.entries(weights)) {
    if (!criteria.some((criterion) => criterion.id === id))
      throw new RangeError(`There is no criterion "${id}".`);
    if (!Number.isFinite(weight) || weight < 0)
      throw new RangeError(`The weight of "${id}" must be a number from 0 up, not ${weight}.`);
  }
}
