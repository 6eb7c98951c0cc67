// Texts that a setup.py spells out, put together or formatted from constants: `"django>=" + MINIMUM`, `f"{NAME}.txt"`.
import type { CallExpr, Expr, Parameter, StringExpr } from "../../../model/code.ts";
import type { Bindings } from "./bindings.ts";

/** Arguments of the helper function that is being looked into, by parameter. */
export type Locals = ReadonlyMap<string, readonly Expr[]>;
export interface Reading {
  readonly bindings: Bindings;
  readonly locals: Locals;
  readonly budget: Budget;
}

/**
 * Names that refer to each other twice over would take for ever, and long chains of names more stack than there is.
 * Shared by all readings of a file.
 */
export interface Budget {
  /** Steps left. */
  steps: number;
  depth: number;
}

const MAX_DEPTH = 200;

/** One step deeper into an expression: what `read` gives, or `whenSpent` when the budget does not allow the step. */
export function descend<Result>({ budget }: Reading, whenSpent: Result, read: () => Result): Result {
  budget.steps -= 1;
  if (budget.steps < 0 || budget.depth >= MAX_DEPTH) return whenSpent;
  budget.depth += 1;
  const result = read();
  budget.depth -= 1;
  return result;
}

const MAX_TEXT = 100_000;

/** The text an expression stands for, or null when it is not a text or not known. */
export function constantText(expr: Expr, reading: Reading): string | null {
  const text = descend(reading, null, () => rawText(expr, reading));
  return text === null || text.length > MAX_TEXT ? null : text;
}

function rawText(expr: Expr, reading: Reading): string | null {
  const read = (part: Expr): string | null => constantText(part, reading);
  switch (expr.kind) {
    case "string":
      return joined(expr.parts.map((part) => (typeof part === "string" ? part : read(part))));
    case "constant":
      return /^[\d.]+$/.test(expr.text) ? expr.text : null;
    case "name": {
      const local = reading.locals.get(expr.id);
      const values = local ?? reading.bindings.values.get(expr.id) ?? [];
      const [only] = values;
      // A name bound twice may hold either.
      return only === undefined || values.length > 1 ? null : read(only);
    }
    case "binary": {
      const [left, right] = expr.operands;
      if (left === undefined || right === undefined) return null;
      if (expr.operator === "+") return joined([read(left), read(right)]);
      return expr.operator === "%" ? percent(read(left), right, read) : null;
    }
    case "call":
      return textOfCall(expr, read);
    default:
      return null;
  }
}

function joined(parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : parts.join("");
}

function percent(pattern: string | null, value: Expr, read: (expr: Expr) => string | null): string | null {
  const values = (value.kind === "tuple" ? value.items : [value]).map(read);
  let index = 0;
  let known = pattern !== null;
  const result = pattern?.replace(/%[sdr%]/g, (place) => {
    if (place === "%%") return "%";
    const text = values[index] ?? null;
    index += 1;
    known &&= text !== null;
    return text ?? "";
  });
  return known ? (result ?? null) : null;
}

function textOfCall(call: CallExpr, read: (expr: Expr) => string | null): string | null {
  const { callee, args } = call;
  if (callee.kind === "name" && callee.id === "str" && args[0] !== undefined) return read(args[0]);
  if (isPathJoin(callee)) {
    const parts = args.map(read);
    return parts.every((part) => part !== null) ? parts.join("/") : null;
  }
  if (callee.kind !== "attribute") return null;
  const base = ["strip", "lstrip", "rstrip", "lower", "format"].includes(callee.name)
    ? read(callee.base)
    : null;
  if (base === null) return null;
  if (callee.name === "lower") return base.toLowerCase();
  if (callee.name !== "format") return base.trim();
  let index = 0;
  let known = true;
  const result = base.replace(/\{(\w*)\}/g, (_, key: string) => {
    const at = key === "" ? index++ : Number(key);
    const named = call.keywords.find(({ name }) => name === key)?.value;
    const value = named ?? (Number.isInteger(at) ? args[at] : undefined);
    const text = value === undefined ? null : read(value);
    known &&= text !== null;
    return text ?? "";
  });
  return known ? result : null;
}

/** `os.path.join`, `path.join`, `join`; not `", ".join`. */
function isPathJoin(callee: Expr): boolean {
  if (callee.kind === "name") return callee.id === "join";
  if (callee.kind !== "attribute" || callee.name !== "join") return false;
  const { base } = callee;
  return base.kind === "name" ? base.id === "path" : base.kind === "attribute" && base.name === "path";
}

/** The texts of a list, tuple or set of constants, under whatever name; null when it is anything else. */
export function constantTexts(expr: Expr, reading: Reading): readonly string[] | null {
  return descend<readonly string[] | null>(reading, null, () => {
    if (expr.kind === "name") {
      const values = reading.locals.get(expr.id) ?? reading.bindings.values.get(expr.id) ?? [];
      const [only] = values;
      return only === undefined || values.length > 1 ? null : constantTexts(only, reading);
    }
    if (expr.kind === "dict") return null;
    if (expr.kind !== "list" && expr.kind !== "tuple" && expr.kind !== "set") return null;
    const texts = expr.items.map((item) => constantText(item, reading));
    return texts.every((text) => text !== null) ? texts : null;
  });
}

/** The same reading with a name bound to a constant: the variable of a comprehension. */
export function withLocal(reading: Reading, name: string, text: string, at: number): Reading {
  return { ...reading, locals: new Map(reading.locals).set(name, [literal(text, at, at)]) };
}

function literal(text: string, start: number, end: number): StringExpr {
  return { kind: "string", start, end, parts: [text], bytes: false };
}

/** The arguments of a call by the parameters of the function called, with the caller's own arguments put in place. */
export function localsOf(parameters: readonly Parameter[], call: CallExpr, caller: Reading): Locals {
  const args = call.args.flatMap((argument) => valuesOf(argument, caller));
  const locals = new Map<string, readonly Expr[]>();
  let index = 0;
  for (const { name, kind, default: fallback } of parameters) {
    const keyword = call.keywords.find((argument) => argument.name === name)?.value;
    if (kind === "args") {
      locals.set(name, args.slice(index));
      index = args.length;
    } else if (kind !== "kwargs") {
      const value = keyword ?? (kind === "positional" ? args[index] : undefined) ?? fallback;
      if (kind === "positional" && keyword === undefined) index += 1;
      if (value !== null && value !== undefined) locals.set(name, valuesOf(value, caller));
    }
  }
  return locals;
}

function valuesOf(argument: Expr, caller: Reading): readonly Expr[] {
  const inner = argument.kind === "star" ? argument.operands[0] : argument;
  if (inner?.kind === "name") {
    const values = caller.locals.get(inner.id);
    if (values !== undefined) return values;
  }
  const text = constantText(argument, caller);
  return text === null ? [argument] : [literal(text, argument.start, argument.start + text.length)];
}
