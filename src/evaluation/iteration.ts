import type { Expr } from "../model/code.ts";
import { joinAll, joinValues } from "./atoms.ts";
import { recordMisuse } from "./awaiting.ts";
import type { Frame } from "./frame.ts";
import { iterateExternal } from "./orm/iterate-external.ts";
import { fetchedRow, type Trigger, triggerQueries } from "./orm/trigger.ts";
import { afterFirstYield } from "./shut-branches.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** What iterating over a value yields; a lazily built query is run by it. */
export function iterate(world: World, frame: Frame, value: Value, expr: Expr, how: Trigger = {}): Value {
  // Python refuses to iterate over an asynchronous generator; nothing of it runs.
  if (!how.isAsync && value.some(isAsyncGenerator)) return UNKNOWN;
  triggerQueries(world, frame, value, expr, "iteration", how);
  if (!how.isAsync) recordMisuse(world, frame, value, expr);
  if (frame.isRecording) for (const atom of value) recordGenerator(world, frame, atom, expr, how);
  return joinAll(value.map((atom) => elementOf(atom)));
}

function isAsyncGenerator(atom: Atom): boolean {
  return atom.kind === "sequence" && atom.generator?.isAsync === true;
}

/** A generator function's body runs now, not where the function was called. */
function recordGenerator(world: World, frame: Frame, atom: Atom, expr: Expr, how: Trigger): void {
  if (atom.kind !== "sequence" || atom.generator === undefined) return;
  const rest = how.isOnce ? afterFirstYield(atom.generator) : null;
  const end = "end" in expr ? expr.end : expr.start;
  const from = { module: frame.module, fn: frame.fn, start: expr.start, end };
  world.recorder.internalCalls.set(`${frame.module.path}:${expr.start}:${atom.generator.id}:iterated`, {
    from,
    to: atom.generator,
    isThreaded: frame.isThreaded,
    isAwaited: false,
    isIterated: true,
    ...(rest !== null && { shut: [rest] }),
  });
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
