// What an argument adds to a Django statement: joins for its lookups, counts and features of its expressions.
import type { Frame } from "../../frame.ts";
import type { Feature, Query, Shape } from "../../query.ts";
import type { LookupPath, SqlFragment } from "../../sql-fragment.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { addShape, consume, type StepChange } from "../build-query.ts";
import { annotationAt, applyLookup, type LookupEffect } from "./lookup.ts";

/** A statement's growing parts while arguments are taken in one after the other. */
export interface Growth {
  query: Query;
  features: Feature[];
  isMultiValued: boolean;
  /** Set where the statement is put inside another: what that one counts. */
  outer: Shape | null;
}

export function startGrowth(query: Query): Growth {
  return { query, features: [], isMultiValued: false, outer: null };
}

/** Ends the growth as the change of one step. */
export function grownChange(before: Query, growth: Growth): StepChange {
  return {
    joined: growth.query.joined,
    loaded: growth.query.loaded,
    later: growth.query.later,
    deferred: growth.query.deferred,
    annotations: growth.query.annotations,
    features: growth.features,
    outer: growth.outer,
    shape: difference(before.shape, growth.query.shape),
  };
}

function difference(before: Shape, after: Shape): Partial<Shape> {
  return {
    tables: after.tables - before.tables,
    conditions: after.conditions - before.conditions,
    ors: after.ors - before.ors,
    likes: after.likes - before.likes,
    aggregates: after.aggregates - before.aggregates,
    nested: after.nested - before.nested,
    setOperations: after.setOperations - before.setOperations,
    groupKeys: after.groupKeys,
    columns: after.columns,
    ordered: after.ordered,
    limited: after.limited,
  };
}

export function growShape(growth: Growth, shape: Partial<Shape>): void {
  growth.query = { ...growth.query, shape: addShape(growth.query.shape, shape) };
}

export function absorbLookup(world: World, growth: Growth, lookup: LookupPath): LookupEffect {
  const effect = applyLookup(world, growth.query, lookup);
  growth.features.push(...effect.features);
  growth.isMultiValued ||= effect.isMultiValued;
  growth.query = {
    ...growth.query,
    joined: [...growth.query.joined, ...effect.joined],
    shape: addShape(growth.query.shape, { tables: effect.tables, likes: effect.isLike ? 1 : 0 }),
  };
  return effect;
}

/** Takes in an expression: its own features and counts, and the lookups it makes on the statement's model. */
export function absorbFragment(world: World, growth: Growth, fragment: SqlFragment): void {
  growth.features.push(...fragment.features);
  growShape(growth, {
    conditions: fragment.conditions,
    ors: fragment.ors,
    likes: fragment.likes,
    aggregates: fragment.aggregates,
    nested: fragment.nested,
  });
  for (const lookup of fragment.lookups) {
    absorbLookup(world, growth, lookup);
    if (lookup.use !== "condition" || annotationAt(growth.query, lookup.path) !== "aggregate") continue;
    growth.features.push({ name: "having", line: lookup.line });
    growShape(growth, { conditions: -1, aggregates: 1 });
  }
}

/** What an expression counts as a column: conditions and subqueries count in WHERE and HAVING alone. */
export function asColumn(fragment: SqlFragment): SqlFragment {
  return {
    ...fragment,
    conditions: 0,
    ors: 0,
    likes: 0,
    nested: 0,
    lookups: fragment.lookups.map((lookup) => ({
      ...lookup,
      use: lookup.use === "condition" ? "reference" : lookup.use,
    })),
  };
}

/** A queryset used inside another statement becomes its subquery. */
export function absorbSubqueries(
  world: World,
  frame: Frame,
  growth: Growth,
  value: Value,
  line: number,
): void {
  for (const atom of value) {
    if (atom.kind === "sql") absorbFragment(world, growth, atom.fragment);
    if (atom.kind !== "query" || atom.query.isManager || atom.query.isFetched) continue;
    consume(world, frame, atom.query);
    growth.features.push({ name: "subquery", line }, ...atom.query.features);
    growShape(growth, { nested: 1 });
  }
}
