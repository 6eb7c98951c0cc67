// Coroutines that have an event loop to themselves: a Celery task's `asyncio.run(work())`. Nothing else waits while they work.

import type { InternalCall } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Site } from "../../evaluation/query.ts";
import type { WrittenCall } from "../../evaluation/written-call.ts";
import { runsInThreads, sharesLoop, startsLoop } from "../../knowledge/async-tools.ts";
import type { Expr, Statement } from "../../model/code.ts";
import { blocksOf, expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import type { ProjectView } from "../project-view.ts";
import { expressionAt, isAwaited } from "./places.ts";

/**
 * Coroutines of which every known call is handed to a loop of its own by plain code, or awaited by another such coroutine. Not
 * those that outside code may call, nor those beside which others may run: where one of them hands coroutines to the loop, or
 * goes on for ever.
 */
export function findOwnLoops(view: ProjectView): ReadonlySet<FunctionInfo> {
  const { entered, shared, threaded } = loopUse(view);
  const calls = callsByCoroutine(view);
  const own = new Set<FunctionInfo>();
  for (const [fn, made] of calls) {
    const isKnown = fn.decoratorNames.length === 0 && !shared.has(fn) && !goesOn(fn.body);
    const isEntered = ({ from }: InternalCall): boolean => entered.has(extentOf(from.module.path, from));
    if (isKnown && made.every((call) => isAwaited(call.from) || isEntered(call))) own.add(fn);
  }
  forgetHandedOn(own, view, threaded);
  let before: number;
  do {
    before = own.size;
    for (const fn of own) {
      const isOwn = ({ from }: InternalCall): boolean =>
        from.fn === null || !from.fn.isAsync || own.has(from.fn);
      if (!(calls.get(fn) ?? []).every(isOwn)) own.delete(fn);
    }
  } while (own.size < before);
  return own;
}

/** Who is handed a coroutine function may call it beside others. By name: what receives it need not be known. */
function forgetHandedOn(
  own: Set<FunctionInfo>,
  { modules }: ProjectView,
  threaded: ReadonlySet<string>,
): void {
  if (own.size === 0) return;
  const handedOn = new Set<string>();
  const callees = new Set<Expr>();
  const note = (path: string, part: Expr): void => {
    if (part.kind === "call") callees.add(part.callee);
    const name = part.kind === "name" ? part.id : part.kind === "attribute" ? part.name : null;
    if (name !== null && !callees.has(part) && !threaded.has(`${path}:${part.start}`)) handedOn.add(name);
  };
  for (const { facts, path } of modules)
    visitStatements(facts.body, (statement) => {
      for (const expr of expressionsOf(statement)) visitExpressions(expr, (part) => note(path, part));
    });
  for (const fn of own) if (handedOn.has(fn.name)) own.delete(fn);
}

function callsByCoroutine(view: ProjectView): Map<FunctionInfo, InternalCall[]> {
  const calls = new Map<FunctionInfo, InternalCall[]>();
  for (const call of view.world.recorder.internalCalls.values())
    if (call.to.isAsync && call.from.fn !== call.to)
      calls.set(call.to, [...(calls.get(call.to) ?? []), call]);
  return calls;
}

interface LoopUse {
  /** Extents of what is handed to a loop that runs nothing else. */
  readonly entered: ReadonlySet<string>;
  /** Coroutines that hand others to the loop. */
  readonly shared: ReadonlySet<FunctionInfo>;
  /** Where functions are named that a scheduler is to run in threads. */
  readonly threaded: ReadonlySet<string>;
}

function loopUse({ externalCalls, world }: ProjectView): LoopUse {
  const shared = new Set<FunctionInfo>();
  const entered = new Set<string>();
  const threaded = new Set<string>();
  const runners = new Map<FunctionInfo, Set<string>>();
  for (const { name, site } of externalCalls) {
    const { fn, module } = site;
    if (sharesLoop(name) && fn !== null) shared.add(fn);
    if (startsLoop(name))
      for (const arg of writtenArguments(site)) {
        if (arg.kind === "call") entered.add(extentOf(module.path, arg));
        if (arg.kind === "name") noteRunner(runners, fn, arg.id);
      }
    if (runsInThreads(name))
      for (const { start } of writtenArguments(site)) threaded.add(`${module.path}:${start}`);
  }
  for (const { from, to, written } of world.recorder.internalCalls.values())
    for (const arg of written === undefined ? [] : handedTo(runners.get(to), to, written))
      if (arg.kind === "call") entered.add(extentOf(from.module.path, arg));
  return { entered, shared, threaded };
}

function writtenArguments(site: Site): readonly Expr[] {
  const expr = expressionAt(site);
  return expr?.kind === "call" ? [...expr.args, ...expr.keywords.map(({ value }) => value)] : [];
}

/** `def run_sync(coroutine)`, which hands what it is given to a loop of its own, itself or by a function inside it. */
function noteRunner(runners: Map<FunctionInfo, Set<string>>, inner: FunctionInfo | null, name: string): void {
  for (let fn = inner; fn !== null; fn = fn.closure.fn) {
    if (!fn.parameters.some((parameter) => parameter.name === name)) continue;
    runners.set(fn, (runners.get(fn) ?? new Set()).add(name));
    return;
  }
}

/** What a call gives the parameters of these names. */
function handedTo(
  names: ReadonlySet<string> | undefined,
  { parameters }: FunctionInfo,
  { expr, hasReceiver }: WrittenCall,
): Expr[] {
  if (names === undefined) return [];
  const byPosition = expr.args.filter((_, index) =>
    names.has(parameters[index + Number(hasReceiver)]?.name ?? ""),
  );
  const byName = expr.keywords.flatMap(({ name, value }) =>
    name !== null && names.has(name) ? [value] : [],
  );
  return [...byPosition, ...byName];
}

function extentOf(path: string, { end, start }: { readonly start: number; readonly end: number }): string {
  return `${path}:${start}:${end}`;
}

/** A heuristic: what loops without an end, or over what comes in, is a service, whose libraries do their part on the same loop. */
function goesOn(body: readonly Statement[]): boolean {
  return body.some(
    (statement) =>
      (statement.kind === "while" && statement.test.kind === "constant") ||
      (statement.kind === "for" && statement.isAsync) ||
      blocksOf(statement).some(goesOn),
  );
}
