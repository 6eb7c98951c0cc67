// Hardness and tier of a statement.
import type { Shape } from "../../evaluation/query.ts";
import type { Hardness, QueryOperation, Tier } from "../../model/report.ts";

export interface Components {
  readonly one: number;
  readonly two: number;
  readonly others: number;
}

/**
 * Spider's counts (taoyds/spider, evaluation.py: count_component1, count_component2, count_others) on the modelled
 * statement. HAVING is not counted, as in the published code. The columns of writes are no selection, but what looks first
 * (get_or_create) is counted as the selection of one row that it begins with.
 */
export function countComponents(shape: Shape, operation: QueryOperation): Components {
  const one =
    Number(shape.conditions > 0) +
    Number(shape.groupKeys > 0) +
    Number(shape.ordered) +
    Number(shape.limited) +
    Math.max(0, shape.tables - 1) +
    shape.ors +
    shape.likes;
  const two = shape.nested + shape.setOperations;
  const looksFirst = operation === "upsert" && shape.limited;
  const selects = operation === "select" || operation === "unknown" || looksFirst;
  const columns = selects ? shape.columns : 1;
  const others =
    Number(shape.aggregates > 1) +
    Number(columns > 1) +
    Number(shape.conditions > 1) +
    Number(shape.groupKeys > 1);
  return { one, two, others };
}

/** eval_hardness of the same file. */
export function hardnessOf({ one, two, others }: Components): Hardness {
  if (one <= 1 && others === 0 && two === 0) return "easy";
  if (two === 0 && ((others <= 2 && one <= 1) || (one <= 2 && others < 2))) return "medium";
  const isHard =
    (others > 2 && one <= 2 && two === 0) ||
    (one > 2 && one <= 3 && others <= 2 && two === 0) ||
    (one <= 1 && others === 0 && two <= 1);
  return isHard ? "hard" : "extra";
}

const MODERATE = new Set(
  `join outer-join relation-lookup aggregate group-by having f-expression distinct-on derived-table
  raw-fragment`.split(/\s+/),
);
const ADVANCED = new Set(
  `subquery exists window cte recursive-cte set-operation conditional upsert locking lateral full-text json array
  vendor-specific grouping-sets insert-from-select update-from delete-using values derived-table`.split(
    /\s+/,
  ),
);

/** The tier that features ask for; `beyond` are those the project's Django cannot express. */
export function tierOf(features: Iterable<string>, beyond: readonly string[]): Tier {
  if (beyond.length > 0) return "beyond-django-orm";
  let tier: Tier = "crud";
  for (const feature of features) {
    if (ADVANCED.has(feature)) return "advanced";
    if (MODERATE.has(feature)) tier = "moderate";
  }
  return tier;
}
