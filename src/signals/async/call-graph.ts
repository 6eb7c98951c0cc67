// Which function calls which in the same thread, and which of them end up working on the database.
import type { InternalCall } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { compareText } from "../../text/compare-text.ts";
import type { ProjectView } from "../project-view.ts";
import type { WorkIn } from "./database-work.ts";
import { narrowCalls } from "./narrowed-calls.ts";
import { isAwaited } from "./places.ts";
import { isWrapped } from "./wrapped-function.ts";

/** The way from a function to the nearest work: a call to follow, or its own work. */
export interface Way {
  readonly distance: number;
  readonly next: InternalCall | null;
  /** The function the call leads to; an override where the method called is abstract. */
  readonly to: FunctionInfo | null;
}

export interface CallGraph {
  readonly callsOf: (fn: FunctionInfo) => readonly Edge[];
  /** Null for functions that never work on the database in their own thread. */
  readonly wayOf: (fn: FunctionInfo) => Way | null;
  /** The same for work on a queryset that the function is given. */
  readonly givenWayOf: (fn: FunctionInfo) => Way | null;
  /** All work, that of functions as single calls reach them included. */
  readonly work: readonly WorkIn[];
}

export interface Edge {
  readonly call: InternalCall;
  readonly to: FunctionInfo;
}

/** Calls from functions of this project to plain functions, which run then and there. */
export function buildCallGraph(view: ProjectView, ownWork: readonly WorkIn[]): CallGraph {
  const { edges, work } = narrowCalls(edgesByCaller(view), ownWork);
  const callers = new Map<FunctionInfo, { from: FunctionInfo; edge: Edge }[]>();
  for (const [from, out] of edges)
    for (const edge of out) callers.set(edge.to, [...(callers.get(edge.to) ?? []), { from, edge }]);
  const ways = new Map<FunctionInfo, Way>();
  const queue: FunctionInfo[] = [];
  for (const { fn, isGiven } of work) {
    if (fn.isAsync || isGiven || ways.has(fn)) continue;
    ways.set(fn, { distance: 0, next: null, to: null });
    queue.push(fn);
  }
  // What runs the queryset it is given, or hands it on, is work for those who give one.
  const givenWays = waysOfGiven(work, callers);
  for (const [fn, { distance }] of givenWays)
    for (const { from, edge } of callers.get(fn) ?? []) {
      if (from.isAsync || ways.has(from) || !edge.call.givesQuery) continue;
      ways.set(from, { distance: distance + 1, next: edge.call, to: fn });
      queue.push(from);
    }
  for (const fn of queue) {
    const { distance } = ways.get(fn) ?? { distance: 0 };
    for (const { from, edge } of callers.get(fn) ?? []) {
      if (from.isAsync || ways.has(from)) continue;
      ways.set(from, { distance: distance + 1, next: edge.call, to: fn });
      queue.push(from);
    }
  }
  return {
    callsOf: (fn) => edges.get(fn) ?? [],
    wayOf: (fn) => ways.get(fn) ?? null,
    givenWayOf: (fn) => givenWays.get(fn) ?? null,
    work,
  };
}

type Callers = ReadonlyMap<FunctionInfo, readonly { readonly from: FunctionInfo; readonly edge: Edge }[]>;

/** Functions that run a queryset which they are given, themselves or through those they hand it on to. */
function waysOfGiven(work: readonly WorkIn[], callers: Callers): Map<FunctionInfo, Way> {
  const ways = new Map<FunctionInfo, Way>();
  for (const { fn, isGiven } of work)
    if (isGiven && !fn.isAsync) ways.set(fn, { distance: 0, next: null, to: null });
  for (const [fn, { distance }] of ways)
    for (const { from, edge } of callers.get(fn) ?? []) {
      const isHandedOn = edge.call.handsOnQuery || isInside(fn, from);
      if (!from.isAsync && isHandedOn && !ways.has(from))
        ways.set(from, { distance: distance + 1, next: edge.call, to: fn });
    }
  return ways;
}

/** An inner function sees what the function around it was given. */
function isInside(inner: FunctionInfo, outer: FunctionInfo): boolean {
  return inner.module === outer.module && outer.start < inner.start && inner.end <= outer.end;
}

function edgesByCaller(view: ProjectView): Map<FunctionInfo, Edge[]> {
  const counted = new Set(view.functions);
  const calls = [...view.world.recorder.internalCalls.values()]
    .filter(({ from, isThreaded }) => from.fn !== null && counted.has(from.fn) && !isThreaded)
    .sort(byCallSite);
  const edges = new Map<FunctionInfo, Edge[]>();
  for (const call of calls) {
    const from = call.from.fn;
    if (from === null || isAwaited(call.from)) continue;
    for (const to of implementations(call.to)) {
      if (to.isAsync || !runsWhenCalled(call, to) || isWrapped(view.world, to)) continue;
      edges.set(from, [...(edges.get(from) ?? []), { call, to }]);
    }
  }
  return edges;
}

/** A generator's body runs where it is iterated, which evaluation records as a call of its own. */
function runsWhenCalled(call: InternalCall, to: FunctionInfo): boolean {
  if (!to.isGenerator || call.isIterated) return true;
  return to.decoratorNames.some((name) => /(?:^|\.)contextmanager$/.test(name));
}

/** The function itself, or the overrides of an abstract method. */
function implementations(fn: FunctionInfo): readonly FunctionInfo[] {
  if (fn.owner === null || !fn.decoratorNames.some((name) => /(?:^|\.)abstractmethod$/.test(name)))
    return [fn];
  const found: FunctionInfo[] = [];
  const open = [...fn.owner.subclasses];
  for (const cls of open) {
    if (open.length > 200) break;
    const binding = cls.frame.environment.get(fn.name);
    if (binding === undefined || "lazy" in binding) open.push(...cls.subclasses);
    else for (const atom of binding) if (atom.kind === "function") found.push(atom.fn);
  }
  return found;
}

function byCallSite({ from: left, to: a }: InternalCall, { from: right, to: b }: InternalCall): number {
  return (
    compareText(left.module.path, right.module.path) ||
    left.start - right.start ||
    left.end - right.end ||
    compareText(a.id, b.id)
  );
}
