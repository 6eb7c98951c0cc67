// The inventory of a project's statements.
import { siteKey } from "../../evaluation/query.ts";
import type { Hardness, Query, QueryLayer, QuerySignal, Tier } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import type { ProjectView } from "../project-view.ts";
import type { BeyondDjango } from "./beyond-django.ts";
import { builtItem, executedItem } from "./query-item.ts";

export function detectQueries(view: ProjectView, beyond: BeyondDjango): QuerySignal {
  const items = inventory(view, beyond);
  const opaque = items.filter(
    (item) => item.certainty === "heuristic" || item.operation === "unknown",
  ).length;
  return {
    total: items.length,
    byTier: count<Tier>(
      items.map(({ tier }) => tier),
      ["crud", "moderate", "advanced", "beyond-django-orm"],
    ),
    byHardness: count<Hardness>(
      items.map(({ hardness }) => hardness),
      ["easy", "medium", "hard", "extra"],
    ),
    byLayer: count<QueryLayer>(
      items.map(({ layer }) => layer),
      ["orm", "core", "raw"],
    ),
    items,
    unknown: opaque === 0 ? null : `${opaque} of ${items.length} statements were not fully resolved`,
    evidence: items.slice(0, 3).map(({ path, line, method, model }) => ({
      path,
      line,
      says: `${method} on ${model ?? "an unknown model"}`,
    })),
  };
}

function inventory(view: ProjectView, beyond: BeyondDjango): Query[] {
  const paths = new Set(view.files.map(({ path }) => path));
  const { executions, built, consumed } = view.world.recorder;
  const items = [...executions.values()]
    .filter(({ site }) => paths.has(site.module.path))
    .map((execution) => executedItem(view.world, execution, beyond, view.parseSql));
  for (const [key, query] of built) {
    if (!paths.has(query.site.module.path) || consumed.has(key) || consumed.has(siteKey(query.site)))
      continue;
    items.push(builtItem(view.world, query, beyond, view.parseSql));
  }
  return items.sort(
    (left, right) =>
      compareText(left.path, right.path) ||
      left.line - right.line ||
      left.column - right.column ||
      left.execution.line - right.execution.line ||
      compareText(left.method, right.method) ||
      compareText(left.model ?? "", right.model ?? ""),
  );
}

function count<K extends string>(values: readonly K[], keys: readonly K[]): Record<K, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const value of values) counts[value] += 1;
  return counts;
}
