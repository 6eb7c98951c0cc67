import type { InstanceAtom, Value } from "../value.ts";

/** What iterating over a library's object yields: rows of a result, items of a page. */
export function iterateExternal(atom: InstanceAtom): Value {
  return atom.element;
}
