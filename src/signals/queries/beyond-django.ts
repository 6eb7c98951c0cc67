import type { FrameworkUse } from "../../model/report.ts";
import type { BeyondDjango } from "./query-item.ts";

/** What no Django version expresses without raw SQL; capability data by version takes this place. */
const NEVER = new Set([
  "cte",
  "recursive-cte",
  "lateral",
  "grouping-sets",
  "insert-from-select",
  "update-from",
  "values",
]);

export function beyondDjangoOf(_frameworks: readonly FrameworkUse[]): BeyondDjango {
  return (feature) => NEVER.has(feature);
}
