// QuerySet methods that build: each returns the statement after the step. What they do: Django's QuerySet API reference.
import { constantText, isConstant } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { type LaterJoin, type Query, uniteLater } from "../../query.ts";
import { UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { consume, featureAt, stepQuery } from "../build-query.ts";
import { keywordOffset, type MethodCall } from "../call-context.ts";
import {
  absorbFragment,
  absorbLookup,
  absorbSubqueries,
  asColumn,
  type Growth,
  grownChange,
  growShape,
  startGrowth,
} from "./absorb.ts";
import { modelAncestors } from "./contrib-model.ts";
import { declaredFields } from "./field.ts";
import { annotationAt } from "./lookup.ts";

type Step = (world: World, frame: Frame, growth: Growth, call: MethodCall) => void;

const STEPS = new Map<string, Step>([
  ["filter", filterStep],
  ["complex_filter", filterStep],
  ["exclude", excludeStep],
  ["annotate", annotateStep],
  ["alias", annotateStep],
  ["order_by", orderStep],
  ["values", valuesStep],
  ["values_list", valuesStep],
  ["dates", datesStep],
  ["datetimes", datesStep],
  ["distinct", distinctStep],
  ["union", combineStep],
  ["intersection", combineStep],
  ["difference", combineStep],
  ["select_related", selectRelatedStep],
  ["prefetch_related", prefetchStep],
  ["select_for_update", feature("locking")],
  ["extra", feature("raw-fragment")],
  ["using", feature("database-routing")],
  ["db_manager", feature("database-routing")],
  ["defer", deferStep],
  ["only", onlyStep],
  ["all", nothing],
  ["reverse", nothing],
  ["none", nothing],
  ["get_queryset", nothing],
  ["fetch_mode", nothing],
  ["_clone", nothing],
  ["_chain", nothing],
]);

export function isBuildMethod(name: string): boolean {
  return STEPS.has(name);
}

/** The statement after a building method. */
export function buildStep(world: World, frame: Frame, query: Query, call: MethodCall): Query {
  const growth = startGrowth(query);
  STEPS.get(call.name)?.(world, frame, growth, call);
  const isValues = /^(?:values|values_list|dates|datetimes)$/.test(call.name);
  return stepQuery(world, frame, query, call.site, {
    ...grownChange(query, growth),
    rows: isValues ? "values" : growth.query.rows,
    isGrouped: growth.query.isGrouped || isValues,
    isFetched: call.name === "none" ? true : query.isFetched,
    isPrefetched: call.name === "all" && query.isPrefetched === true,
    givenFrom: call.name === "all" ? query.givenFrom : undefined,
    mayBePrefetched: call.name === "all" && query.mayBePrefetched === true,
  });
}

function nothing(): void {}

function feature(name: string): Step {
  return (_world, frame, growth, call) => growth.features.push(featureAt(frame, name, call.at));
}

/** Conditions given as `field__lookup=value` and as Q objects, of filter(), exclude(), get() and the like. */
export function absorbConditions(
  world: World,
  frame: Frame,
  growth: Growth,
  call: MethodCall,
  skip: ReadonlySet<string> = new Set(),
): void {
  for (const value of call.args)
    for (const atom of value) if (atom.kind === "sql") absorbFragment(world, growth, atom.fragment);
  for (const [name, value] of call.keywords) {
    if (skip.has(name)) continue;
    const line = lineIn(frame.module, keywordOffset(call, name));
    absorbLookup(world, growth, { path: name, line, use: "condition" });
    // Conditions on an aggregate stand in HAVING, which Spider does not count.
    if (annotationAt(growth.query, name) === "aggregate") {
      growth.features.push({ name: "having", line });
      growShape(growth, { aggregates: 1 });
    } else growShape(growth, { conditions: 1 });
    absorbSubqueries(world, frame, growth, value, line);
  }
  markDynamic(frame, growth, call);
}

/** `filter(**filters)` with a mapping whose keys are not all known: which conditions there are is decided at run time. */
function markDynamic(frame: Frame, growth: Growth, call: MethodCall): void {
  if (call.expr.kind !== "call") return;
  const spread = call.expr.keywords.find((keyword) => keyword.name === null);
  const starred = call.expr.args.find((argument) => argument.kind === "star");
  const at = spread?.at ?? starred?.start;
  if (at !== undefined) growth.features.push(featureAt(frame, "dynamic-filter", at));
}

function filterStep(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  absorbConditions(world, frame, growth, call);
}

/** Excluding by a many-valued relation needs a subquery: the row must have no such related row. */
function excludeStep(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  const { joined, shape } = growth.query;
  absorbConditions(world, frame, growth, call);
  if (!growth.isMultiValued) return;
  growth.features.push(featureAt(frame, "subquery", call.at));
  // The joins are the subquery's.
  growth.query = { ...growth.query, joined };
  growShape(growth, { nested: 1, tables: shape.tables - growth.query.shape.tables });
}

function annotateStep(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  const named = [...call.keywords].map(([name, value]) => ({ name, value, at: keywordOffset(call, name) }));
  const positional = call.args.map((value, index) => ({
    name: defaultAlias(call, index, value),
    value,
    at: call.site.start,
  }));
  const annotations = new Map(growth.query.annotations);
  for (const { name, value, at } of [...positional, ...named]) {
    const line = lineIn(frame.module, at);
    const fragments = value.flatMap((atom) => (atom.kind === "sql" ? [atom.fragment] : []));
    for (const fragment of fragments) {
      absorbFragment(world, growth, asColumn(fragment));
      const isAggregate = fragment.aggregates > 0;
      if (isAggregate) {
        growth.features.push({ name: "group-by", line });
        groupStatement(growth);
      }
      if (name !== null)
        annotations.set(name, isAggregate ? "aggregate" : fragment.role === "window" ? "window" : "plain");
    }
    if (fragments.length === 0) {
      const { nested } = growth.query.shape;
      absorbSubqueries(world, frame, growth, value, line);
      growShape(growth, { nested: nested - growth.query.shape.nested });
      if (name !== null) annotations.set(name, "plain");
    }
  }
  growth.query = { ...growth.query, annotations };
}

/** `annotate(Count("user"))` is named after both: `user__count` (Aggregate.default_alias). */
function defaultAlias({ expr }: MethodCall, index: number, value: Value): string | null {
  const argument = expr.kind === "call" ? expr.args[index] : undefined;
  const callee = argument?.kind === "call" ? argument.callee : null;
  const name = callee?.kind === "name" ? callee.id : callee?.kind === "attribute" ? callee.name : null;
  const [atom] = value;
  const path = atom?.kind === "sql" ? atom.fragment.lookups[0]?.path : undefined;
  return name === null || path === undefined ? null : `${path}__${name.toLowerCase()}`;
}

/**
 * Groups by the columns that values() chose, else by all columns of the model. Meta.ordering does not order groups (Django
 * documentation, "Model Meta options").
 */
function groupStatement(growth: Growth): void {
  const { features, isGrouped, shape } = growth.query;
  if (shape.groupKeys > 0) return;
  const isOrderedHere = [...features, ...growth.features].some(({ name }) => name === "order-by");
  const { columns } = shape;
  growShape(growth, {
    groupKeys: isGrouped ? Math.max(1, columns) : 2,
    columns: isGrouped ? columns + 1 : columns,
    ordered: shape.ordered && isOrderedHere,
  });
}

function referenceNames(call: MethodCall): { name: string; at: number }[] {
  const exprs = call.expr.kind === "call" ? call.expr.args : [];
  return call.args.flatMap((value, index) => {
    const name = constantText(value);
    return name === null ? [] : [{ name, at: exprs[index]?.start ?? call.site.start }];
  });
}

function absorbReferences(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  for (const { name, at } of referenceNames(call))
    absorbLookup(world, growth, { path: name, line: lineIn(frame.module, at), use: "reference" });
  absorbExpressions(world, growth, call);
}

function absorbExpressions(world: World, growth: Growth, call: MethodCall): void {
  for (const value of [...call.args, ...call.keywords.values()])
    for (const atom of value) if (atom.kind === "sql") absorbFragment(world, growth, asColumn(atom.fragment));
}

function orderStep(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  absorbExpressions(world, growth, call);
  const isOrdered = call.args.length > 0;
  const order = referenceNames(call).map(
    ({ name, at }): LaterJoin => ({ kind: "order", path: name, line: lineIn(frame.module, at) }),
  );
  const rest = growth.query.later.filter(({ kind }) => kind !== "order");
  growth.query = { ...growth.query, later: [...rest, ...order] };
  if (isOrdered) growth.features.push(featureAt(frame, "order-by", call.at));
  growShape(growth, { ordered: isOrdered });
}

function valuesStep(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  absorbReferences(world, frame, growth, call);
  const columns =
    call.args.length + [...call.keywords].filter(([name]) => name !== "flat" && name !== "named").length;
  if (columns > 0) growShape(growth, { columns });
}

function datesStep(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  absorbReferences(world, frame, growth, { ...call, args: call.args.slice(0, 1) });
  for (const name of ["distinct", "db-function", "order-by"])
    growth.features.push(featureAt(frame, name, call.at));
  growShape(growth, { columns: 1, ordered: true });
}

function distinctStep(_world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  growth.features.push(featureAt(frame, "distinct", call.at));
  if (call.args.length > 0) growth.features.push(featureAt(frame, "distinct-on", call.at));
}

function combineStep(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  growth.features.push(featureAt(frame, "set-operation", call.at));
  const inner = call.args.flatMap((value) =>
    value.flatMap((atom) => (atom.kind === "query" ? [atom.query] : [])),
  );
  for (const query of inner) {
    consume(world, frame, query);
    growth.features.push(...query.features);
  }
  growShape(growth, { setOperations: Math.max(1, inner.length), ordered: false });
}

function selectRelatedStep(_world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  const named = referenceNames(call);
  if (!isCleared(call)) growth.features.push(featureAt(frame, "eager-load", call.at));
  const paths = named.map(
    ({ name, at }): LaterJoin => ({ kind: "related", path: name, line: lineIn(frame.module, at) }),
  );
  const every: LaterJoin = { kind: "related", path: "*", line: lineIn(frame.module, call.at) };
  const kept = growth.query.later.filter(({ kind }) => kind !== "related" || !isCleared(call));
  const added = call.args.length === 0 ? [every] : paths;
  growth.query = { ...growth.query, later: uniteLater(kept, added) };
  if (isCleared(call)) growth.query = { ...growth.query, loaded: [] };
  else growLoaded(growth, isReadable(call) ? named.map(({ name }) => name) : ["*"]);
}

/** `select_related(None)`, `prefetch_related(None)`, `defer(None)`: what was asked for so far is forgotten. */
function isCleared({ args }: MethodCall): boolean {
  return args.length === 1 && isConstant(args[0] ?? UNKNOWN, "None");
}

/** False where some argument is not a name in the code; without any, `select_related()` follows what it finds. */
function isReadable(call: MethodCall): boolean {
  return (
    call.args.length > 0 && call.args.every((value) => constantText(value) !== null || isPrefetch(value))
  );
}

function isPrefetch(value: Value): boolean {
  return value.some((atom) => atom.kind === "sql" && atom.fragment.column !== null);
}

function growLoaded(growth: Growth, names: readonly string[]): void {
  growth.query = { ...growth.query, loaded: [...new Set([...growth.query.loaded, ...names])] };
}

function deferStep(_world: World, _frame: Frame, growth: Growth, call: MethodCall): void {
  if (isCleared(call)) {
    growth.query = { ...growth.query, deferred: [] };
    return;
  }
  const names = call.args.flatMap((value) => constantText(value) ?? []);
  growth.query = { ...growth.query, deferred: [...new Set([...growth.query.deferred, ...names])] };
}

/** `only("title")` leaves out every other field; relations that are joined bring their own. */
function onlyStep(_world: World, _frame: Frame, growth: Growth, call: MethodCall): void {
  const { model } = growth.query;
  if (model === null || typeof model === "string") return;
  const heads = call.args.map((value) => constantText(value)?.split("__")[0]);
  // A field that cannot be read may be any of them.
  if (heads.some((head) => head === undefined)) return;
  const fields = modelAncestors(model).flatMap((owner) => declaredFields(owner));
  const deferred = fields
    .filter(([name, field]) => !heads.includes(name) && !field.construction?.keywords.has("primary_key"))
    .map(([name]) => name);
  growth.query = { ...growth.query, deferred };
}

function prefetchStep(_world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  growth.features.push(featureAt(frame, "eager-load", call.at));
  const named = referenceNames(call).map(({ name }) => name);
  for (const value of call.args)
    for (const atom of value) {
      if (atom.kind !== "sql") continue;
      growth.features.push(...atom.fragment.features);
      // The queryset of a Prefetch() may load anything with the rows.
      if (atom.fragment.column !== null) named.push(atom.fragment.column, `${atom.fragment.column}__*`);
    }
  if (isCleared(call)) growth.query = { ...growth.query, loaded: [] };
  else growLoaded(growth, isReadable(call) ? named : ["*"]);
}
