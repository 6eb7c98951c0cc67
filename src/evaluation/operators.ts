// Binary operators, comparisons and negation where they mean something: texts, parts of statements, querysets.
import type { Expr, OperatorExpr } from "../model/code.ts";
import { joinAll, sequence, sql } from "./atoms.ts";
import { formatValue } from "./formatting.ts";
import type { Frame } from "./frame.ts";
import { lineIn } from "./module-info.ts";
import { combineQuerysets } from "./orm/django/combine-querysets.ts";
import { relationComparison } from "./orm/sqlalchemy/relation-comparison.ts";
import { triggerQueries } from "./orm/trigger.ts";
import { combineFragments, EMPTY_FRAGMENT, type SqlFragment } from "./sql-fragment.ts";
import { placeAfter, placesOf, type TextPlace, textOf } from "./text-place.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

interface Spanned {
  readonly start: number;
}

/** The value of `left op right`, also of `left op= right`. */
export function combineOperands(
  world: World,
  frame: Frame,
  operator: string,
  values: readonly Value[],
  at: Spanned,
): Value {
  const [left = UNKNOWN, right = UNKNOWN] = values;
  const queries = combineQuerysets(world, frame, operator, left, right, at.start);
  if (queries !== null) return queries;
  const fragments = fragmentsOf(values);
  if (fragments.length > 0) return sql(combineConditions(fragments, operator, frame, at));
  if (operator === "|" && values.flat().some((atom) => atom.kind === "class" || atom.kind === "external"))
    return [{ kind: "type", instance: UNKNOWN }];
  if (operator === "%" && left[0]?.kind === "text") formatOperand(world, frame, right, at);
  const texts = combineTexts(left, right, operator);
  if (texts !== null) return texts;
  const lists = values.flat().filter((atom) => atom.kind === "sequence");
  if (operator === "+" && lists.length > 0) {
    const known = lists.map((atom) => (atom.kind === "sequence" ? atom.items : null));
    const allKnown = lists.length === 2 && known.every((items) => items !== null);
    const items = allKnown ? known.flatMap((items) => items ?? []) : null;
    return [
      sequence(
        "list",
        items,
        joinAll(lists.map((atom) => (atom.kind === "sequence" ? atom.element : UNKNOWN))),
      ),
    ];
  }
  const repeated = operator === "*" ? lists[0] : undefined;
  if (repeated?.kind === "sequence") return [sequence(repeated.of, null, repeated.element)];
  const mappings = values.flat().filter((atom) => atom.kind === "mapping");
  return operator === "|" && mappings.length > 0 ? mappings : UNKNOWN;
}

/** `"%s" % value`, also of several values in a tuple. */
function formatOperand(world: World, frame: Frame, right: Value, at: Spanned): void {
  const place: Expr = { kind: "constant", start: at.start, text: "" };
  for (const atom of right) {
    const values = atom.kind === "sequence" && atom.of === "tuple" ? (atom.items ?? []) : [[atom]];
    for (const value of values) formatValue(world, frame, value, place);
  }
}

function fragmentsOf(values: readonly Value[]): SqlFragment[] {
  return values.flatMap((value) => value.flatMap((atom) => (atom.kind === "sql" ? [atom.fragment] : [])));
}

/** `&` and `|` join conditions; other operators make an expression of their operands. */
function combineConditions(
  fragments: readonly SqlFragment[],
  operator: string,
  frame: Frame,
  at: Spanned,
): SqlFragment {
  const isLogical = operator === "&" || operator === "|" || operator === "^";
  const combined = combineFragments(fragments, isLogical ? "condition" : (fragments[0]?.role ?? "other"));
  const or = operator === "|" ? [{ name: "or", line: lineIn(frame.module, at.start) }] : [];
  return { ...combined, ors: combined.ors + or.length, features: combined.features };
}

/** `+` and `%` on texts: what is constant stays, the rest is unknown text. */
function combineTexts(left: Value, right: Value, operator: string): Value | null {
  const [first] = left;
  const [second] = right;
  if (operator === "+" && (first?.kind === "text" || second?.kind === "text")) {
    const parts = [...textParts(first), ...textParts(second)];
    const texts = [first, second].map((atom) => (atom?.kind === "text" ? atom : null));
    const isComposed = texts.some((text) => text?.isComposed);
    const interpolated = texts.some((text) => text?.interpolated ?? !isComposed);
    const both = textOf(parts, [...placesOf(first), ...placesOf(second)], interpolated);
    return [isComposed ? { ...both, isComposed } : both];
  }
  if (operator === "%" && first?.kind === "text") return [formatPercent(first, right)];
  return null;
}

/** What stands between the placeholders of a template; `%%` is none. */
function aroundPlaceholders(template: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: found, index } of template.matchAll(/%%|%(?:\(\w+\))?[-#0-9.]*[sdifrx]/g)) {
    if (found === "%%") continue;
    pieces.push(template.slice(from, index));
    from = index + found.length;
  }
  return [...pieces, template.slice(from)];
}

function textParts(atom: Atom | undefined): readonly (string | null)[] {
  return atom?.kind === "text" ? atom.parts : [null];
}

function formatPercent(template: Extract<Atom, { kind: "text" }>, values: Value): Atom {
  const given = values.flatMap((atom) =>
    atom.kind === "sequence" && atom.items !== null
      ? atom.items
      : atom.kind === "text" || atom.kind === "constant"
        ? [values]
        : [],
  );
  let index = 0;
  let interpolated = template.interpolated;
  const parts: (string | null)[] = [];
  const places: TextPlace[] = [];
  const origins = placesOf(template);
  for (const [part, written] of template.parts.entries()) {
    let place = origins[part] ?? null;
    for (const [at, piece] of (written === null ? [null] : aroundPlaceholders(written)).entries()) {
      if (at > 0) {
        const value = given[index]?.[0];
        index += 1;
        interpolated ||= value?.kind !== "constant" && (value?.kind !== "text" || value.interpolated);
        parts.push(...(value?.kind === "constant" ? [value.text] : textParts(value)));
        places.push(...placesOf(value));
      }
      parts.push(piece?.replaceAll("%%", "%") ?? null);
      places.push(place);
      place = placeAfter(place, piece ?? "");
    }
  }
  return textOf(parts, places, interpolated);
}

/** A comparison: a condition when a side is a part of a statement; `x in queryset` runs the queryset. */
export function compareOperands(
  world: World,
  frame: Frame,
  expr: OperatorExpr,
  values: readonly Value[],
): Value {
  const container = values.at(-1) ?? UNKNOWN;
  const last: Expr | undefined = expr.operands.at(-1);
  if (/\bin$/.test(expr.operator) && last !== undefined)
    triggerQueries(world, frame, container, last, "membership test");
  const fragments = fragmentsOf(values);
  if (fragments.length === 0) return UNKNOWN;
  const relation = fragments.some(({ role }) => role === "relation")
    ? relationComparison(frame, expr.operator, values, expr.start)
    : null;
  if (relation !== null) return sql(relation);
  const combined = combineFragments(fragments, "condition");
  return sql({ ...combined, conditions: Math.max(1, combined.conditions) });
}

/** `~Q(...)`, `-F(...)`, `~column`. */
export function negate(value: Value, operator: string): Value {
  const fragments = fragmentsOf([value]);
  if (fragments.length === 0)
    return operator === "-" ? UNKNOWN : value.filter((atom) => atom.kind === "query");
  const [only] = fragments;
  if (operator !== "-" && fragments.length === 1 && only?.negation !== undefined) return sql(only.negation);
  return sql(
    fragments.length === 1 ? (fragments[0] ?? EMPTY_FRAGMENT) : combineFragments(fragments, "condition"),
  );
}
