// The bases of a class, where a call stands for them.
import type { Expr } from "../model/code.ts";
import { joinAll } from "./atoms.ts";
import { evaluate } from "./evaluate-expression.ts";
import type { Frame } from "./frame.ts";
import type { Value } from "./value.ts";
import type { World } from "./world.ts";

/**
 * What a base expression stands for. A heuristic for six's `with_metaclass(meta, *bases)`, of which Django, future and many
 * projects hold copies under the same name: the class it makes descends from the bases it is given.
 * Source: six.readthedocs.io, "Object model compatibility".
 */
export function baseValue(world: World, frame: Frame, base: Expr): Value {
  if (base.kind === "call" && calledName(base.callee) === "with_metaclass" && base.args.length > 1)
    return joinAll(base.args.slice(1).map((argument) => evaluate(world, frame, argument)));
  return evaluate(world, frame, base);
}

function calledName(callee: Expr): string | null {
  if (callee.kind === "name") return callee.id;
  return callee.kind === "attribute" ? callee.name : null;
}
