import type { Query, QuerySignal, Tier } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { tally } from "./count-words.ts";
import { HARDNESSES, LAYERS, TIERS } from "./display-names.ts";

const TIER_ORDER = Object.keys(TIERS) as readonly Tier[];

/** Hardest first: by what it needs from an ORM, then by the benchmark's hardness and counts; by place where these tie. */
function byDifficulty(a: Query, b: Query): number {
  const components = ({ components: { one, two, others } }: Query) => one + two + others;
  return (
    TIER_ORDER.indexOf(b.tier) - TIER_ORDER.indexOf(a.tier) ||
    HARDNESSES.indexOf(b.hardness) - HARDNESSES.indexOf(a.hardness) ||
    components(b) - components(a) ||
    b.features.length - a.features.length ||
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column
  );
}

/** The hardest queries of production code that do more than CRUD, hardest first. */
export function hardestQueries(queries: QuerySignal, limit: number): readonly Query[] {
  return queries.items
    .filter(({ role, tier, hardness }) => role === "production" && (tier !== "crud" || hardness !== "easy"))
    .sort(byDifficulty)
    .slice(0, limit);
}

/** "crud 145 · moderate 36 · advanced 17 · beyond the Django ORM 6". */
export function tierWords({ byTier }: QuerySignal): string {
  return tally(TIER_ORDER.map((tier) => [TIERS[tier], byTier[tier]]));
}

/** "easy 120 · medium 60 · hard 14 · extra 10". */
export function hardnessWords({ byHardness }: QuerySignal): string {
  return tally(HARDNESSES.map((hardness) => [hardness, byHardness[hardness]]));
}

/** "ORM 180 · Core 20 · raw SQL 4". */
export function layerWords({ byLayer }: QuerySignal): string {
  return tally([
    [LAYERS.orm, byLayer.orm],
    [LAYERS.core, byLayer.core],
    [LAYERS.raw, byLayer.raw],
  ]);
}

/** "recursive-cte" as "recursive CTE". */
export function featureName(name: string): string {
  return name.replaceAll("-", " ").replace(/\b(?:cte|json|sql)\b/gu, (word) => word.toUpperCase());
}

/** A query's features in words, each once, those that the Django ORM lacks first. */
export function featureWords(query: Query): readonly string[] {
  const seen = [...query.beyondDjango, ...query.features.map(({ name }) => name)];
  return [...new Set(seen)].map(featureName);
}
