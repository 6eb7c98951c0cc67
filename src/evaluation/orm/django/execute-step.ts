// QuerySet methods that run a statement, in their sync and async forms, and what each gives back.
import type { QueryOperation } from "../../../model/report.ts";
import { instanceOf, mapping, sequence } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { EMPTY_SHAPE, type Query } from "../../query.ts";
import { UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { featureAt, recordExecution, stepQuery } from "../build-query.ts";
import { keywordOffset, type MethodCall } from "../call-context.ts";
import { fetchedRow, readGiven } from "../trigger.ts";
import {
  absorbFragment,
  absorbSubqueries,
  asColumn,
  type Growth,
  grownChange,
  growShape,
  startGrowth,
} from "./absorb.ts";
import { absorbConditions } from "./build-step.ts";
import { constructedOrigin } from "./constructed.ts";
import { isReferredTo } from "./reverse-relations.ts";
import { settleJoins } from "./settle-joins.ts";

interface ExecutingMethod {
  readonly operation: QueryOperation;
  /** What the method gives, from the row of the statement. */
  readonly gives: "row" | "row-and-flag" | "rows" | "mapping" | "nothing";
  readonly absorb?: (world: World, frame: Frame, growth: Growth, call: MethodCall) => void;
}

const DEFAULTS = new Set(["defaults", "create_defaults"]);

const METHODS = new Map<string, ExecutingMethod>([
  ["get", { operation: "select", gives: "row", absorb: oneRow }],
  ["first", { operation: "select", gives: "row", absorb: oneOrdered }],
  ["last", { operation: "select", gives: "row", absorb: oneOrdered }],
  ["latest", { operation: "select", gives: "row", absorb: oneOrdered }],
  ["earliest", { operation: "select", gives: "row", absorb: oneOrdered }],
  ["count", { operation: "select", gives: "nothing", absorb: counted }],
  ["exists", { operation: "select", gives: "nothing", absorb: limited }],
  ["contains", { operation: "select", gives: "nothing", absorb: limited }],
  ["aggregate", { operation: "select", gives: "mapping", absorb: aggregated }],
  ["in_bulk", { operation: "select", gives: "mapping", absorb: oneCondition }],
  ["iterator", { operation: "select", gives: "rows" }],
  ["explain", { operation: "select", gives: "nothing" }],
  ["create", { operation: "insert", gives: "row", absorb: written }],
  ["get_or_create", { operation: "upsert", gives: "row-and-flag", absorb: looked }],
  ["update_or_create", { operation: "upsert", gives: "row-and-flag", absorb: looked }],
  ["bulk_create", { operation: "insert", gives: "rows", absorb: bulkInserted }],
  ["bulk_update", { operation: "update", gives: "nothing", absorb: bulkUpdated }],
  ["update", { operation: "update", gives: "nothing", absorb: updated }],
  ["delete", { operation: "delete", gives: "nothing", absorb: deleted }],
  ["_update", { operation: "update", gives: "nothing", absorb: updated }],
  ["_raw_delete", { operation: "delete", gives: "nothing" }],
  ["create_user", { operation: "insert", gives: "row" }],
  ["create_superuser", { operation: "insert", gives: "row" }],
  ["get_by_natural_key", { operation: "select", gives: "row", absorb: oneCondition }],
]);

/** Methods of a relation's manager that change what is related. */
const RELATION_METHODS = new Map<string, ExecutingMethod>([
  ["add", { operation: "insert", gives: "nothing" }],
  ["remove", { operation: "delete", gives: "nothing", absorb: unrelated }],
  ["clear", { operation: "delete", gives: "nothing", absorb: oneCondition }],
  ["set", { operation: "update", gives: "nothing" }],
]);

interface KnownMethod {
  readonly method: ExecutingMethod;
  readonly isAsync: boolean;
  readonly name: string;
}

/** The executing method a name means, and whether it is the async form: every one has a twin with `a` before it. */
function methodOf(name: string): KnownMethod | null {
  const sync = METHODS.get(name) ?? RELATION_METHODS.get(name);
  if (sync !== undefined) return { method: sync, isAsync: false, name };
  const twin = name.startsWith("a") ? name.slice(1) : "";
  const method = METHODS.get(twin) ?? RELATION_METHODS.get(twin);
  return method === undefined ? null : { method, isAsync: true, name: twin };
}

export function isExecutingMethod(name: string): boolean {
  return methodOf(name) !== null;
}

/** Runs the statement and gives the method's result; a coroutine for the async forms. */
export function executeStep(world: World, frame: Frame, query: Query, call: MethodCall): Value {
  const known = methodOf(call.name);
  if (known === null) return UNKNOWN;
  // Rows in memory are counted there.
  const isCounting = known.name === "count" || known.name === "exists";
  if ((query.isPrefetched || query.isCached) && isCounting) return UNKNOWN;
  if (isCounting && !known.isAsync) readGiven(frame, query, call.site, call.at);
  const base = isWrittenAnew(known.name, known.method)
    ? { ...query, ...ANEW }
    : known.name === "bulk_update"
      ? { ...query, features: query.features.filter(({ name }) => !OF_ANNOTATIONS.has(name)) }
      : query;
  const growth = startGrowth(base);
  known.method.absorb?.(world, frame, growth, { ...call, name: known.name });
  const built = stepQuery(world, frame, base, call.site, {
    ...grownChange(base, growth),
    operation: known.method.operation,
  });
  const final = settleJoins(world, built, !ONE_VALUE.has(known.name));
  // iterator() makes a generator: the statement is sent when its first row is asked for.
  if (known.name === "iterator" && !known.isAsync)
    return [{ kind: "query", query: { ...built, isIterator: true } }];
  const execution = recordExecution(world, frame, final, {
    site: call.site,
    at: call.at,
    method: call.name,
    kind: known.isAsync && known.name !== "iterator" ? "unawaited" : known.isAsync ? "awaited" : "sync",
    isThreaded: known.isAsync,
  });
  const value = resultOf(world, known, final, call);
  if (!known.isAsync || known.name === "iterator") return value;
  return [{ kind: "awaitable", value, executions: [execution] }];
}

/** Methods that select no rows. */
const ONE_VALUE = new Set(["count", "exists", "contains", "aggregate"]);

/** Inserts, and changes of a relation, read nothing of what the manager they start from joins and filters. */
const ANEW = { features: [], shape: EMPTY_SHAPE, joined: [] } as const;

function isWrittenAnew(name: string, { operation }: ExecutingMethod): boolean {
  return operation === "insert" || RELATION_METHODS.has(name);
}

function resultOf(world: World, { method, name }: KnownMethod, query: Query, call: MethodCall): Value {
  const isPlain = query.rows === "values" && method.operation !== "select";
  const row = madeRow(world, name, query, call) ?? (isPlain ? fetchedModel(query) : fetchedRow(query));
  switch (method.gives) {
    case "row":
      return row;
    case "row-and-flag":
      return [sequence("tuple", [row, [{ kind: "constant", text: "True" }]])];
    case "rows":
      return [sequence("list", null, row)];
    case "mapping":
      return [mapping(new Map(), row)];
    case "nothing":
      return UNKNOWN;
  }
}

/** A row that the call itself made, as far as it can be read what it holds; null for others. */
function madeRow(world: World, name: string, { model }: Query, call: MethodCall): Value | null {
  if (model === null || typeof model === "string" || !MAKING.has(name)) return null;
  const defaults = [...DEFAULTS].flatMap((option) =>
    (call.keywords.get(option) ?? UNKNOWN).flatMap((atom) =>
      atom.kind === "mapping" ? [...atom.entries.keys()] : [],
    ),
  );
  const isRead = [...DEFAULTS].every(
    (option) => call.keywords.get(option)?.every((atom) => atom.kind === "mapping") !== false,
  );
  const given = new Set([...call.keywords.keys(), ...defaults]);
  const origin = isRead ? constructedOrigin(world, model, call, given) : null;
  // A row that was there already holds no related rows, whatever its keys are.
  return [origin === null ? instanceOf(model) : { ...instanceOf(model), origin }];
}

const MAKING = new Set(["create", "get_or_create", "update_or_create"]);

function fetchedModel(query: Query): Value {
  return query.model === null || typeof query.model === "string" ? UNKNOWN : [instanceOf(query.model)];
}

function oneOrdered(_world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  if (!growth.query.shape.ordered) growth.features.push(featureAt(frame, "order-by", call.at));
  growth.features.push(featureAt(frame, "limit", call.at));
  growShape(growth, { ordered: true, limited: true });
}

function limited(_world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  growth.features.push(featureAt(frame, "limit", call.at));
  growShape(growth, { limited: true, columns: 1, ordered: false });
}

/** `get()` asks for some rows more than one, to tell when there are several, and drops the order. */
function oneRow(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  absorbConditions(world, frame, growth, call);
  growShape(growth, { limited: true, ordered: false });
}

function unrelated(_world: World, _frame: Frame, growth: Growth): void {
  growShape(growth, { conditions: 2 });
}

function counted(_world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  growth.features.push(featureAt(frame, "aggregate", call.at));
  aggregateAround(frame, growth, call, 1);
}

/**
 * Aggregates of all rows. Over a statement that groups, is cut, distinct or a set operation Django needs it as a derived
 * table (django.db.models.sql.query, get_aggregation), and counts are those of the statement around it.
 */
function aggregateAround(frame: Frame, growth: Growth, call: MethodCall, columns: number): void {
  const { annotations, features, shape } = growth.query;
  const isWhole =
    shape.limited ||
    shape.setOperations > 0 ||
    [...annotations.values()].includes("aggregate") ||
    features.some(({ name }) => name === "distinct");
  if (!isWhole) {
    growShape(growth, { columns, ordered: false, aggregates: Math.max(0, columns - shape.aggregates) });
    return;
  }
  growth.features.push(featureAt(frame, "derived-table", call.at));
  growth.outer = { ...EMPTY_SHAPE, aggregates: columns, columns };
}

function oneCondition(_world: World, _frame: Frame, growth: Growth): void {
  growShape(growth, { conditions: 1 });
}

/** Aggregates over a statement that already groups or is cut need it as a derived table. */
function aggregated(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  const values = [...call.args, ...call.keywords.values()];
  for (const value of values)
    for (const atom of value) if (atom.kind === "sql") absorbFragment(world, growth, asColumn(atom.fragment));
  aggregateAround(frame, growth, call, Math.max(1, values.length));
}

function written(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  for (const [name, value] of call.keywords)
    absorbSubqueries(world, frame, growth, value, lineIn(frame.module, keywordOffset(call, name)));
}

function looked(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  absorbConditions(world, frame, growth, call, DEFAULTS);
  growShape(growth, { limited: true, ordered: false });
}

function bulk(_world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  growth.features.push(featureAt(frame, "bulk", call.at));
}

/** Rows are told by their keys beside what the queryset filters by; what it annotates is of no use to an UPDATE. */
function bulkUpdated(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  bulk(world, frame, growth, call);
  growth.features.push(featureAt(frame, "conditional", call.at));
  growShape(growth, { conditions: 1, ordered: false });
  if (growth.query.joined.length === 0) return;
  growth.features.push(featureAt(frame, "subquery", call.at));
  growth.outer = { ...EMPTY_SHAPE, conditions: 1, nested: 1 };
}

const OF_ANNOTATIONS = new Set(["aggregate", "window"]);

function bulkInserted(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  bulk(world, frame, growth, call);
  for (const option of ["ignore_conflicts", "update_conflicts"]) {
    const value = call.keywords.get(option);
    if (value !== undefined && !value.some((atom) => atom.kind === "constant" && atom.text === "False"))
      growth.features.push(featureAt(frame, "upsert", keywordOffset(call, option)));
  }
}

/** Values may refer to columns or hold subqueries; conditions on relations are moved into a subquery by Django. */
function updated(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  const before = growth.query.joined.length;
  written(world, frame, growth, call);
  if (before === 0) return;
  growth.features.push(featureAt(frame, "subquery", call.at));
  growth.outer = { ...EMPTY_SHAPE, conditions: 1, nested: 1 };
}

/**
 * Rows that others refer to are fetched first and deleted by their keys (django.db.models.deletion, can_fast_delete);
 * conditions on relations are moved into a subquery.
 */
function deleted(world: World, frame: Frame, growth: Growth, call: MethodCall): void {
  const { joined, model } = growth.query;
  growShape(growth, { ordered: false });
  if (model !== null && typeof model !== "string" && isReferredTo(world, model)) {
    growth.outer = { ...EMPTY_SHAPE, conditions: 1 };
  } else if (joined.length > 0) {
    growth.features.push(featureAt(frame, "subquery", call.at));
    growth.outer = { ...EMPTY_SHAPE, conditions: 1, nested: 1 };
  }
}
