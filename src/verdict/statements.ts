// Counts of the statements that read or write rows. Commits, flushes and schema statements are left out: SQLAlchemy code
// spells them out where Django code does not, so counting them would make the same work look like more CRUD.

import type { ProjectSignals, Query, Tier } from "../model/report.ts";
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

export function statementCounts(signals: ProjectSignals): StatementCounts {
  const { byTier, byLayer, items } = signals.queries;
  const aside = items.filter((query) => NO_ROWS.has(query.operation));
  const rest = (count: number, tier: (query: Query) => boolean): number =>
    Math.max(0, count - aside.filter(tier).length);
  const crud = rest(byTier.crud, (query) => query.tier === "crud");
  const moderate = rest(byTier.moderate, (query) => query.tier === "moderate");
  const advanced = rest(byTier.advanced, (query) => query.tier === "advanced");
  const beyond = rest(byTier["beyond-django-orm"], (query) => query.tier === "beyond-django-orm");
  const orm = rest(byLayer.orm, (query) => query.layer === "orm");
  const throughOrm = items.filter((query) => query.layer === "orm" && !NO_ROWS.has(query.operation));
  const demanding = throughOrm.filter((query) => query.tier !== "crud" || isControlled(query));
  return {
    total: crud + moderate + advanced + beyond,
    crud,
    moderate,
    advanced,
    beyond,
    orm,
    core: rest(byLayer.core, (query) => query.layer === "core"),
    raw: rest(byLayer.raw, (query) => query.layer === "raw"),
    controlled: Math.min(orm, throughOrm.filter(isControlled).length),
    plain: Math.max(0, orm - demanding.length),
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
  return queries
    .filter((query) => !NO_ROWS.has(query.operation))
    .toSorted(
      (a, b) =>
        TIER_RANK[b.tier] - TIER_RANK[a.tier] ||
        b.features.length - a.features.length ||
        compareText(a.path, b.path) ||
        a.line - b.line ||
        a.column - b.column ||
        compareText(describe(a), describe(b)),
    );
}

/** What tells apart two statements that begin at one place. */
function describe({ layer, orm, model, operation, method, features }: Query): string {
  return [layer, orm, model ?? "", operation, method, ...features.map((feature) => feature.name)].join(" ");
}
