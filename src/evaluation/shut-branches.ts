// Code of a function that one call of it cannot enter: `if save:` where the call says `save=False`, or leaves the default `None`.
import type { Expr, Parameter, Statement } from "../model/code.ts";
import { blocksOf, expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import type { FunctionInfo } from "./function-info.ts";
import { type CodeRange, shutCode } from "./shut-code.ts";
import { type Constants, literalOf, testsOf } from "./test-truth.ts";

const NONE: readonly CodeRange[] = [];
/** What is tested, and what was found out before, of functions that were called with constants. */
const known = new WeakMap<
  FunctionInfo,
  { readonly tested: ReadonlySet<string>; readonly shut: Map<string, readonly CodeRange[]> }
>();

/**
 * Code that does not run when `call` calls the function. Only literals count (True, False, None, texts), and of parameters only
 * until the body binds them anew; a decorator may pass what the call does not, so decorated functions have none.
 *
 * @param hasReceiver true where the first parameter is bound already.
 */
export function shutBranches(
  fn: FunctionInfo,
  call: Expr | undefined,
  hasReceiver: boolean,
): readonly CodeRange[] {
  if (call?.kind !== "call" || fn.isLambda || !fn.decoratorNames.every(isPlain)) return NONE;
  if (fn.decorators.length > fn.decoratorNames.length) return NONE;
  if (call.args.some(({ kind }) => kind === "star") || call.keywords.some(({ name }) => name === null))
    return NONE;
  const args = hasReceiver ? [null, ...call.args] : call.args;
  const named = new Map(call.keywords.map(({ name, value }) => [name, value]));
  const constants = new Map<string, string>();
  for (const [index, parameter] of fn.parameters.entries()) {
    const text = literalOf(argumentOf(parameter, args[index], named));
    if (text !== null) constants.set(parameter.name, text);
  }
  return constants.size === 0 ? NONE : shutBy(fn, constants);
}

/** What one `next()` leaves to be run: all that stands after the first `yield`, where nothing decides whether that is reached. */
export function afterFirstYield(fn: FunctionInfo): CodeRange | null {
  const end = firstYieldEnd(fn.body);
  return end === null ? null : [end, fn.end];
}

function firstYieldEnd(block: readonly Statement[]): number | null {
  for (const statement of block) {
    let end: number | null = null;
    visitStatements([statement], (inner) => {
      for (const expr of inner.kind === "function" ? [] : expressionsOf(inner))
        visitExpressions(expr, (part) => {
          if (part.kind === "yield") end ??= part.end;
        });
    });
    if (end === null) continue;
    if (statement.kind === "with" || statement.kind === "try") return firstYieldEnd(statement.body);
    return blocksOf(statement).length > 0 ? null : end;
  }
  return null;
}

/** True where code at an offset is in one of the ranges. */
export function isShut(ranges: readonly CodeRange[], offset: number): boolean {
  return ranges.some(([start, end]) => start <= offset && offset < end);
}

function isPlain(name: string): boolean {
  return name === "builtins.staticmethod" || name === "builtins.classmethod";
}

function argumentOf(
  { name, kind, default: fallback }: Parameter,
  given: Expr | null | undefined,
  named: ReadonlyMap<string | null, Expr>,
): Expr | null {
  if (kind === "args" || kind === "kwargs") return null;
  const value = kind === "positional" ? given : undefined;
  return value === undefined ? (named.get(name) ?? fallback) : value;
}

function shutBy(fn: FunctionInfo, constants: Constants): readonly CodeRange[] {
  const entry = known.get(fn) ?? { tested: testedNames(fn), shut: new Map<string, readonly CodeRange[]>() };
  known.set(fn, entry);
  const { tested, shut } = entry;
  const told = [...constants].filter(([name]) => tested.has(name));
  if (told.length === 0) return NONE;
  const key = JSON.stringify(told);
  const found = shut.get(key) ?? shutCode(fn.body, fn.end, new Map(told));
  shut.set(key, found);
  return found;
}

/** Names that some test of the body asks about, and so those that can tell which way it goes. */
function testedNames(fn: FunctionInfo): ReadonlySet<string> {
  const names = new Set<string>();
  visitStatements(fn.body, (statement) => {
    for (const test of testsOf(statement))
      visitExpressions(test, (part) => part.kind === "name" && names.add(part.id));
  });
  return names;
}
