// What is fetched once and kept in a global variable: done once a process, as a rule when it starts.
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { isShut } from "../../evaluation/shut-branches.ts";
import { type CodeRange, shutWhileSet } from "../../evaluation/shut-code.ts";

const known = new WeakMap<FunctionInfo, readonly CodeRange[]>();

/** `global SITE; if SITE is None: SITE = Site.objects.get(…)`: true for what does not run once the variable is set. */
export function isOnceAProcess(fn: FunctionInfo, offset: number): boolean {
  const found = known.get(fn) ?? onceRanges(fn);
  known.set(fn, found);
  return isShut(found, offset);
}

function onceRanges(fn: FunctionInfo): readonly CodeRange[] {
  const names = fn.body.flatMap((statement) => (statement.kind === "global" ? statement.names : []));
  return names.length === 0 ? [] : shutWhileSet(fn.body, fn.end, names);
}
