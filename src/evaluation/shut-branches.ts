// Code of a function that one call of it cannot enter: `if save:` where the call says `save=False`, or leaves the default `None`.
import type { Statement } from "../model/code.ts";
import { blocksOf, expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import type { FunctionInfo } from "./function-info.ts";
import { type CodeRange, shutCode } from "./shut-code.ts";
import { type Constants, testsOf } from "./test-truth.ts";
import { constantArguments, type WrittenCall } from "./written-call.ts";

const NONE: readonly CodeRange[] = [];
/** What is tested, and what was found out before, of functions that were called with constants. */
const known = new WeakMap<
  FunctionInfo,
  { readonly tested: ReadonlySet<string>; readonly shut: Map<string, readonly CodeRange[]> }
>();

/** Code that does not run when this call enters the function, whatever its caller knows of the names it passes. */
export function shutBranches(fn: FunctionInfo, written: WrittenCall | undefined): readonly CodeRange[] {
  if (written === undefined) return NONE;
  return shutBy(fn, constantArguments(fn, written, null));
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

/** Code that does not run when names hold these literals as the function begins; until the body binds them anew. */
export function shutBy(fn: FunctionInfo, constants: Constants): readonly CodeRange[] {
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
