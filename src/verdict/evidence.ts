import type { Evidence, Query } from "../model/report.ts";
import { listed } from "./phrase.ts";

const FEW = 3;

/** The first few of a list that is ordered strongest first, each place once. */
export function few(evidence: readonly Evidence[], limit = FEW): readonly Evidence[] {
  const seen = new Set<string>();
  const kept: Evidence[] = [];
  for (const item of evidence) {
    const place = `${item.path}:${item.line}`;
    if (!seen.has(place) && kept.length < limit) kept.push(item);
    seen.add(place);
  }
  return kept;
}

/** What one statement shows: its features, else its operation and model. */
export function queryEvidence(query: Query): Evidence {
  const names = [...new Set(query.features.map((feature) => feature.name))];
  const what = names.length > 0 ? listed(names) : query.operation;
  const layer = query.layer === "raw" ? "raw SQL, " : "";
  const model = query.model === null ? "" : ` on ${query.model}`;
  return { path: query.path, line: query.line, says: `${layer}${what}${model}` };
}
