// Methods of columns and expressions: comparisons, windows, labels. Reference: ColumnOperators, RelationshipProperty.Comparator.
import { sql } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { combineFragments, EMPTY_FRAGMENT, type SqlFragment } from "../../sql-fragment.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { startQuery, stepQuery } from "../build-query.ts";
import type { MethodCall } from "../call-context.ts";
import { addFragment, additionChange, emptyAddition, forgetConditions } from "./absorb.ts";
import { asWindow, frameOf, operands, withLoader } from "./functions.ts";
import { existence } from "./relation-comparison.ts";
import { aliasOf, goesThroughTable, joined, tableBetween } from "./source-function.ts";

const CONDITIONS =
  /^(?:in_|not_?in_?|is_|is_?not(?:_distinct_from)?|isnot|is_distinct_from|between|op|bool_op|contained_by|overlaps?|has_key|has_any|has_all|contains|any|has)$/;
const LIKES = /^(?:not_?)?(?:i?like|i?startswith|i?endswith|i?contains|regexp_match|match)$/;

/** What a method of a SQL expression gives: another expression, or a statement for `exists().select()` and tables. */
export function expressionMethod(world: World, frame: Frame, fragment: SqlFragment, call: MethodCall): Value {
  const { name } = call;
  const line = lineIn(frame.module, call.at);
  const inner = operands(world, frame, call, fragment.role);
  const combined = combineFragments([fragment, inner], fragment.role);
  // A subquery's tables and conditions are its own; the tables of the statement around it are there already.
  const isInside = fragment.role === "subquery" || name === "any" || name === "has";
  const { aggregates, conditions, likes, nested, ors, sources } = fragment;
  const both = isInside ? { ...combined, aggregates, conditions, likes, nested, ors, sources } : combined;
  if (name === "over") return sql(asWindow(both, line, frameOf(frame, call)));
  const isThrough = goesThroughTable(fragment);
  if ((name === "any" || name === "has") && fragment.role === "relation") {
    const inside = isThrough ? ["exists", "subquery", "join"] : ["exists", "subquery"];
    return sql(condition(withFeatures(both, inside, line), 1));
  }
  // The table between the two stands in FROM, beside the statement's own.
  if (name === "contains" && fragment.role === "relation")
    return sql(isThrough ? throughCondition(both, fragment, line) : condition(both));
  if (LIKES.test(name))
    return sql({ ...condition(both), likes: both.likes + 1, features: matchFeatures(both, name, line) });
  if (name === "in_" || name === "not_in" || name === "notin_") {
    const inside = call.args.flat().find((atom) => atom.kind === "sql" && atom.fragment.role === "table");
    if (inside?.kind === "sql") return sql(condition(amongRows(fragment, inside.fragment, line), 1));
  }
  if (CONDITIONS.test(name)) return sql(condition(both));
  if (name === "of_type") return sql(ofType(fragment, call));
  if (name === "and_") return sql(fragment);
  if (name === "select") return select(world, frame, fragment, call);
  if (name === "op") return sql(withFeatures(both, ["vendor-specific"], line));
  // `joinedload(A.b).selectinload(B.c)`: each further loader loads as well.
  if (
    fragment.role === "eager-load" &&
    /^(?:joinedload|selectinload|subqueryload|immediateload|contains_eager|defaultload)$/.test(name)
  ) {
    const relation = call.args.flat().find((atom) => atom.kind === "sql");
    const loaded = relation?.kind === "sql" ? relation.fragment : EMPTY_FRAGMENT;
    return sql(withLoader(world, frame, fragment, call, { short: name, relation: loaded, line }));
  }

  // `series.union_all(following)`: the recursive part of a CTE.
  if (fragment.role === "table" && /^(?:union|union_all|intersect|except_)$/.test(name))
    return sql(asSource(withFeatures(withoutBranches(both, inner, line), ["set-operation"], line)));
  if (name === "join" || name === "outerjoin") return sql(joined(fragment, call, name === "outerjoin", line));
  if (name === "alias" && fragment.role === "table") return [aliasOf(call.receiver, [], call, line)];
  return sql(name === "label" ? fragment : both);
}

/** The statements that a set operation combines are its branches, not subqueries. */
function withoutBranches(both: SqlFragment, branches: SqlFragment, line: number): SqlFragment {
  const isBranch = branches.features.find(({ name, line: at }) => name === "subquery" && at === line);
  return { ...both, features: both.features.filter((feature) => feature !== isBranch) };
}

/** What a source gains goes into the statement with it. */
function asSource(fragment: SqlFragment): SqlFragment {
  const [first, ...others] = fragment.sources;
  if (first === undefined) return fragment;
  return {
    ...fragment,
    features: [],
    nested: 0,
    sources: [{ ...first, features: [...first.features, ...fragment.features] }, ...others],
  };
}

function matchFeatures(fragment: SqlFragment, name: string, line: number): SqlFragment["features"] {
  return name === "match" ? [...fragment.features, { name: "full-text", line }] : fragment.features;
}

/** `User.id.in_(subquery)`: the subquery's rows are what is compared with, no source of the statement. */
function amongRows(fragment: SqlFragment, rows: SqlFragment, line: number): SqlFragment {
  const inner = rows.sources
    .flatMap(({ features }) => features)
    .filter(({ name }) => name !== "derived-table");
  return { ...fragment, features: [...fragment.features, { name: "subquery", line }, ...inner] };
}

/** `Address.user.of_type(owner)`: the relation leads to the rows of an alias. */
function ofType(fragment: SqlFragment, { args }: MethodCall): SqlFragment {
  const alias = args.flat().find((atom) => atom.kind === "class" && atom.alias !== undefined);
  return alias?.kind === "class" && alias.alias !== undefined
    ? { ...fragment, alias: alias.alias }
    : fragment;
}

/** Negated, it asks that no row of the table between leads there. */
function throughCondition(both: SqlFragment, relation: SqlFragment, line: number): SqlFragment {
  const negation = existence(relation, relation.sources, line);
  return { ...condition(withSource(both, relation, line)), negation };
}

function withSource(fragment: SqlFragment, relation: SqlFragment, line: number): SqlFragment {
  return { ...fragment, sources: [...fragment.sources, tableBetween(relation, line)] };
}

function condition(fragment: SqlFragment, nested = 0): SqlFragment {
  return {
    ...fragment,
    role: "condition",
    conditions: Math.max(1, fragment.conditions),
    nested: fragment.nested + nested,
  };
}

function withFeatures(fragment: SqlFragment, names: readonly string[], line: number): SqlFragment {
  return { ...fragment, features: [...fragment.features, ...names.map((name) => ({ name, line }))] };
}

/** `table.select()`, `exists(...).select()`. */
function select(world: World, frame: Frame, fragment: SqlFragment, call: MethodCall): Value {
  const start = startQuery({
    style: "sqlalchemy-select",
    orm: "sqlalchemy-core",
    layer: "core",
    model: fragment.model,
    operation: "select",
    site: call.site,
  });
  const addition = emptyAddition();
  addFragment(addition, fragment);
  forgetConditions(addition);
  const query = stepQuery(world, frame, start, call.site, {
    ...additionChange(start, addition),
    rows: "values",
  });
  return [{ kind: "query", query }];
}
