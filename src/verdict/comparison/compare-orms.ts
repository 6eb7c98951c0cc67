import type { ComparisonRow, ProjectSignals } from "../../model/report.ts";
import { comparisonRows } from "./index.ts";

/** Answers all ten rows for one project. */
export function compareOrms(signals: ProjectSignals): readonly ComparisonRow[] {
  return comparisonRows.map(({ row, sqlalchemy, djangoOrm, here }) => {
    const { says, evidence } = here(signals);
    return { row, sqlalchemy, djangoOrm, here: says, evidence };
  });
}
