import type { Expr } from "../model/code.ts";
import { joinAll } from "./atoms.ts";
import { attributeNamed } from "./attribute.ts";
import { awaitValue } from "./awaiting.ts";
import { callValue } from "./call.ts";
import type { Frame } from "./frame.ts";
import { enterExternal } from "./orm/enter-external.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** What `with value as target` binds. */
export function enterContext(world: World, frame: Frame, value: Value, expr: Expr, isAsync: boolean): Value {
  return joinAll(value.map((atom) => enterAtom(world, frame, atom, expr, isAsync)));
}

/** Notes that a library's context manager is entered, as a call of its `__enter__`: some do their work only then. */
function recordEntry(world: World, frame: Frame, atom: Atom, expr: Expr): void {
  if (!frame.isRecording || frame.isThreaded || atom.kind !== "instance" || atom.external === null) return;
  const end = "end" in expr ? expr.end : expr.start;
  const site = { module: frame.module, fn: frame.fn, start: expr.start, end };
  const name = `${atom.external}.__enter__`;
  const call = { name, site, at: expr.start, args: [], keywords: new Map<string, Value>(), receiver: atom };
  world.recorder.externalCalls.set(`${frame.module.path}:${expr.start}:${name}`, call);
}

function enterAtom(world: World, frame: Frame, atom: Atom, expr: Expr, isAsync: boolean): Value {
  if (!isAsync) recordEntry(world, frame, atom, expr);
  if (atom.kind === "context") return atom.entered;
  if (atom.kind === "awaitable")
    return joinAll(atom.value.map((inner) => enterAtom(world, frame, inner, expr, isAsync)));
  if (atom.kind !== "instance") return atom.kind === "sequence" ? [atom] : enterExternal(atom);
  if (atom.class !== null) {
    const enter = attributeNamed(world, frame, atom, isAsync ? "__aenter__" : "__enter__", expr.start);
    const callable = enter.filter((entry) => entry.kind === "function");
    if (callable.length > 0) {
      const entered = callValue(world, frame, callable, { expr, args: [], keywords: new Map() });
      const result = isAsync ? awaitValue(world, frame, entered) : entered;
      return result.length > 0 ? result : [atom];
    }
  }
  const entered = enterExternal(atom);
  return entered.length > 0 ? entered : atom.class !== null ? [atom] : UNKNOWN;
}
