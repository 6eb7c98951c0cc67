import { isConstant, sql } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { NO_EAGER_JOINS, type Query, siteKey } from "../../query.ts";
import { EMPTY_FRAGMENT } from "../../sql-fragment.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { consume, featureAt, stepQuery } from "../build-query.ts";
import { argument, keywordOffset, type MethodCall } from "../call-context.ts";
import {
  type Addition,
  addFragment,
  additionChange,
  addStatement,
  addValue,
  emptyAddition,
  enclosedStatement,
  forgetConditions,
} from "./absorb.ts";
import { entityModel, entityRow, rowOf, selectedWidth } from "./entity.ts";
import { setOperation } from "./functions.ts";
import { joinStep } from "./join-step.ts";
import { mappedBy } from "./mapped-class.ts";
import { eagerJoins, loadedBy } from "./option-effects.ts";
import { relationFilter } from "./relation-comparison.ts";

type Step = (
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
) => Partial<Query> | undefined;

const CONDITIONS = ["where", "filter", "having", "whereclause"];
const STEPS = new Map<string, Step>([
  ...CONDITIONS.map((name): [string, Step] => [name, conditionStep]),
  ["filter_by", filterByStep],
  ["join", joinStep("join")],
  ["join_from", joinStep("join")],
  ["outerjoin", joinStep("outer-join")],
  ["outerjoin_from", joinStep("outer-join")],
  ["select_from", selectFromStep],
  ["with_only_columns", columnsStep],
  ["with_entities", columnsStep],
  ["add_columns", addColumnsStep],
  ["add_column", addColumnsStep],
  ["add_entity", addColumnsStep],
  ["columns", takeStep],
  ["order_by", orderStep],
  ["group_by", groupStep],
  ["limit", limitStep],
  ["fetch", limitStep],
  ["offset", plain("limit")],
  ["slice", limitStep],
  ["distinct", distinctStep],
  ["with_for_update", plain("locking")],
  ["options", optionsStep],
  ["enable_eagerloads", eagerStep],
  ["with_parent", parentStep],
  ["values", valuesStep],
  ["returning", plain("returning")],
  ["on_conflict_do_update", plain("upsert", "vendor-specific")],
  ["on_conflict_do_nothing", plain("upsert", "vendor-specific")],
  ["on_duplicate_key_update", plain("upsert", "vendor-specific")],
  ["from_select", fromSelectStep],
  ["tablesample", plain("vendor-specific")],
  ["with_hint", plain("vendor-specific")],
  ["prefix_with", plain("raw-fragment")],
  ["suffix_with", plain("raw-fragment")],
  ...`correlate correlate_except execution_options params populate_existing yield_per autoflush
  reset_joinpoint with_session tuples set_label_style self_group unique_join inline return_defaults ordered_values
  enable_assertions bindparams options_only`
    .split(/\s+/)
    .map((name): [string, Step] => [name, () => undefined]),
]);
const SETS = new Set(["union", "union_all", "intersect", "intersect_all", "except_", "except_all"]);
const SOURCES = new Set(["subquery", "cte", "lateral", "alias"]);
const SCALARS = new Set(["scalar_subquery", "as_scalar", "exists", "label"]);

/** The result of a building method, or null when the name is none. */
export function buildStatement(world: World, frame: Frame, query: Query, call: MethodCall): Value | null {
  const { name } = call;
  const line = lineIn(frame.module, call.at);
  if (SETS.has(name))
    return setOperation(
      world,
      frame,
      { ...call, args: [[{ kind: "query", query }], ...call.args] },
      line,
      query.style === "sqlalchemy-query",
    );
  if (name === "from_statement") return [wholeStatement(world, frame, query, call)];
  if (SOURCES.has(name)) return [asSource(world, frame, query, call, line)];
  if (SCALARS.has(name)) {
    consume(world, frame, query);
    const features = [
      ...(name === "exists" ? ["exists", "subquery"] : ["subquery"]).map((feature) => ({
        name: feature,
        line,
      })),
      ...query.features,
    ];
    return sql({
      ...EMPTY_FRAGMENT,
      role: "subquery",
      features,
      nested: 1,
      conditions: name === "exists" ? 1 : 0,
    });
  }
  const step = STEPS.get(name);
  if (step === undefined) return null;
  const addition = emptyAddition();
  const change = step(world, frame, query, call, addition) ?? {};
  const { shape, features, ...rest } = additionChange(query, addition);
  const next = stepQuery(world, frame, query, call.site, {
    ...rest,
    ...change,
    shape: { ...shape, ...(change.shape === undefined ? {} : pickSet(change.shape, query)) },
    ...(features === undefined ? {} : { features }),
  });
  return [{ kind: "query", query: next }];
}

/** Only what a step set to a new value; counts were added already. */
function pickSet(shape: Query["shape"], query: Query): Partial<Query["shape"]> {
  return {
    columns: shape.columns,
    groupKeys: shape.groupKeys,
    ordered: shape.ordered || query.shape.ordered,
    limited: shape.limited || query.shape.limited,
  };
}

/** `select(User).from_statement(text)`: the statement is the one that is given; only what its rows are stays. */
function wholeStatement(world: World, frame: Frame, query: Query, call: MethodCall): Value[number] {
  const given = argument(call, 0, "statement").find((atom) => atom.kind === "query");
  if (given?.kind !== "query")
    return { kind: "query", query: { ...query, isHeuristic: true, isWhole: true } };
  consume(world, frame, given.query);
  const { features, shape, sources, joined, text, layer } = given.query;
  const loads = query.features.filter((feature) => feature.name === "eager-load");
  const whole = { ...query, features: [], eager: NO_EAGER_JOINS, sources, joined, text };
  const next = stepQuery(
    world,
    frame,
    { ...whole, layer: layer === "raw" ? layer : query.layer },
    call.site,
    {
      features: [...features, ...loads],
      outer: shape,
      isWhole: true,
    },
  );
  return { kind: "query", query: next };
}

/** `.subquery()`, `.cte()`: a source for another statement, counted where its columns or itself are first used. */
function asSource(world: World, frame: Frame, query: Query, call: MethodCall, line: number): Value[number] {
  consume(world, frame, query);
  const recursive = call.keywords
    .get("recursive")
    ?.some((atom) => atom.kind === "constant" && atom.text === "True");
  const names = {
    subquery: ["derived-table"],
    alias: ["derived-table"],
    lateral: ["lateral"],
    cte: recursive ? ["cte", "recursive-cte"] : ["cte"],
  };
  const own = (names[call.name as keyof typeof names] ?? []).map((name) => ({ name, line }));
  const { features } = enclosedStatement(world, query);
  const source = { key: siteKey(call.site), line, features: [...own, ...features] };
  return {
    kind: "sql",
    fragment: {
      ...EMPTY_FRAGMENT,
      role: "table",
      sources: [source],
      model: query.model,
      columns: query.shape.columns,
    },
  };
}

/** Loaders change which attributes are in memory once the rows are here. */
function optionsStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): Partial<Query> {
  takeStep(world, frame, query, call, addition);
  const loaded = loadedBy(world, query, call.expr.kind === "call" ? call.expr.args : []);
  return { ...loaded, eager: eagerJoins(query.eager, call.args) };
}

/** `enable_eagerloads(False)` joins no relation just to load it. */
function eagerStep(_world: World, _frame: Frame, query: Query, call: MethodCall): Partial<Query> {
  return isConstant(argument(call, 0, "value"), "False") ? { eager: NO_EAGER_JOINS } : { eager: query.eager };
}

/** `query.with_parent(user)`: the rows of one relation of an instance. */
function parentStep(
  _world: World,
  _frame: Frame,
  _query: Query,
  _call: MethodCall,
  addition: Addition,
): undefined {
  addition.shape.conditions += 1;
  return undefined;
}

function plain(...names: string[]): Step {
  return (world, frame, _query, call, addition) => {
    for (const value of [...call.args, ...call.keywords.values()])
      addValue(world, frame, addition, value, call.at);
    addition.features.push(...names.map((name) => featureAt(frame, name, call.at)));
    return undefined;
  };
}

function takeStep(world: World, frame: Frame, query: Query, call: MethodCall, addition: Addition): undefined {
  takeArguments(world, frame, query, call, addition);
  forgetConditions(addition);
  return undefined;
}

/** A row then is no instance alone. */
function addColumnsStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): Partial<Query> {
  takeStep(world, frame, query, call, addition);
  return {
    row: [...(query.row ?? []), ...rowOf(call.args)],
    shape: { ...query.shape, columns: query.shape.columns + selectedWidth(call.args) },
  };
}

/** `select(func.count()).select_from(User)`: what is counted is the statement's model. */
function selectFromStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): Partial<Query> {
  takeStep(world, frame, query, call, addition);
  if (query.model !== null) return {};
  const model = call.args.flatMap((value) => value.map(entityModel)).find((one) => one !== null) ?? null;
  const orm = model === null || typeof model === "string" ? null : mappedBy(model);
  return orm === null ? { model } : { model, orm, layer: "orm" };
}

function takeArguments(
  world: World,
  frame: Frame,
  _query: Query,
  call: MethodCall,
  addition: Addition,
): undefined {
  const exprs = call.expr.kind === "call" ? call.expr.args : [];
  for (const [index, value] of call.args.entries())
    addValue(world, frame, addition, value, exprs[index]?.start ?? call.at);
  return undefined;
}

/** Each argument of where() is a condition at least, also one that is not known. */
function takeConditions(world: World, frame: Frame, call: MethodCall, addition: Addition): void {
  const exprs = call.expr.kind === "call" ? call.expr.args : [];
  for (const [index, value] of call.args.entries()) {
    const before = addition.shape.conditions;
    addValue(world, frame, addition, value, exprs[index]?.start ?? call.at);
    if (addition.shape.conditions === before && exprs[index]?.kind !== "star") addition.shape.conditions += 1;
  }
}

function conditionStep(
  world: World,
  frame: Frame,
  _query: Query,
  call: MethodCall,
  addition: Addition,
): undefined {
  takeConditions(world, frame, call, addition);
  if (call.name === "having") {
    addition.features.push(featureAt(frame, "having", call.at));
    // Spider counts HAVING's alternatives and subqueries, but not that it is there.
    addition.shape.conditions = 0;
  }
  const starred = call.expr.kind === "call" ? call.expr.args.find((one) => one.kind === "star") : undefined;
  if (starred !== undefined) addition.features.push(featureAt(frame, "dynamic-filter", starred.start));
  return undefined;
}

function filterByStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): undefined {
  for (const [name, value] of call.keywords) {
    const relation = relationFilter(
      world,
      frame,
      query.model,
      name,
      value,
      lineIn(frame.module, keywordOffset(call, name)),
    );
    if (relation !== null) {
      addFragment(addition, relation);
      continue;
    }
    addition.shape.conditions += 1;
    for (const atom of value)
      if (atom.kind === "query")
        addStatement(world, frame, addition, atom.query, lineIn(frame.module, keywordOffset(call, name)));
  }
  const hasSpread = call.expr.kind === "call" && call.expr.keywords.some((keyword) => keyword.name === null);
  if (hasSpread) addition.features.push(featureAt(frame, "dynamic-filter", call.at));
  return undefined;
}

function columnsStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): Partial<Query> {
  takeStep(world, frame, query, call, addition);
  const isEntity = call.args.length === 1 && entityRow(call.args).length > 0;
  return {
    rows: isEntity ? "instances" : "values",
    row: rowOf(call.args),
    shape: { ...query.shape, columns: Math.max(1, selectedWidth(call.args)) },
  };
}

function orderStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): Partial<Query> {
  takeStep(world, frame, query, call, addition);
  addition.features.push(featureAt(frame, "order-by", call.at));
  return { shape: { ...query.shape, ordered: true } };
}

function groupStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): Partial<Query> {
  takeStep(world, frame, query, call, addition);
  addition.features.push(featureAt(frame, "group-by", call.at));
  return { shape: { ...query.shape, groupKeys: Math.max(1, call.args.length) } };
}

function limitStep(
  _world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): Partial<Query> {
  addition.features.push(featureAt(frame, "limit", call.at));
  return { shape: { ...query.shape, limited: true } };
}

function distinctStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): undefined {
  takeStep(world, frame, query, call, addition);
  addition.features.push(featureAt(frame, "distinct", call.at));
  if (call.args.length > 0) addition.features.push(featureAt(frame, "distinct-on", call.at));
  return undefined;
}

/** `insert().values([...])` of many rows is a bulk insert; values may hold subqueries. */
function valuesStep(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  addition: Addition,
): undefined {
  const isMany = argument(call, 0, "values").some((atom) => atom.kind === "sequence");
  if (isMany && query.operation === "insert") addition.features.push(featureAt(frame, "bulk", call.at));
  addSetValues(world, frame, addition, call);
  return undefined;
}

/** What `values(total=…)` and `update({Order.total: …})` write; Spider counts nothing of it. */
export function addSetValues(world: World, frame: Frame, addition: Addition, call: MethodCall): void {
  const given = argument(call, 0, "values").flatMap((atom) =>
    atom.kind === "mapping" ? [...atom.entries.values()] : [],
  );
  for (const value of [...given, ...call.keywords.values()]) addValue(world, frame, addition, value, call.at);
  Object.assign(addition.shape, { aggregates: 0 });
  forgetConditions(addition);
}

function fromSelectStep(
  _world: World,
  frame: Frame,
  _query: Query,
  call: MethodCall,
  addition: Addition,
): undefined {
  addition.features.push(featureAt(frame, "insert-from-select", call.at));
  for (const atom of argument(call, 1, "select"))
    if (atom.kind === "query") consume(_world, frame, atom.query);
  return undefined;
}
