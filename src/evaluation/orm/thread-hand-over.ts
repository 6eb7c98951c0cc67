// What becomes of a callable that is handed to a thread, away from the event loop, and of coroutines that are scheduled.
import { handOverForm, LOOP_ENTRIES, schedulesCoroutines } from "../../knowledge/async-tools.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import { schedule } from "../awaiting.ts";
import { callValue } from "../call.ts";
import { type Frame, isLazy } from "../frame.ts";
import { forgetOrigins } from "../instances-in-scope.ts";
import { type Atom, UNKNOWN, type Value } from "../value.ts";
import type { World } from "../world.ts";
import type { CallContext } from "./call-context.ts";

/** The result of handing work to a thread or the event loop; null for other names. A method of an unknown object is ".name". */
export function threadCall(world: World, frame: Frame, name: string, call: CallContext): Value | null {
  const form = handOverForm(name);
  if (form === "wraps") {
    const [callee = UNKNOWN] = call.args;
    forgetHandedOver(frame, callee, []);
    return callee.length === 0 ? null : [{ kind: "threaded", callee }];
  }
  if (form !== null) return runInThread(world, frame, call, form === "executor" ? 1 : 0);
  if (!schedulesCoroutines(name)) return null;
  return scheduled(name, call);
}

/** Runs a callable at once: `to_thread(f, x)`. The offset is that of the callable among the arguments. */
function runInThread(world: World, frame: Frame, call: CallContext, offset: number): Value {
  const [callee = UNKNOWN, ...args] = call.args.slice(offset);
  forgetHandedOver(frame, callee, args);
  const value = callValue(world, { ...frame, isThreaded: true }, callee, {
    expr: call.expr,
    args,
    keywords: call.keywords,
    isThreaded: true,
  });
  return [{ kind: "awaitable", value, executions: [] }];
}

function scheduled(name: string, call: CallContext): Value | null {
  for (const value of call.args) schedule(value);
  const inner = call.args.map(
    (value): Value => value.flatMap((atom) => (atom.kind === "awaitable" ? atom.value : [])),
  );
  if (inner.every((value) => value.length === 0)) return name.startsWith(".") ? null : UNKNOWN;
  const value: Value = name.endsWith(".gather")
    ? [{ kind: "sequence", of: "list", items: inner, element: inner.flat() }]
    : (inner[0] ?? UNKNOWN);
  const isEntry = LOOP_ENTRIES.has(name) || /^\.(?:run|run_until_complete)$/.test(name);
  return isEntry ? value : [{ kind: "awaitable", value, executions: [] }];
}

/**
 * What work that may wait for the database has in hands: the object whose method it is, what it is given, and the names of the
 * place where a lambda or inner function was written. Nothing is certain of what those instances hold afterwards.
 */
export function forgetHandedOver(frame: Frame, callee: Value, args: readonly Value[]): void {
  const held = callee.flatMap((atom): Value[] => {
    if (atom.kind === "method") return [[atom.receiver]];
    if (atom.kind === "partial") return [...atom.args];
    if (atom.kind === "lambda") return closedOver(frame, atom.fn.body);
    if (atom.kind !== "function") return [];
    const own: Value[] = atom.receiver === null ? [] : [[atom.receiver]];
    return atom.fn.closure === frame ? [...own, ...closedOver(frame, atom.fn.body)] : own;
  });
  forgetOrigins(frame, [...held, ...args]);
}

/** What the names in a body are bound to where it was written. */
function closedOver(frame: Frame, body: Extract<Atom, { kind: "lambda" }>["fn"]["body"]): Value[] {
  const names = new Set<string>();
  visitStatements(body, (statement) => {
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (part.kind === "name") names.add(part.id);
      });
  });
  return [...names].flatMap((name) => {
    const bound = frame.environment.get(name);
    return bound === undefined || isLazy(bound) ? [] : [bound];
  });
}
