// Code of a function that one call of it cannot enter: `if save:` where the call says `save=False`, or leaves the default `None`.
import type { Statement } from "../model/code.ts";
import { blocksOf, expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import { flowOf } from "./call-flow.ts";
import type { CodeRange } from "./follow-body.ts";
import type { FunctionInfo } from "./function-info.ts";
import type { Constants } from "./test-truth.ts";

const NONE: readonly CodeRange[] = [];
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
  return constants.size === 0 ? NONE : flowOf(fn, constants).shut;
}
