import type { PolicyChange } from "../model/report.ts";
import { kebabCase } from "../text/letter-case.ts";
import type { Policy } from "./answer.ts";
import { criteria } from "./criteria/index.ts";
import { defaultThresholds, type Thresholds } from "./thresholds.ts";

/** Weights and thresholds of the verdict that are not the usual ones, so that a report says by what it was judged. */
export function policyChanges({ weights, thresholds }: Policy): readonly PolicyChange[] {
  const changedWeights = criteria.flatMap(({ id, weight: usual }): readonly PolicyChange[] => {
    const value = weights[id] ?? usual;
    return value === usual ? [] : [{ kind: "weight", name: id, value, usual }];
  });
  const names = Object.keys(defaultThresholds) as readonly (keyof Thresholds)[];
  const changedThresholds = names.flatMap((name): readonly PolicyChange[] => {
    const [value, usual] = [thresholds[name], defaultThresholds[name]];
    return value === usual ? [] : [{ kind: "threshold", name: kebabCase(name), value, usual }];
  });
  return [...changedWeights, ...changedThresholds];
}
