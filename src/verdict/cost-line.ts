import type { Evidence, MoveCost, Tie } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

export type CostItem = MoveCost["items"][number];
/** A line of the cost before it is multiplied. */
export type CostLine = Omit<CostItem, "low" | "high">;

/** The first few places of several lists. */
export function firstOf(lists: readonly { readonly evidence: readonly Evidence[] }[]): readonly Evidence[] {
  return lists.flatMap(({ evidence }) => evidence).slice(0, 3);
}

/** The most frequent first, so that the order they came in does not matter. */
export function byName(left: Tie, right: Tie): number {
  return (
    right.count - left.count ||
    compareText(left.name ?? "", right.name ?? "") ||
    compareText(left.kind, right.kind) ||
    compareText(left.orm, right.orm)
  );
}
