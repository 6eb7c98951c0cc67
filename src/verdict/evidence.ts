import type { Evidence, Query } from "../model/report.ts";
import { listed } from "./phrase.ts";

const FEW = 3;

/** The first few of a list that is ordered strongest first, each place once. */
export function few(evidence: readonly Evidence[], limit = FEW): readonly Evidence[] {
  return firstPlaces(evidence, limit);
}

/** The first few queries of a list that is ordered strongest first, as evidence. */
export function fewQueries(queries: readonly Query[], limit = FEW): readonly Evidence[] {
  return firstPlaces(queries, limit).map(queryEvidence);
}

function firstPlaces<Item extends { readonly path: string; readonly line: number }>(
  items: readonly Item[],
  limit: number,
): readonly Item[] {
  const seen = new Set<string>();
  const kept: Item[] = [];
  for (const item of items) {
    if (kept.length === limit) break;
    const place = `${item.path}:${item.line}`;
    if (!seen.has(place)) kept.push(item);
    seen.add(place);
  }
  return kept;
}

/** What one statement shows: its features, else its operation and model. */
function queryEvidence(query: Query): Evidence {
  const names = [...new Set(query.features.map((feature) => feature.name))];
  const what = names.length > 0 ? listed(names) : query.operation;
  const layer = query.layer === "raw" ? "raw SQL, " : "";
  const model = query.model === null ? "" : ` on ${query.model}`;
  return { path: query.path, line: query.line, says: `${layer}${what}${model}` };
}
