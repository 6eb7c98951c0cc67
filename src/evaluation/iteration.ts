import type { Expr } from "../model/code.ts";
import { joinAll, joinValues } from "./atoms.ts";
import type { Frame } from "./frame.ts";
import { iterateExternal } from "./orm/iterate-external.ts";
import { fetchedRow, triggerQueries } from "./orm/trigger.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** What iterating over a value yields; a lazily built query is run by it. */
export function iterate(world: World, frame: Frame, value: Value, expr: Expr, isAsync: boolean): Value {
  triggerQueries(world, frame, value, expr, "iteration", isAsync);
  return joinAll(value.map((atom) => elementOf(atom)));
}

function elementOf(atom: Atom): Value {
  switch (atom.kind) {
    case "sequence":
      return atom.element;
    case "query":
      return fetchedRow(atom.query);
    case "instance":
      return iterateExternal(atom);
    case "awaitable":
      return joinAll(atom.value.map(elementOf));
    case "type":
      return joinValues(UNKNOWN, atom.instance);
    default:
      return UNKNOWN;
  }
}
