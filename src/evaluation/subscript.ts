import type { SubscriptExpr } from "../model/code.ts";
import { joinValues } from "./atoms.ts";
import type { Frame } from "./frame.ts";
import { ormSubscript } from "./orm/subscript-hook.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** The value of `atom[indices]`. */
export function subscriptOf(
  world: World,
  frame: Frame,
  atom: Atom,
  expr: SubscriptExpr,
  indices: readonly Value[],
): Value {
  const known = ormSubscript(world, frame, atom, expr, indices);
  if (known !== null) return known;
  const [index] = expr.indices;
  if (atom.kind === "sequence") {
    if (index?.kind === "slice")
      return [{ kind: "sequence", of: atom.of, items: null, element: atom.element }];
    const position = index?.kind === "constant" ? Number(index.text) : Number.NaN;
    return atom.items?.[position] ?? atom.element;
  }
  if (atom.kind === "mapping") {
    const [key] = indices[0] ?? UNKNOWN;
    const name = key?.kind === "text" ? key.parts.join("") : null;
    const entry = name === null ? undefined : atom.entries.get(name);
    return entry ?? joinValues(UNKNOWN, atom.element);
  }
  return UNKNOWN;
}
