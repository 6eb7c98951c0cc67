import type { SubscriptExpr } from "../model/code.ts";
import { joinAll, joinValues } from "./atoms.ts";
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
    const keys = indices[0] ?? UNKNOWN;
    const entries = keys.map((key) =>
      key.kind === "text" ? atom.entries.get(key.parts.join("")) : undefined,
    );
    const known = entries.filter((entry) => entry !== undefined);
    return known.length > 0 && known.length === keys.length
      ? joinAll(known)
      : joinValues(UNKNOWN, atom.element);
  }
  return UNKNOWN;
}
