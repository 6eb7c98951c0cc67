// Work on the database that a coroutine does not do itself, but calls synchronously, through however many functions.
import { type ClassInfo, ownAncestors } from "../../evaluation/class-info.ts";
import type { InternalCall } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Place, ReachedWork } from "../../model/async-facts.ts";
import { byPlace } from "./by-place.ts";
import { type CallGraph, choicesOf, type Edge, type Way } from "./call-graph.ts";
import type { WorkIn } from "./database-work.ts";
import { placeOf } from "./places.ts";

/** Reached work, with the coroutine that calls. */
export interface ReachedFrom extends ReachedWork {
  readonly coroutine: FunctionInfo;
  /** The functions with work that the call leads to. */
  readonly workers: readonly FunctionInfo[];
}

/** One entry for each call in a coroutine that leads to work; the nearest work stands for all that it leads to. */
export function findReachedWork(coroutines: readonly FunctionInfo[], graph: CallGraph): ReachedFrom[] {
  const firstWork = new Map<FunctionInfo, WorkIn>();
  for (const one of graph.work) {
    const known = firstWork.get(one.fn);
    if (known === undefined || rank(one, graph) > rank(known, graph)) firstWork.set(one.fn, one);
  }
  const found = new Map<string, ReachedFrom>();
  for (const coroutine of coroutines) {
    for (const edge of graph.callsOf(coroutine)) {
      const reached = follow(edge, graph, firstWork);
      if (reached === null) continue;
      const { path, line, column, endLine, endColumn } = reached.call;
      const key = [path, line, column, endLine, endColumn].join(":");
      const known = found.get(key);
      if (known === undefined || reached.path.length < known.path.length)
        found.set(key, { ...reached, coroutine });
    }
  }
  return [...found.values()].sort((left, right) => byPlace({ place: left.call }, { place: right.call }));
}

/** Work that runs in any case tells more than work in a branch, and that more than what depends on what is given. */
function rank(work: WorkIn, { isCertainWork }: CallGraph): number {
  if (work.isGiven) return 0;
  return isCertainWork(work) ? 2 : 1;
}

function follow(
  { call, to }: Edge,
  graph: CallGraph,
  firstWork: ReadonlyMap<FunctionInfo, WorkIn>,
): Omit<ReachedFrom, "coroutine"> | null {
  const path = [to.qualifiedName];
  const steps: Place[] = [];
  const passed: FunctionInfo[] = call.from.fn === null ? [] : [call.from.fn];
  if (isOfAnother(passed, call, to)) return null;
  let current = to;
  const choices = call.from.fn === null ? 1 : choicesOf(graph.callsOf(call.from.fn), call.from, to);
  let isCertain = choices === 1;
  let isGiving = call.givesQuery === true;
  const wayOn = (): Way | null => graph.wayOf(current) ?? (isGiving ? graph.givenWayOf(current) : null);
  for (let way = wayOn(); way?.next && way.to; way = wayOn()) {
    passed.push(current);
    if (isOfAnother(passed, way.next, way.to)) return null;
    steps.push(placeOf(way.next.from));
    isCertain &&= graph.isCertainCall(current, way.next.from, way.to);
    isGiving = way.next.givesQuery === true || (isGiving && graph.wayOf(current) === null);
    current = way.to;
    path.push(current.qualifiedName);
  }
  const found = firstWork.get(current);
  if (found === undefined || (found.isGiven && !isGiving)) return null;
  const { place, library, says, twin } = found;
  const work = { place, library, says, twin };
  isCertain &&= graph.isCertainWork(found);
  const workers = workersFrom(to, graph, firstWork);
  const reaches = new Set(workers.map(({ id }) => id)).size;
  return { call: placeOf(call.from), path, steps, work, choices, isCertain, reaches, workers };
}

/**
 * True where an abstract method was taken for the override of a class that is not the one at hand: methods passed on the way
 * belong to another class under the same abstract one.
 */
function isOfAnother(passed: readonly FunctionInfo[], call: InternalCall, to: FunctionInfo): boolean {
  const base = call.to.owner;
  const { owner } = to;
  if (base === null || owner === null || base.id === owner.id) return false;
  return passed.some((fn) => {
    if (fn.owner === null || fn.owner.id === base.id) return false;
    const above = ownAncestors(fn.owner).map(({ id }) => id);
    return above.includes(base.id) && !above.includes(owner.id) && !descendsFrom(owner, fn.owner);
  });
}

function descendsFrom(cls: ClassInfo, base: ClassInfo): boolean {
  return ownAncestors(cls).some(({ id }) => id === base.id);
}

/** Functions with work of their own that a call of `start` leads to, itself included. */
function workersFrom(
  start: FunctionInfo,
  graph: CallGraph,
  firstWork: ReadonlyMap<FunctionInfo, WorkIn>,
): readonly FunctionInfo[] {
  const seen = new Set([start]);
  for (const fn of seen) for (const { to } of graph.callsOf(fn)) if (graph.wayOf(to) !== null) seen.add(to);
  return [...seen].filter((fn) => firstWork.has(fn));
}
