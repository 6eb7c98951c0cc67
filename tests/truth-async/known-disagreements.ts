// Cells whose answer is known to be wrong, each with its reason. They count as disagreements all the same; what is not known,
// and what is known but no longer so, is for somebody to look at.
import { readFileSync } from "node:fs";
import type { Disagreement } from "./compare-cells.ts";

export interface KnownDisagreement {
  readonly mark: "known-miss" | "known-noise";
  /** "snippet context", or a snippet for all its contexts. */
  readonly cell: string;
  readonly reason: string;
}

export function readKnownDisagreements(): readonly KnownDisagreement[] {
  return JSON.parse(readFileSync(new URL("known.json", import.meta.url), "utf8"));
}

/** The known disagreement that this one is; undefined for a new one. */
export function knownFor(
  known: readonly KnownDisagreement[],
  { cell, kind }: Disagreement,
): KnownDisagreement | undefined {
  const snippet = cell.slice(0, cell.lastIndexOf(" "));
  return known.find((one) => one.mark === `known-${kind}` && (one.cell === cell || one.cell === snippet));
}
