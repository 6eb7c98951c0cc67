// Statements by how they carry over to the other ORM: line for line, rewritten, or not at all, by the features that each uses.
import { beyondDjango, beyondSqlalchemy } from "../knowledge/capabilities.ts";
import { lacksMethod } from "../knowledge/without-namesake.ts";
import type { Carries, ProjectSignals, Query, Side } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { words } from "../text/words.ts";
import type { CostLine } from "./cost-line.ts";
import { fewQueries } from "./evidence.ts";
import { familyOf, type OrmFamily } from "./orm-family.ts";
import { byDemand } from "./statements.ts";

type Way = "crud" | "joins" | "text" | "rewrite" | "none" | "unknown";

interface WayCost {
  readonly what: string;
  readonly carries: Carries;
  readonly each: { readonly low: number; readonly high: number };
  readonly note: string;
}

const WAYS: Readonly<Record<Way, WayCost>> = {
  crud: {
    what: "queries, mechanical: crud",
    carries: "directly",
    each: { low: 0.1, high: 0.25 },
    note: "rewritten line for line",
  },
  joins: {
    what: "queries, mechanical: joins and aggregates",
    carries: "directly",
    each: { low: 0.25, high: 0.75 },
    note: "rewritten line for line, each checked against the old SQL",
  },
  text: {
    what: "queries, mechanical: raw SQL",
    carries: "directly",
    each: { low: 0.1, high: 0.5 },
    note: "the text stays, what runs it changes",
  },
  rewrite: {
    what: "queries, rewrite",
    carries: "with-a-note",
    each: { low: 0.75, high: 3 },
    note: "expressible, but composed in another way",
  },
  none: {
    what: "queries, no equivalent",
    carries: "not",
    each: { low: 1, high: 4 },
    note: "become raw SQL or another design",
  },
  unknown: {
    what: "queries, not known",
    carries: "unknown",
    each: { low: 0.1, high: 1 },
    note: "what they do could not be read; taken to lie between crud and a rewrite",
  },
};
/** Features that both ORMs write alike: none of them is why a statement is rewritten. */
const ORDINARY = new Set(
  words(`join outer-join relation-lookup aggregate group-by having order-by limit distinct eager-load dynamic-filter
  db-function f-expression`),
);
const NAMES_SHOWN = 4;

export function queryLines(signals: ProjectSignals, family: OrmFamily, to: Side): readonly CostLine[] {
  const { items, total } = signals.queries;
  const engine = engineOf(signals);
  const ways = new Map<Way, { queries: Query[]; why: Map<string, number> }>();
  for (const query of byDemand(items)) {
    if (query.layer !== "raw" && familyOf(query.orm) !== family) continue;
    const { way, why } = wayOf(query, to, engine);
    const known = ways.get(way) ?? { queries: [], why: new Map<string, number>() };
    known.queries.push(query);
    for (const name of why) known.why.set(name, (known.why.get(name) ?? 0) + 1);
    ways.set(way, known);
  }
  // Statements that are counted and not listed are not dropped.
  const unlisted = Math.max(0, total - items.length);
  return (Object.keys(WAYS) as Way[]).map((way): CostLine => {
    const { queries = [], why = new Map<string, number>() } = ways.get(way) ?? {};
    const { note, ...rest } = WAYS[way];
    return {
      ...rest,
      group: "queries",
      count: queries.length + (way === "unknown" ? unlisted : 0),
      note: why.size === 0 ? note : `${note}: ${sayCounts(why)}`,
      evidence: fewQueries(queries),
    };
  });
}

function wayOf(query: Query, to: Side, engine: string | null): { way: Way; why: readonly string[] } {
  if (query.layer === "raw") return { way: "text", why: [] };
  if (query.operation === "unknown") return { way: "unknown", why: [] };
  const names = [...new Set(query.features.map(({ name }) => name))];
  const missing = names.filter((name) => isMissing(name, query, to, engine));
  if (missing.length > 0) return { way: "none", why: missing };
  if (lacksMethod(query.method, to)) return { way: "rewrite", why: [query.method] };
  if (query.tier === "crud") return { way: "crud", why: [] };
  return query.tier === "moderate"
    ? { way: "joins", why: [] }
    : { way: "rewrite", why: names.filter((name) => !ORDINARY.has(name)) };
}

/** Of the newest version that the table knows: who moves to an ORM takes that. */
function isMissing(name: string, query: Query, to: Side, engine: string | null): boolean {
  if (to === "sqlalchemy") return beyondSqlalchemy(name, null, engine);
  return query.beyondDjango.includes(name) && beyondDjango(name, null, engine, query.operation);
}

function engineOf({ databases: { items } }: ProjectSignals): string | null {
  const engines = [...new Set(items.map(({ engine }) => engine))];
  return engines.length === 1 ? (engines[0] ?? null) : null;
}

function sayCounts(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort((left, right) => right[1] - left[1] || compareText(left[0], right[0]));
  const more = sorted.length - NAMES_SHOWN;
  const shown = sorted.slice(0, NAMES_SHOWN).map(([name, count]) => `${name} (${count})`);
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
