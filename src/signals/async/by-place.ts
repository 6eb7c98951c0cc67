import type { Place } from "../../model/async-facts.ts";
import { compareText } from "../../text/compare-text.ts";

/** Orders what stands in the code by where it stands. */
export function byPlace(left: { readonly place: Place }, right: { readonly place: Place }): number {
  return comparePlaces(left.place, right.place);
}

export function comparePlaces(left: Place, right: Place): number {
  return compareText(left.path, right.path) || left.line - right.line || left.column - right.column;
}
