import type { Call } from "../call.ts";
import type { Site } from "../query.ts";
import { type Atom, UNKNOWN, type Value } from "../value.ts";

/** A call with its place; what hooks for libraries decide from. */
export interface CallContext extends Call {
  readonly site: Site;
}

/** A call of a method: the receiver, the name and where the name stands. */
export interface MethodCall extends CallContext {
  readonly receiver: Atom;
  readonly name: string;
  /** Offset of the method's name. */
  readonly at: number;
}

/** An argument by position, or by keyword where it was given so. */
export function argument(
  call: Pick<CallContext, "args" | "keywords">,
  index: number,
  keyword: string,
): Value {
  return call.keywords.get(keyword) ?? call.args[index] ?? UNKNOWN;
}

/** Offset of each keyword argument's name in the source; arguments spread from a mapping stand at the call. */
export function keywordOffset(call: CallContext, name: string): number {
  if (call.expr.kind !== "call") return call.site.start;
  return call.expr.keywords.find((keyword) => keyword.name === name)?.at ?? call.site.start;
}
