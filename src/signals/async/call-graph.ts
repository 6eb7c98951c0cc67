// Which function calls which in the same thread, and which of them end up working on the database.
import type { InternalCall } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Site } from "../../evaluation/query.ts";
import { compareText } from "../../text/compare-text.ts";
import type { ProjectView } from "../project-view.ts";
import type { WorkIn } from "./database-work.ts";
import { isInBranch } from "./in-branch.ts";
import { isInside, narrowCalls, workOffset } from "./narrowed-calls.ts";
import { isMadeOnce } from "./once-a-process.ts";
import { isAwaited } from "./places.ts";
import { runsWithoutLoop } from "./running-loop.ts";
import { isWrapped } from "./wrapped-function.ts";

/** The way from a function to the nearest work that runs in any case, else to the nearest at all: a call to follow, or its own work. */
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
  /** True where nothing decides whether `from` makes the call, and whom it calls. */
  readonly isCertainCall: (from: FunctionInfo, call: Site, to: FunctionInfo) => boolean;
  /** True for work that no branch of its function keeps from running. */
  readonly isCertainWork: (work: WorkIn) => boolean;
  /** All work, that of functions as single calls reach them included. */
  readonly work: readonly WorkIn[];
}

export interface Edge {
  readonly call: InternalCall;
  readonly to: FunctionInfo;
}

/** Calls from functions of this project to plain functions, which run then and there. */
export function buildCallGraph(view: ProjectView, ownWork: readonly WorkIn[]): CallGraph {
  const { constantsOf, edges, work } = narrowCalls(edgesByCaller(view), ownWork);
  const isInDoubt = (fn: FunctionInfo, offset: number): boolean =>
    isInBranch(fn.body, offset, constantsOf(fn));
  const isCertainCall = (from: FunctionInfo, call: Site, to: FunctionInfo): boolean =>
    !isInDoubt(from, call.start) && choicesOf(edges.get(from) ?? [], call, to) === 1;
  const isCertainWork = (one: WorkIn): boolean => !isInDoubt(one.fn, workOffset(one));
  const callers = new Map<FunctionInfo, Caller[]>();
  for (const [from, out] of edges)
    for (const edge of out) {
      const isCertain = isCertainCall(from, edge.call.from, edge.to);
      callers.set(edge.to, [...(callers.get(edge.to) ?? []), { from, edge, isCertain }]);
    }
  const own = work.filter(({ fn, isGiven }) => !fn.isAsync && !isGiven);
  const ways = new Map<FunctionInfo, Way>();
  addWork(ways, own.filter(isCertainWork));
  spreadWays(ways, callers, true);
  addWork(ways, own);
  // What runs the queryset it is given, or hands it on, is work for those who give one.
  const givenWays = waysOfGiven(work, callers);
  for (const [fn, { distance }] of givenWays)
    for (const { from, edge } of callers.get(fn) ?? []) {
      if (from.isAsync || ways.has(from) || !edge.call.givesQuery) continue;
      ways.set(from, { distance: distance + 1, next: edge.call, to: fn });
    }
  spreadWays(ways, callers, false);
  return {
    callsOf: (fn) => edges.get(fn) ?? [],
    wayOf: (fn) => ways.get(fn) ?? null,
    givenWayOf: (fn) => givenWays.get(fn) ?? null,
    isCertainCall,
    isCertainWork,
    work,
  };
}

function addWork(ways: Map<FunctionInfo, Way>, work: readonly WorkIn[]): void {
  for (const { fn } of work) if (!ways.has(fn)) ways.set(fn, { distance: 0, next: null, to: null });
}

/** Gives callers the nearest way of what they call: over all calls, or over those that are made in any case. */
function spreadWays(ways: Map<FunctionInfo, Way>, callers: Callers, isCertainOnly: boolean): void {
  const queue = [...ways].sort(([, left], [, right]) => left.distance - right.distance).map(([fn]) => fn);
  for (const fn of queue) {
    const { distance } = ways.get(fn) ?? { distance: 0 };
    for (const { from, edge, isCertain } of callers.get(fn) ?? []) {
      if (from.isAsync || ways.has(from) || (isCertainOnly && !isCertain)) continue;
      ways.set(from, { distance: distance + 1, next: edge.call, to: fn });
      queue.push(from);
    }
  }
}

/**
 * How many functions a call may be one of, each counted once however it is entered. All of an object's initializers are called,
 * not one of them.
 */
export function choicesOf(out: readonly Edge[], { start, end }: Site, to: FunctionInfo): number {
  const isOther = ({ id, name }: FunctionInfo): boolean =>
    id === to.id || name === to.name || !INITIALIZERS.has(name) || !INITIALIZERS.has(to.name);
  const here = out.filter(({ call: { from } }) => from.start === start && from.end === end);
  const others = Math.max(0, ...here.map(({ call }) => call.others ?? 0));
  return new Set(here.flatMap((edge) => (isOther(edge.to) ? [edge.to.id] : []))).size + others;
}

const INITIALIZERS = new Set(["__init__", "__post_init__"]);

interface Caller {
  readonly from: FunctionInfo;
  readonly edge: Edge;
  /** True where nothing decides whether the call is made, and whom it calls. */
  readonly isCertain: boolean;
}

type Callers = ReadonlyMap<FunctionInfo, readonly Caller[]>;

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
      if (isMadeOnce(to) || runsWithoutLoop(from, call.from.start)) continue;
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
