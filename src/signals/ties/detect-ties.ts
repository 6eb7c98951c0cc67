// What ties production code to the ORM in use: how its models map, their relations, the types of their columns, and the classes
// and functions of frameworks that work on that ORM's models alone.
import type { ModelSummary, TieSignal } from "../../model/report.ts";
import type { ProjectView } from "../project-view.ts";
import { noteDependents } from "./dependents.ts";
import { noteMapping } from "./mapping.ts";
import { createTieCounts } from "./tie-counts.ts";

/** Counts are of declarations: a column of an abstract base is declared, and moved, once. */
export function detectTies(view: ProjectView, models: readonly ModelSummary[]): TieSignal {
  const counts = createTieCounts();
  noteMapping(view, models, counts);
  noteDependents(view, counts);
  const items = counts.all();
  const columns = items.filter(({ kind }) => kind === "column" || kind === "own-column");
  const sum = (list: typeof columns): number => list.reduce((total, { count }) => total + count, 0);
  const unread = columns.filter(({ name }) => name === null);
  return {
    items,
    unknown:
      unread.length === 0 ? null : `the types of ${sum(unread)} of ${sum(columns)} columns could not be read`,
    evidence: unread.flatMap(({ evidence }) => evidence).slice(0, 3),
  };
}
