// Texts that a setup.py spells out, put together or formatted from constants: `"django>=" + MINIMUM`, `f"{NAME}.txt"`.
import type { CallExpr, Expr, Parameter } from "../../../model/code.ts";
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

/** The arguments of a call by the parameters of the function called. */
export function localsOf(parameters: readonly Parameter[], call: CallExpr): Locals {
  const locals = new Map<string, readonly Expr[]>();
  let index = 0;
  for (const { name, kind, default: fallback } of parameters) {
    const keyword = call.keywords.find((argument) => argument.name === name)?.value;
    if (kind === "args") {
      locals.set(name, call.args.slice(index));
      index = call.args.length;
    } else if (kind !== "kwargs") {
      const value = keyword ?? (kind === "positional" ? call.args[index] : undefined) ?? fallback;
      if (kind === "positional" && keyword === undefined) index += 1;
      if (value !== null && value !== undefined) locals.set(name, [value]);
    }
  }
  return locals;
}
