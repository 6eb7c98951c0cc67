// Querysets that a function is given: whether using them there sends a statement is decided by those who call it.
import type { Parameter } from "../../../model/code.ts";
import type { FunctionCall } from "../../call-function.ts";
import type { FunctionInfo } from "../../function-info.ts";
import type { Atom, Value } from "../../value.ts";
import { inMemory } from "../trigger.ts";

/** Notes for which parameters a call may have an unread queryset. */
export function noteFilled(
  fn: FunctionInfo,
  receiver: Atom | null,
  { args, expr, keywords }: FunctionCall,
): void {
  fn.isCalled = true;
  const hasSpread =
    expr?.kind === "call" &&
    (expr.args.some(({ kind }) => kind === "star") || expr.keywords.some(({ name }) => name === null));
  if (hasSpread) fn.filled.add("*");
  const shift = receiver === null ? 0 : 1;
  for (const [index, { kind, name }] of fn.parameters.entries()) {
    const given = keywords.get(name) ?? (kind === "positional" ? args[index - shift] : undefined);
    if (given !== undefined && mayBeUnread(given)) fn.filled.add(name);
  }
}

/** A list of rows and None are none; what is not known may be one. */
function mayBeUnread(given: Value): boolean {
  return given.length === 0 || given.some(({ kind }) => kind === "query");
}

/**
 * What a parameter is declared as. Its querysets are in memory where the calls say so: those that give any give fetched ones,
 * or none gives any and the default is None. Of a function that nothing here calls the callers are unknown.
 */
export function declaredRows(
  fn: FunctionInfo,
  { default: fallback, name }: Parameter,
  declared: Value,
  isFinal: boolean,
): Value {
  if (!declared.some(({ kind }) => kind === "query") || (isFinal && !fn.isCalled)) return declared;
  const told = fn.passed.get(name)?.filter((atom) => atom.kind === "query") ?? [];
  if (told.length > 0) return told.every(isInMemory) ? inMemory(declared) : declared;
  const isNone = fallback?.kind === "constant" && fallback.text === "None";
  return isNone && !fn.filled.has(name) && !fn.filled.has("*") ? inMemory(declared) : declared;
}

function isInMemory(atom: Atom): boolean {
  return atom.kind === "query" && atom.query.isCached === true;
}
