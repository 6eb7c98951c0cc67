// What is fetched once and kept in a global variable: done once a process, as a rule when it starts.
import { ownAncestors } from "../../evaluation/class-info.ts";
import { type CodeRange, shutWhileSet } from "../../evaluation/follow-body.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { isShut } from "../../evaluation/shut-branches.ts";
import type { Atom } from "../../evaluation/value.ts";
import type { Statement } from "../../model/code.ts";
import { visitStatements } from "../../text/visit-code.ts";

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

/** True for the initializer of a class whose metaclass keeps the instances that it makes: a singleton's. */
export function isMadeOnce({ name, owner }: FunctionInfo): boolean {
  if (owner === null || (name !== "__init__" && name !== "__post_init__")) return false;
  return ownAncestors(owner).some(({ keywords }) => (keywords.get("metaclass") ?? []).some(keepsInstances));
}

/** `def __call__(cls, …): if cls not in cls.made: cls.made[cls] = super().__call__(…)`. */
function keepsInstances(metaclass: Atom): boolean {
  if (metaclass.kind !== "class") return false;
  return ownAncestors(metaclass.class).some(({ statement }) =>
    statement.body.some(
      (member) =>
        member.kind === "function" && member.name === "__call__" && member.body.some(assignsInBranch),
    ),
  );
}

function assignsInBranch(statement: Statement): boolean {
  let isKept = false;
  visitStatements([statement], (inner) => {
    if (inner.kind === "if")
      visitStatements(inner.body, (one) => {
        isKept ||=
          one.kind === "assign" &&
          one.targets.some(({ kind }) => kind === "subscript" || kind === "attribute");
      });
  });
  return isKept;
}
