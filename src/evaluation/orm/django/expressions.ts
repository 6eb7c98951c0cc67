// Django's query expressions as parts of statements: Q, F, aggregates, functions, subqueries, conditions, windows.
import { constantText, sql } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import type { Feature } from "../../query.ts";
import { combineFragments, EMPTY_FRAGMENT, type LookupPath, type SqlFragment } from "../../sql-fragment.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { consume } from "../build-query.ts";
import { argument, type CallContext, keywordOffset } from "../call-context.ts";

const AGGREGATES =
  /^django\.(?:db\.models|contrib\.postgres\.aggregates|contrib\.gis\.db\.models)\.(?:Count|Sum|Avg|Max|Min|StdDev|Variance|AnyValue|StringAgg|ArrayAgg|JSONBAgg|BitAnd|BitOr|BitXor|BoolAnd|BoolOr|Corr|CovarPop|Regr\w+|Collect|Extent|MakeLine|Union)$/;
const FULL_TEXT = /^django\.contrib\.postgres\.search\.(?:\w+)$/;
const FUNCTIONS =
  /^django\.(?:db\.models\.functions|contrib\.gis\.db\.models\.functions|contrib\.postgres\.functions|contrib\.postgres\.expressions)\.(?:\w+\.)*\w+$/;
const JSON_PATHS = /\.(?:KeyTextTransform|KeyTransform|KT)$/;
const JSON_FUNCTIONS = /\.(?:JSONObject|JSONArray)$/;

/** The part of a statement that a call of Django's expression API makes, or null for any other name. */
export function djangoExpression(world: World, frame: Frame, name: string, call: CallContext): Value | null {
  const line = lineIn(frame.module, call.site.start);
  const short = name.slice(name.lastIndexOf(".") + 1);
  if (AGGREGATES.test(name)) return sql(aggregate(frame, name, call, line));
  if (FULL_TEXT.test(name))
    return sql(withFeatures(operands(frame, call), "function", ["full-text", "vendor-specific"], line));
  if (JSON_PATHS.test(name)) return sql(withFeatures(operands(frame, call), "function", ["json"], line));
  if (JSON_FUNCTIONS.test(name))
    return sql(withFeatures(operands(frame, call), "function", ["json", "db-function"], line));
  if (FUNCTIONS.test(name)) {
    const features = short === "ArraySubquery" ? ["subquery", "array", "vendor-specific"] : ["db-function"];
    const inner = short === "ArraySubquery" ? subquery(world, frame, call, line, features) : null;
    return sql(inner ?? withFeatures(operands(frame, call), "function", features, line));
  }
  if (!/^django\.db\.models\.\w+$/.test(name)) return null;
  switch (short) {
    case "Q":
      return sql(condition(world, frame, call));
    case "F":
      return sql({
        ...EMPTY_FRAGMENT,
        role: "column",
        features: [{ name: "f-expression", line }],
        lookups: pathsOf(call.args.slice(0, 1), line, "reference"),
      });
    case "OuterRef":
      return sql({ ...EMPTY_FRAGMENT, role: "column" });
    case "Subquery":
      return sql(subquery(world, frame, call, line, ["subquery"]));
    case "Exists":
      return sql({ ...subquery(world, frame, call, line, ["exists", "subquery"]), conditions: 1 });
    case "Case":
      return sql(withFeatures(operands(frame, call), "conditional", ["conditional"], line));
    case "When":
      return sql(withFeatures(condition(world, frame, call), "conditional", [], line));
    case "Window":
      return sql(window(frame, call, line));
    case "Func":
      return sql(withFeatures(operands(frame, call), "function", ["db-function"], line));
    case "Value":
    case "ExpressionWrapper":
    case "OrderBy":
    case "CombinedExpression":
      return sql(operands(frame, call));
    case "FilteredRelation":
      return sql({ ...operands(frame, call), role: "relation" });
    case "Prefetch":
      return sql(prefetch(world, frame, call, line));
    default:
      return short === "RawSQL" ? sql(raw(line)) : null;
  }
}

/** `RawSQL(...)` lives in django.db.models.expressions. */
export function raw(line: number): SqlFragment {
  return { ...EMPTY_FRAGMENT, role: "raw", features: [{ name: "raw-fragment", line }] };
}

function pathsOf(values: readonly Value[], line: number, use: LookupPath["use"]): LookupPath[] {
  return values.flatMap((value) => {
    const path = constantText(value);
    return path === null || path === "*" ? [] : [{ path, line, use }];
  });
}

function fragmentsIn(values: readonly Value[]): SqlFragment[] {
  return values.flatMap((value) => value.flatMap((atom) => (atom.kind === "sql" ? [atom.fragment] : [])));
}

/** All arguments of an expression: names are references to fields, expressions are taken in. */
function operands(frame: Frame, call: CallContext, use: LookupPath["use"] = "reference"): SqlFragment {
  const values = [...call.args, ...call.keywords.values()].flatMap((value) =>
    value.flatMap((atom) => (atom.kind === "sequence" && atom.items !== null ? atom.items : [[atom]])),
  );
  const combined = combineFragments(fragmentsIn(values), "other");
  const line = lineIn(frame.module, call.site.start);
  const names = [
    ...call.args,
    ...(call.keywords.has("expression") ? [call.keywords.get("expression") ?? []] : []),
  ];
  return { ...combined, lookups: [...combined.lookups, ...pathsOf(names, line, use)] };
}

function withFeatures(
  fragment: SqlFragment,
  role: SqlFragment["role"],
  names: readonly string[],
  line: number,
): SqlFragment {
  const features: Feature[] = names.map((name) => ({ name, line }));
  return { ...fragment, role, features: [...features, ...fragment.features] };
}

/** What a window applies is neither an aggregate of the statement nor a function of its own. */
function window(frame: Frame, call: CallContext, line: number): SqlFragment {
  const applied = fragmentsIn([argument(call, 0, "expression")]).flatMap(({ features }) =>
    features.slice(0, 1),
  );
  const inner = operands(frame, call);
  const features = inner.features.filter((feature) => !applied.includes(feature));
  const told = withFeatures({ ...inner, features }, "window", ["window"], line);
  const frameOffset = call.keywords.has("frame") ? keywordOffset(call, "frame") : call.site.start;
  const isFramed = argument(call, 3, "frame").some(({ kind }) => kind !== "constant");
  const framed = isFramed ? [{ name: "window-frame", line: lineIn(frame.module, frameOffset) }] : [];
  return { ...told, features: [...told.features, ...framed], aggregates: 0 };
}

function aggregate(frame: Frame, name: string, call: CallContext, line: number): SqlFragment {
  const features = ["aggregate"];
  if (name.includes(".postgres.")) features.push("vendor-specific");
  if (name.endsWith(".ArrayAgg")) features.push("array");
  if (name.endsWith(".JSONBAgg")) features.push("json");
  const inner = operands(frame, call, "aggregate");
  return { ...withFeatures(inner, "aggregate", features, line), aggregates: inner.aggregates + 1 };
}

/** Keyword arguments are conditions joined by AND; positional ones are conditions already. */
function condition(world: World, frame: Frame, call: CallContext): SqlFragment {
  const inner = combineFragments(fragmentsIn(call.args), "condition");
  const conditions = [...call.keywords].filter(
    ([name]) => name !== "then" && name !== "condition" && !name.startsWith("_"),
  );
  const nested: SqlFragment[] = [];
  for (const [name, value] of conditions) {
    const line = lineIn(frame.module, keywordOffset(call, name));
    nested.push(...fragmentsIn([value]), ...subqueriesIn(world, frame, value, line));
  }
  const rest = combineFragments(
    [inner, ...nested, ...fragmentsIn([argument(call, 9, "then"), argument(call, 9, "condition")])],
    "condition",
  );
  const lookups = conditions.map(
    ([path]): LookupPath => ({
      path,
      line: lineIn(frame.module, keywordOffset(call, path)),
      use: "condition",
    }),
  );
  return { ...rest, conditions: rest.conditions + conditions.length, lookups: [...rest.lookups, ...lookups] };
}

function subqueriesIn(world: World, frame: Frame, value: Value, line: number): SqlFragment[] {
  return value.flatMap((atom): SqlFragment[] => {
    if (atom.kind !== "query" || atom.query.isManager || atom.query.isFetched) return [];
    consume(world, frame, atom.query);
    return [{ ...EMPTY_FRAGMENT, nested: 1, features: [{ name: "subquery", line }, ...atom.query.features] }];
  });
}

function subquery(
  world: World,
  frame: Frame,
  call: CallContext,
  line: number,
  names: readonly string[],
): SqlFragment {
  const inner = subqueriesIn(world, frame, argument(call, 0, "queryset"), line);
  const features: Feature[] = names.map((name) => ({ name, line }));
  const held = inner
    .flatMap((fragment) => fragment.features)
    .filter((feature) => feature.name !== "subquery");
  return { ...EMPTY_FRAGMENT, role: "subquery", nested: 1, features: [...features, ...held] };
}

function prefetch(world: World, frame: Frame, call: CallContext, line: number): SqlFragment {
  const inner = subqueriesIn(world, frame, argument(call, 1, "queryset"), line).flatMap(
    (fragment) => fragment.features,
  );
  return {
    ...EMPTY_FRAGMENT,
    role: "eager-load",
    features: [{ name: "eager-load", line }, ...inner.filter((feature) => feature.name !== "subquery")],
    column: constantText(argument(call, 0, "lookup")),
  };
}
