import type { Evidence, MoveCost } from "../model/report.ts";

export type CostItem = MoveCost["items"][number];
/** A line of the cost before it is multiplied. */
export type CostLine = Omit<CostItem, "low" | "high">;

/** The first few places of several lists. */
export function firstOf(lists: readonly { readonly evidence: readonly Evidence[] }[]): readonly Evidence[] {
  return lists.flatMap(({ evidence }) => evidence).slice(0, 3);
}
