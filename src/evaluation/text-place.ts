// Where the parts of a text were written, so that what stands on the seventh line of a literal is reported there. Places are
// kept beside the parts and follow them through formatting and concatenation.
import type { StringExpr } from "../model/code.ts";
import type { ModuleInfo } from "./module-info.ts";
import type { Atom, TextAtom } from "./value.ts";

/** An offset in a module's file, and how many lines below it; null where the part comes from is not known. */
export type TextPlace = { readonly module: ModuleInfo; readonly start: number; readonly down: number } | null;

/** The places of a text's parts. */
export function placesOf(atom: Atom | undefined): readonly TextPlace[] {
  if (atom?.kind !== "text") return [null];
  return atom.places ?? atom.parts.map(() => null);
}

/** The place behind `text`, which begins at `place`. */
export function placeAfter(place: TextPlace, text: string): TextPlace {
  if (place === null) return null;
  const lines = text.split("\n").length - 1;
  return lines === 0 ? place : { ...place, down: place.down + lines };
}

/** A text of these parts and their places; places are left out where none is known. */
export function textOf(
  parts: readonly (string | null)[],
  places: readonly TextPlace[],
  interpolated: boolean,
): TextAtom {
  const isPlaced = places.some((place) => place !== null);
  return isPlaced ? { kind: "text", parts, interpolated, places } : { kind: "text", parts, interpolated };
}

/** The constant part `index` of a literal, cut where it goes on elsewhere in the file. */
export function placedPieces(
  module: ModuleInfo,
  expr: StringExpr,
  index: number,
  text: string,
): { readonly parts: readonly string[]; readonly places: readonly TextPlace[] } {
  const cuts = (expr.breaks ?? []).filter(({ part }) => part === index);
  const starts = [...(cuts[0]?.at === 0 ? [] : [{ at: 0, start: expr.start }]), ...cuts];
  return {
    parts: starts.map(({ at }, piece) => text.slice(at, starts[piece + 1]?.at)),
    places: starts.map(({ start }) => ({ module, start, down: 0 })),
  };
}
