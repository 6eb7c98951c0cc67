import type { Expr } from "../model/code.ts";
import { joinAll } from "./atoms.ts";
import type { Frame } from "./frame.ts";
import { awaitStatement } from "./orm/other/calls.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** What `await` gives; the queries that the coroutine holds are then run without blocking. */
export function awaitValue(world: World, frame: Frame, value: Value): Value {
  return joinAll(value.map((atom) => awaitAtom(world, frame, atom)));
}

function awaitAtom(world: World, frame: Frame, atom: Atom): Value {
  switch (atom.kind) {
    case "awaitable":
      for (const execution of atom.executions) execution.kind = "awaited";
      return atom.value;
    case "query":
      return awaitStatement(world, frame, atom.query) ?? UNKNOWN;
    case "context":
      return atom.entered;
    // Library objects that are awaitable themselves stay what they are.
    case "sequence":
    case "instance":
    case "text":
    case "mapping":
      return [atom];
    default:
      return UNKNOWN;
  }
}

/** Marks coroutines as scheduled: handed to gather, create_task, returned to a caller that awaits. */
export function schedule(value: Value): void {
  for (const atom of value) {
    if (atom.kind === "awaitable")
      for (const execution of atom.executions) if (execution.kind === "unawaited") execution.kind = "awaited";
    if (atom.kind === "sequence") schedule(atom.element);
  }
}

/** Notes that a coroutine which runs a statement is taken for its result. Its own methods are left alone. */
export function recordMisuse(world: World, frame: Frame, value: Value, expr: Expr): void {
  const [atom] = value;
  if (!frame.isRecording || value.length !== 1 || atom?.kind !== "awaitable") return;
  // Piccolo's statements are awaited, or run by run_sync().
  if (expr.kind === "attribute" && /^(?:close|send|throw|run_sync|cr_\w+|__\w+)$/.test(expr.name)) return;
  const end = "end" in expr ? expr.end : expr.start;
  const site = { module: frame.module, fn: frame.fn, start: expr.start, end };
  for (const execution of atom.executions)
    world.recorder.misused.set(`${frame.module.path}:${expr.start}:${end}`, { site, execution });
}
