import type { Value } from "../value.ts";
import type { CallContext } from "./call-context.ts";

/** `contextlib.closing(x)` and the like: entering them gives x. Null for other names. */
export function standardContext(name: string, call: CallContext): Value | null {
  if (!/^contextlib\.(?:closing|aclosing|nullcontext)$/.test(name)) return null;
  return [{ kind: "context", entered: call.args[0] ?? [] }];
}
