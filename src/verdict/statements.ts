// Counts of the statements that read or write rows. Commits, flushes and schema statements are left out: SQLAlchemy code
// spells them out where Django code does not, so counting them would make the same work look like more CRUD.

import type { ProjectSignals, Query, QueryLayer, Tier } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

export interface StatementCounts {
  readonly total: number;
  readonly crud: number;
  readonly moderate: number;
  readonly advanced: number;
  readonly beyond: number;
  readonly orm: number;
  readonly core: number;
  readonly raw: number;
  /** ORM statements with a feature whose point is the exact SQL. */
  readonly controlled: number;
  /** ORM statements that are CRUD and leave the SQL to the ORM. */
  readonly plain: number;
}

const NO_ROWS: ReadonlySet<string> = new Set(["commit", "flush", "ddl"]);
const CONTROL_FEATURES: ReadonlySet<string> = new Set([
  "delete-using",
  "grouping-sets",
  "insert-from-select",
  "lateral",
  "locking",
  "raw-fragment",
  "returning",
  "update-from",
  "values",
  "vendor-specific",
]);

/** True when a statement is written with a feature that pins down the SQL: locking, RETURNING, raw fragments, … */
export function isControlled(query: Query): boolean {
  return query.features.some((feature) => CONTROL_FEATURES.has(feature.name));
}

interface ItemFacts {
  /** Statements that touch no rows, by tier and by layer. */
  readonly asideByTier: Readonly<Record<Tier, number>>;
  readonly asideByLayer: Readonly<Record<QueryLayer, number>>;
  readonly controlled: number;
  /** ORM statements that are beyond CRUD or controlled. */
  readonly notPlain: number;
  readonly byDemand: readonly Query[];
}

// Flips judge the same queries some hundred times over; what depends on the list alone is found out once a list.
const factsOfItems = new WeakMap<readonly Query[], ItemFacts>();

function itemFacts(items: readonly Query[]): ItemFacts {
  const known = factsOfItems.get(items);
  if (known !== undefined) return known;
  const found = findItemFacts(items);
  factsOfItems.set(items, found);
  return found;
}

function findItemFacts(items: readonly Query[]): ItemFacts {
  const asideByTier = { crud: 0, moderate: 0, advanced: 0, "beyond-django-orm": 0 };
  const asideByLayer = { orm: 0, core: 0, raw: 0 };
  const rows: Query[] = [];
  for (const query of items) {
    if (NO_ROWS.has(query.operation)) {
      asideByTier[query.tier] += 1;
      asideByLayer[query.layer] += 1;
    } else rows.push(query);
  }
  const throughOrm = rows.filter((query) => query.layer === "orm");
  return {
    asideByTier,
    asideByLayer,
    controlled: throughOrm.filter(isControlled).length,
    notPlain: throughOrm.filter((query) => query.tier !== "crud" || isControlled(query)).length,
    byDemand: rows.toSorted(compareDemand),
  };
}

export function statementCounts(signals: ProjectSignals): StatementCounts {
  const { byTier, byLayer, items } = signals.queries;
  const { asideByTier, asideByLayer, controlled, notPlain } = itemFacts(items);
  const ofTier = (tier: Tier): number => Math.max(0, byTier[tier] - asideByTier[tier]);
  const ofLayer = (layer: QueryLayer): number => Math.max(0, byLayer[layer] - asideByLayer[layer]);
  const crud = ofTier("crud");
  const moderate = ofTier("moderate");
  const advanced = ofTier("advanced");
  const beyond = ofTier("beyond-django-orm");
  const orm = ofLayer("orm");
  return {
    total: crud + moderate + advanced + beyond,
    crud,
    moderate,
    advanced,
    beyond,
    orm,
    core: ofLayer("core"),
    raw: ofLayer("raw"),
    controlled: Math.min(orm, controlled),
    plain: Math.max(0, orm - notPlain),
  };
}

const TIER_RANK: Readonly<Record<Tier, number>> = {
  crud: 0,
  moderate: 1,
  advanced: 2,
  "beyond-django-orm": 3,
};

/** Statements, the most demanding first; ties by place, so that the order they came in does not matter. */
export function byDemand(queries: readonly Query[]): readonly Query[] {
  return itemFacts(queries).byDemand;
}

function compareDemand(a: Query, b: Query): number {
  return (
    TIER_RANK[b.tier] - TIER_RANK[a.tier] ||
    b.features.length - a.features.length ||
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(describe(a), describe(b))
  );
}

/** What tells apart two statements that begin at one place. */
function describe({ layer, orm, model, operation, method, features }: Query): string {
  return [layer, orm, model ?? "", operation, method, ...features.map((feature) => feature.name)].join(" ");
}
