// Functions that hand a callable to a thread, away from the event loop.

import { schedule } from "../awaiting.ts";
import { callValue } from "../call.ts";
import type { Frame } from "../frame.ts";
import { UNKNOWN, type Value } from "../value.ts";
import type { World } from "../world.ts";
import type { CallContext } from "./call-context.ts";

/** Wrap a callable: `sync_to_async(f)` gives something to call. */
const WRAPPERS =
  /^(?:asgiref\.sync\.(?:sync_to_async|SyncToAsync)|channels\.db\.database_sync_to_async|asyncer\.asyncify)$/;
/** Run a callable at once: `to_thread(f, x)`. The offset is that of the callable among the arguments. */
const RUNNERS = new Map([
  ["asyncio.to_thread", 0],
  ["anyio.to_thread.run_sync", 0],
  ["starlette.concurrency.run_in_threadpool", 0],
  ["fastapi.concurrency.run_in_threadpool", 0],
  ["trio.to_thread.run_sync", 0],
  [".run_in_executor", 1],
]);
/** Take coroutines and run them. */
const SCHEDULERS =
  /^(?:asyncio\.(?:gather|create_task|ensure_future|wait|wait_for|run|shield|as_completed|run_coroutine_threadsafe|TaskGroup\.create_task)|\.(?:create_task|run_until_complete|start_soon|add_task|run)|anyio\.run|asgiref\.sync\.async_to_sync)$/;

/** The result of handing work to a thread or the event loop; null for other names. */
export function threadCall(world: World, frame: Frame, name: string, call: CallContext): Value | null {
  if (WRAPPERS.test(name)) {
    const [callee = UNKNOWN] = call.args;
    return callee.length === 0 ? null : [{ kind: "threaded", callee }];
  }
  const offset = RUNNERS.get(name);
  if (offset !== undefined) {
    const [callee = UNKNOWN, ...args] = call.args.slice(offset);
    const value = callValue(world, { ...frame, isThreaded: true }, callee, {
      expr: call.expr,
      args,
      keywords: call.keywords,
      isThreaded: true,
    });
    return [{ kind: "awaitable", value, executions: [] }];
  }
  if (!SCHEDULERS.test(name)) return null;
  for (const value of call.args) schedule(value);
  const inner = call.args.map(
    (value): Value => value.flatMap((atom) => (atom.kind === "awaitable" ? atom.value : [])),
  );
  if (inner.every((value) => value.length === 0)) return name.startsWith(".") ? null : UNKNOWN;
  const value: Value = name.endsWith(".gather")
    ? [{ kind: "sequence", of: "list", items: inner, element: inner.flat() }]
    : (inner[0] ?? UNKNOWN);
  return /(?:\.run|run_until_complete|async_to_sync)$/.test(name)
    ? value
    : [{ kind: "awaitable", value, executions: [] }];
}
