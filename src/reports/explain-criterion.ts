import type { CriterionResult, Side } from "../model/report.ts";
import { plainText } from "../text/plain-text.ts";
import { SIDES } from "./display-names.ts";
import { type Item, type ItemStyle, itemLines, placeOf } from "./item-lines.ts";
import { joinLines } from "./join-lines.ts";
import { paintFor } from "./paint.ts";
import type { RenderOptions } from "./reporter.ts";
import { readableWidth, wrapText } from "./wrap-text.ts";

/** What a criterion says of itself. */
export interface CriterionEntry {
  readonly id: string;
  readonly title: string;
  readonly favours: Side;
  /** The default, which `weights` in the configuration replaces. */
  readonly weight: number;
  readonly why: string;
  readonly measured: string;
  readonly source: string;
}

/** What a criterion found in one project. */
export interface CriterionInProject {
  readonly project: string;
  readonly result: CriterionResult;
}

function resultItems({ project, result }: CriterionInProject, usual: number): readonly Item[] {
  const { strength, weight, contribution, says, evidence } = result;
  const set = weight === usual ? "" : ` (set in the configuration, usually ${usual.toFixed(1)})`;
  const signed = `${contribution > 0 ? "+" : ""}${contribution.toFixed(2)}`;
  return [
    {
      label: "here",
      says: `${project}: ${says}`,
    },
    { label: "weighed", says: `strength ${strength.toFixed(3)} × weight ${weight}${set} = ${signed}` },
    ...evidence.map((at) => ({ label: "", says: at.says, place: placeOf(at) })),
  ];
}

/**
 * The text of `explain <criterion>`: what it claims, why, how it is measured and where that comes from; and, when a scan was
 * made, what it found in each project. Ends in a newline.
 */
export function explainCriterion(
  criterion: CriterionEntry,
  results: readonly CriterionInProject[],
  options: Pick<RenderOptions, "color" | "width">,
): string {
  const paint = paintFor(options.color);
  const style: ItemStyle = { width: readableWidth(options.width), paint };
  const here = results
    .filter(({ result }) => result.id === criterion.id)
    .flatMap((result) => resultItems(result, criterion.weight));
  const weighed = here.length > 0 ? here : [{ label: "here", says: "no project was found to weigh it in" }];
  const items: readonly Item[] = [
    {
      label: "favours",
      says: `${SIDES[criterion.favours]}, with a weight of ${criterion.weight.toFixed(1)}`,
    },
    { label: "why", says: criterion.why },
    { label: "measured", says: criterion.measured },
    { label: "source", says: criterion.source },
    { label: "to change", says: `weights.${criterion.id} in the configuration; 0 leaves it out` },
    ...weighed,
  ];
  const title = plainText(`${criterion.id}: ${criterion.title}`);
  const lines = [
    ...wrapText(title, style.width).map(paint.bold),
    "",
    ...items.flatMap((item) => itemLines(item, style)),
  ];
  return joinLines(lines);
}
