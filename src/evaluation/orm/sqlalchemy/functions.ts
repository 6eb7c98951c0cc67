// SQLAlchemy's functions that make statements and parts of statements. Reference: "SQL Statements and Expressions API".

import type { QueryOperation } from "../../../model/report.ts";
import { isConstant, sql } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { EMPTY_SHAPE, type Feature, NO_EAGER_JOINS } from "../../query.ts";
import { EMPTY_FRAGMENT, type SqlFragment } from "../../sql-fragment.ts";
import { type Atom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { recordStart, startQuery, stepQuery } from "../build-query.ts";
import { argument, type CallContext, keywordOffset } from "../call-context.ts";
import {
  additionChange,
  addStatement,
  addValue,
  emptyAddition,
  enclosedStatement,
  forgetConditions,
} from "./absorb.ts";
import { entityFragment, entityModel, mappedClass, modelOf, rowOf, selectedWidth } from "./entity.ts";
import { selectedExpressions } from "./entity-load.ts";
import { mappedBy } from "./mapped-class.ts";
import { parentCondition, sourceFunction } from "./source-function.ts";

const AGGREGATES = new Set(
  `count sum avg min max array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg group_concat bool_and
  bool_or every stddev stddev_pop stddev_samp variance var_pop var_samp percentile_cont percentile_disc mode corr
  aggregate_strings total bit_and bit_or median any_value json_group_array`.split(/\s+/),
);
const WINDOW_FUNCTIONS = new Set(
  `row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value`.split(
    /\s+/,
  ),
);
const FULL_TEXT =
  /^(?:to_tsvector|to_tsquery|plainto_tsquery|phraseto_tsquery|websearch_to_tsquery|ts_rank|ts_rank_cd|ts_headline|similarity|word_similarity|match)$/;
const GROUPING_SETS = new Set(["cube", "rollup", "grouping_sets"]);
const LOADERS =
  /^sqlalchemy\.orm\.(joinedload|selectinload|subqueryload|immediateload|contains_eager|selectin_polymorphic)$/;
const LOADER_OPTIONS =
  /^sqlalchemy\.orm\.(?:load_only|defer|undefer|undefer_group|lazyload|raiseload|noload|defaultload|with_expression|with_loader_criteria|Load|defaultload)$/;
const WRAPPERS =
  /^sqlalchemy\.(?:cast|try_cast|type_coerce|literal|label|bindparam|collate|asc|desc|nulls_?first|nulls_?last|tuple_|distinct|any_|all_|between|true|false|null|extract|within_group|column|outparam|col|funcfilter|bitwise_not|from_dml_column)$/;
const SET_OPERATIONS = /^sqlalchemy\.(?:union|union_all|intersect|intersect_all|except_|except_all)$/;

/** The statement or part of one that a call makes; null for names that make neither. */
export function sqlalchemyFunction(
  world: World,
  frame: Frame,
  name: string,
  call: CallContext,
): Value | null {
  if (!name.startsWith("sqlalchemy")) return null;
  const short = name.slice(name.lastIndexOf(".") + 1);
  const line = lineIn(frame.module, call.site.start);
  if (name.startsWith("sqlalchemy.func.")) return sql(functionFragment(world, frame, short, call, line));
  if (name === "sqlalchemy.select") return select(world, frame, call);
  if (/^sqlalchemy\.(?:dialects\.\w+\.(?:dml\.)?)?(?:insert|update|delete)$/.test(name))
    return dml(world, frame, short, call);
  if (name === "sqlalchemy.text") return textStatement(world, frame, call);
  if (SET_OPERATIONS.test(name)) return setOperation(world, frame, call, line, false);
  if (LOADERS.test(name)) return sql(loader(world, frame, short, call, line));
  if (LOADER_OPTIONS.test(name)) {
    const begins = short === "defaultload" || short === "Load";
    return sql({ ...EMPTY_FRAGMENT, role: "eager-load", ...(begins ? { eager: NO_EAGER_JOINS } : {}) });
  }
  if (WRAPPERS.test(name)) return sql(operands(world, frame, call, short === "null" ? "null" : "other"));
  switch (name) {
    case "sqlalchemy.and_":
    case "sqlalchemy.or_": {
      const inner = operands(world, frame, call, "condition");
      const ors = short === "or_" ? Math.max(1, call.args.length - 1) : 0;
      const conditions = Math.max(inner.conditions, operandCount(call));
      return sql({ ...inner, conditions, ors: inner.ors + ors });
    }
    case "sqlalchemy.not_": {
      const [only] = argument(call, 0, "clause");
      const isPlain = only?.kind !== "sql" || only.fragment.negation === undefined;
      return sql(isPlain ? operands(world, frame, call, "other") : only.fragment.negation);
    }
    case "sqlalchemy.orm.with_parent":
      return sql(parentCondition(argument(call, 1, "prop"), line));
    case "sqlalchemy.case":
      return sql(named(operands(world, frame, call, "conditional"), ["conditional"], line));
    case "sqlalchemy.over":
      return sql(asWindow(operands(world, frame, call, "window"), line, frameOf(frame, call)));
    case "sqlalchemy.exists":
      return sql(
        named(
          { ...operands(world, frame, call, "subquery"), nested: 1, conditions: 1, sources: [] },
          ["exists", "subquery"],
          line,
        ),
      );
    case "sqlalchemy.lateral":
      return sql(named(operands(world, frame, call, "table"), ["lateral"], line));
    case "sqlalchemy.values":
      // Its columns are names for the rows written out, not columns of a table.
      return sql(
        named({ ...operands(world, frame, call, "table"), model: null, sources: [] }, ["values"], line),
      );
    case "sqlalchemy.literal_column":
      return sql(named({ ...EMPTY_FRAGMENT, role: "raw" }, ["raw-fragment"], line));
    default:
      return sourceFunction(world, name, call, line);
  }
}

/**
 * Each operand is a condition at least, also one that is not known; `and_(True, …)` only begins with a constant, and what a
 * star spreads is taken for several.
 */
function operandCount({ args, expr }: CallContext): number {
  const isConstant = (value: Value): boolean => value.some(({ kind }) => kind === "constant");
  const isSpread = expr.kind === "call" && expr.args.some(({ kind }) => kind === "star");
  return Math.max(isSpread ? 2 : 0, args.filter((value) => !isConstant(value)).length);
}

function named(fragment: SqlFragment, names: readonly string[], line: number): SqlFragment {
  return { ...fragment, features: [...names.map((name) => ({ name, line })), ...fragment.features] };
}

/** The frame that a window is given: `rows=(-2, 0)`, `range_=(None, 0)`, `groups=(0, 1)`. */
export function frameOf(frame: Frame, call: CallContext): readonly Feature[] {
  return ["rows", "range_", "groups"].flatMap((name) =>
    call.keywords.has(name) && !isConstant(call.keywords.get(name) ?? [], "None")
      ? [{ name: "window-frame", line: lineIn(frame.module, keywordOffset(call, name)) }]
      : [],
  );
}

/** A window is no aggregate of the statement, whatever function it applies. */
export function asWindow(fragment: SqlFragment, line: number, framed: readonly Feature[]): SqlFragment {
  const features = fragment.features.filter(
    (feature) => feature.name !== "aggregate" && feature.name !== "window",
  );
  return {
    ...fragment,
    role: "window",
    aggregates: 0,
    features: [{ name: "window", line }, ...features, ...framed],
  };
}

/** All arguments of an expression taken together. */
export function operands(
  world: World,
  frame: Frame,
  call: Pick<CallContext, "args" | "keywords" | "site">,
  role: SqlFragment["role"],
): SqlFragment {
  const addition = emptyAddition();
  for (const value of [...call.args, ...call.keywords.values()])
    addValue(world, frame, addition, value, call.site.start);
  const first = [...call.args].flat().find((atom) => atom.kind === "sql");
  const model = first?.kind === "sql" ? first.fragment.model : null;
  return {
    ...EMPTY_FRAGMENT,
    ...addition.shape,
    role,
    features: addition.features,
    sources: addition.sources,
    model,
  };
}

function functionFragment(
  world: World,
  frame: Frame,
  short: string,
  call: CallContext,
  line: number,
): SqlFragment {
  const inner = operands(world, frame, call, "function");
  const name = short.toLowerCase();
  const features: string[] = [];
  if (AGGREGATES.has(name)) features.push("aggregate");
  else if (WINDOW_FUNCTIONS.has(name)) features.push("window");
  else if (FULL_TEXT.test(name)) features.push("full-text", "vendor-specific");
  else if (GROUPING_SETS.has(name)) features.push("grouping-sets");
  else features.push("db-function");
  if (/^jsonb?_/.test(name)) features.push("json");
  if (/^(?:array_|unnest)/.test(name)) features.push("array");
  const isAggregate = AGGREGATES.has(name);
  return named(
    {
      ...inner,
      role: isAggregate ? "aggregate" : "function",
      aggregates: inner.aggregates + (isAggregate ? 1 : 0),
    },
    features,
    line,
  );
}

function select(world: World, frame: Frame, call: CallContext): Value {
  const entities = entitiesOf(call.args);
  const { model, isOneOfMany } = modelOf(entities);
  const isOrm = entities.some((value) =>
    value.some((atom) => mappedClass(atom) !== null || isMappedColumn(atom)),
  );
  const start = startQuery({
    style: "sqlalchemy-select",
    orm:
      isOrm && model !== null && typeof model !== "string"
        ? (mappedBy(model) ?? "sqlalchemy-orm")
        : "sqlalchemy-core",
    layer: isOrm ? "orm" : "core",
    model,
    operation: "select",
    site: call.site,
    isHeuristic: typeof model === "string" && model.includes("."),
    isOneOfMany,
  });
  const addition = emptyAddition();
  for (const value of entities) addValue(world, frame, addition, value, call.site.start);
  forgetConditions(addition);
  const change = additionChange(start, addition);
  const isEntity = entities.length === 1 && (entities[0] ?? []).some((atom) => mappedClass(atom) !== null);
  // What cannot be resolved is mostly a class that is passed in.
  const isUnresolved = call.args.length === 1 && call.args[0]?.length === 0;
  const columns = isEntity || isUnresolved ? 2 : selectedWidth(entities);
  const query = stepQuery(world, frame, start, call.site, {
    ...change,
    rows: isEntity ? "instances" : "values",
    row: rowOf(entities),
    shape: { ...change.shape, columns },
  });
  return [{ kind: "query", query }];
}

/** The entities and columns of `select(A, B)`, and of `select([A, B])` as it was written before 2.0. */
export function entitiesOf(args: readonly Value[]): readonly Value[] {
  return args.flatMap((value) => {
    const listed = value.find((atom) => atom.kind === "sequence" && atom.items !== null);
    return listed?.kind === "sequence" && listed.items !== null ? listed.items : [value];
  });
}

function isMappedColumn(atom: Atom): boolean {
  return atom.kind === "sql" && atom.fragment.model !== null && typeof atom.fragment.model !== "string";
}

function dml(world: World, frame: Frame, short: string, call: CallContext): Value {
  const [target] = argument(call, 0, "table");
  const model = target === undefined ? null : entityModel(target);
  const isOrm = model !== null && typeof model !== "string";
  const query = startQuery({
    style: "sqlalchemy-dml",
    orm: isOrm ? (mappedBy(model) ?? "sqlalchemy-orm") : "sqlalchemy-core",
    layer: isOrm ? "orm" : "core",
    model,
    operation: short as QueryOperation,
    site: call.site,
  });
  const line = lineIn(frame.module, call.site.start);
  const from = target === undefined || model === null ? null : entityFragment(target, line);
  const sources = from?.sources ?? [];
  return [{ kind: "query", query: recordStart(world, frame, { ...query, sources }) }];
}

function textStatement(world: World, frame: Frame, call: CallContext): Value {
  const query = startQuery({
    style: "sqlalchemy-text",
    orm: "sqlalchemy-core",
    layer: "raw",
    model: null,
    operation: "unknown",
    site: call.site,
  });
  const features = [{ name: "raw-fragment", line: lineIn(frame.module, call.site.start) }];
  const made = { ...query, features, rows: "values" as const, text: argument(call, 0, "text") };
  return [{ kind: "query", query: recordStart(world, frame, made) }];
}

/** `union(first, second)`: one statement of several. A method of the legacy Query selects from them as a derived table. */
export function setOperation(
  world: World,
  frame: Frame,
  call: CallContext,
  line: number,
  isLegacy: boolean,
): Value {
  const inner = call.args.flatMap((value) =>
    value
      .flatMap((atom) => (atom.kind === "sequence" ? atom.element : [atom]))
      .flatMap((atom) => (atom.kind === "query" ? [atom.query] : [])),
  );
  const [first, ...others] = inner;
  if (first === undefined) return UNKNOWN;
  const addition = emptyAddition();
  for (const other of others) addStatement(world, frame, addition, enclosedStatement(world, other), line);
  const features = addition.features.filter((feature) => feature.name !== "subquery");
  const query = stepQuery(world, frame, isLegacy ? enclosedStatement(world, first) : first, call.site, {
    features: [
      { name: "set-operation", line },
      ...(isLegacy ? [{ name: "derived-table", line }] : []),
      ...features,
    ],
    shape: { setOperations: Math.max(1, others.length) },
    ...(isLegacy
      ? { eager: first.eager, loaded: first.loaded }
      : { rows: "values", style: "sqlalchemy-select", eager: NO_EAGER_JOINS }),
    outer: isLegacy ? { ...EMPTY_SHAPE, columns: first.shape.columns } : null,
  });
  // A new statement of several: it begins where they are put together.
  return [{ kind: "query", query: { ...query, origin: call.site } }];
}

function loader(world: World, frame: Frame, short: string, call: CallContext, line: number): SqlFragment {
  const relation = call.args.flat().find((atom) => atom.kind === "sql");
  const fragment = relation?.kind === "sql" ? relation.fragment : EMPTY_FRAGMENT;
  const made = {
    ...EMPTY_FRAGMENT,
    role: "eager-load",
    column: fragment.column,
    model: fragment.target,
    eager: NO_EAGER_JOINS,
  } as const;
  return withLoader(world, frame, made, call, { short, relation: fragment, line });
}

/** One link of a chain of loaders: its name, the relation it is about, its line. */
interface LoaderLink {
  readonly short: string;
  readonly relation: SqlFragment;
  readonly line: number;
}

/** A loader, or a further link of its chain: only what joins from the statement itself on is part of it. */
export function withLoader(
  world: World,
  frame: Frame,
  chain: SqlFragment,
  call: Pick<CallContext, "keywords">,
  { line, relation, short }: LoaderLink,
): SqlFragment {
  const features = [...chain.features, { name: "eager-load", line }];
  const { eager } = chain;
  const isPart = short === "joinedload" || short === "contains_eager" || short === "defaultload";
  // What a loader joined before stays in the statement, whatever is loaded apart behind it.
  if (eager === undefined || chain.isApart || !isPart) return { ...chain, features, isApart: true };
  if (short !== "joinedload") return { ...chain, features };
  const sides = relation.relation;
  const isInner = (call.keywords.get("innerjoin") ?? UNKNOWN).some(
    (atom) => (atom.kind === "constant" && atom.text === "True") || atom.kind === "text",
  );
  return {
    ...chain,
    features,
    eager: {
      features: [
        ...eager.features,
        { name: isInner ? "join" : "outer-join", line },
        ...(relation.target === null ? [] : selectedExpressions(world, relation.target, frame.fn)).map(
          (name) => ({
            name,
            line,
          }),
        ),
      ],
      tables: eager.tables + (sides?.isThroughTable ? 2 : 1),
      isMany: eager.isMany || (sides?.isMany ?? false),
      isOrdered: eager.isOrdered || (sides?.isOrdered ?? false),
    },
  };
}
