import type { Evidence, ProjectReport } from "../model/report.ts";
import { grouped } from "./count-words.ts";
import { SIDES } from "./display-names.ts";

/** "about 120 to 260": the range in whole hours, since an estimate has no quarters. */
function hourWords({ low, high }: { readonly low: number; readonly high: number }): string {
  const [from, to] = [grouped(Math.round(low)), grouped(Math.round(high))];
  return from === to ? from : `${from} to ${to}`;
}

/** "a move to SQLAlchemy takes about 120 to 260 hours of someone who knows both", or null where no move was costed. */
export function costWords(project: ProjectReport): string | null {
  const { cost } = project.verdict;
  if (cost === null) return null;
  return `a move to ${SIDES[cost.to]} takes about ${hourWords(cost)} hours of someone who knows both`;
}

/** One line of the arithmetic: count × each = hours. */
export interface CostRow {
  readonly what: string;
  readonly count: string;
  readonly each: string;
  readonly hours: string;
  readonly note: string;
  readonly evidence: readonly Evidence[];
}

/** The lines that add up to the range; hours are not rounded here, so that a reader can redo them. */
export function costRows({ verdict: { cost } }: ProjectReport): readonly CostRow[] {
  if (cost === null || cost.items.length === 0) return [];
  const range = ({ low, high }: { readonly low: number; readonly high: number }) => `${low} to ${high}`;
  return [
    ...cost.items.map((item) => ({
      what: item.what,
      count: grouped(item.count),
      each: range(item.each),
      hours: range(item),
      note: item.note,
      evidence: item.evidence,
    })),
    { what: "sum", count: "", each: "", hours: range(cost), note: "", evidence: [] },
  ];
}
