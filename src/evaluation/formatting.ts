import type { Expr } from "../model/code.ts";
import { attributeNamed } from "./attribute.ts";
import { callValue } from "./call.ts";
import type { Frame } from "./frame.ts";
import { isDjangoModel } from "./orm/django/model-class.ts";
import { type Trigger, triggerQueries } from "./orm/trigger.ts";
import type { Atom, Value } from "./value.ts";
import type { World } from "./world.ts";

/**
 * A value becomes text: a queryset shows its rows, an object of the repository says itself how, in `__str__` or `__repr__`
 * (`asked` names the one that is looked for first).
 */
export function formatValue(
  world: World,
  frame: Frame,
  value: Value,
  expr: Expr,
  how: Trigger & { readonly asked?: "__str__" | "__repr__" } = {},
): void {
  triggerQueries(world, frame, value, expr, "formatting", how);
  for (const atom of value) {
    const methods = textMethods(world, frame, atom, expr, how.asked ?? "__str__");
    if (methods.length > 0) callValue(world, frame, methods, { expr, args: [], keywords: new Map() });
  }
}

function textMethods(world: World, frame: Frame, atom: Atom, expr: Expr, asked: string): Value {
  if (atom.kind !== "instance" || atom.class === null) return [];
  const find = (name: string): Value =>
    attributeNamed(world, frame, atom, name, expr.start).filter(({ kind }) => kind === "function");
  const found = find(asked);
  if (found.length > 0) return found;
  // A Django model's repr() holds its str(); str() of a plain object is its repr().
  if (asked === "__str__") return find("__repr__");
  return isDjangoModel(atom.class) ? find("__str__") : [];
}
