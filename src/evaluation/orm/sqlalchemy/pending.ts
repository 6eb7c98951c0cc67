// New instances of mapped classes: what was set of them is in memory; the rest is, until a flush makes a row of them.

import type { Call } from "../../call.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import type { FetchOrigin } from "../../fetch-origin.ts";
import type { Frame } from "../../frame.ts";
import { changeOrigins, instancesIn } from "../../instances-in-scope.ts";
import type { Value } from "../../value.ts";

/** The origin of `Model(**values)`; null where a constructor of its own, or of a dataclass, may set more than it is given. */
export function pendingOrigin(cls: ClassInfo, { expr, keywords }: Call): FetchOrigin | null {
  if (expr.kind !== "call" || expr.args.length > 0) return null;
  if (expr.keywords.some(({ name }) => name === null)) return null;
  const own = ownAncestors(cls);
  const isOwn = own.some((ancestor) => ancestor.frame.environment.has("__init__"));
  const isDataclass =
    own.some(({ decorators }) => decorators.length > 0) ||
    externalAncestors(cls).some((name) => /\.MappedAsDataclass$/.test(name));
  if (isOwn || isDataclass) return null;
  return {
    library: "sqlalchemy",
    loaded: ["*"],
    deferred: [],
    isAsync: false,
    expiredBy: null,
    pending: [...keywords.keys()],
  };
}

/** Session methods that take an instance as it is. */
const KEEPING = /^(?:add|add_all|flush|refresh|delete|expire|merge)$/;

/** A quick look, since every call is asked. */
function mayHoldInstance(value: Value): boolean {
  return value.some((atom) =>
    atom.kind === "instance" ? atom.origin?.pending !== undefined : atom.kind === "sequence",
  );
}

/** Whoever is given a new instance may set more of it. */
export function settlePending(frame: Frame, called: string | null, values: readonly Value[]): void {
  if (!values.some(mayHoldInstance) || (called !== null && KEEPING.test(called))) return;
  const given = new Set(
    values.flatMap((value) => instancesIn(value)).filter(({ origin }) => origin?.pending !== undefined),
  );
  if (given.size === 0) return;
  changeOrigins(frame, (atom) => {
    const { origin } = atom;
    if (!given.has(atom) || origin === undefined) return origin;
    const { pending: _pending, ...rest } = origin;
    return { ...rest, loaded: ["*"] };
  });
}
