// Work on the database that a coroutine does not do itself, but calls synchronously, through however many functions.
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Place, ReachedWork } from "../../model/async-facts.ts";
import { byPlace } from "./by-place.ts";
import type { CallGraph, Edge, Way } from "./call-graph.ts";
import type { WorkIn } from "./database-work.ts";
import { placeOf } from "./places.ts";

/** Reached work, with the coroutine that calls. */
export interface ReachedFrom extends ReachedWork {
  readonly coroutine: FunctionInfo;
}

/** One entry for each call in a coroutine that leads to work; the nearest work stands for all that it leads to. */
export function findReachedWork(coroutines: readonly FunctionInfo[], graph: CallGraph): ReachedFrom[] {
  const firstWork = new Map<FunctionInfo, WorkIn>();
  for (const one of graph.work) {
    const known = firstWork.get(one.fn);
    if (known === undefined || (known.isGiven && !one.isGiven)) firstWork.set(one.fn, one);
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

function follow(
  { call, to }: Edge,
  graph: CallGraph,
  firstWork: ReadonlyMap<FunctionInfo, WorkIn>,
): ReachedWork | null {
  const path = [to.qualifiedName];
  const steps: Place[] = [];
  let current = to;
  let isGiving = call.givesQuery === true;
  const wayOn = (): Way | null => graph.wayOf(current) ?? (isGiving ? graph.givenWayOf(current) : null);
  for (let way = wayOn(); way?.next && way.to; way = wayOn()) {
    steps.push(placeOf(way.next.from));
    isGiving = way.next.givesQuery === true || (isGiving && graph.wayOf(current) === null);
    current = way.to;
    path.push(current.qualifiedName);
  }
  const found = firstWork.get(current);
  if (found === undefined || (found.isGiven && !isGiving)) return null;
  const { place, library, says, twin } = found;
  const work = { place, library, says, twin };
  return { call: placeOf(call.from), path, steps, work, reaches: countReached(to, graph, firstWork) };
}

/** Functions with work of their own that a call of `start` leads to, itself included. */
function countReached(
  start: FunctionInfo,
  graph: CallGraph,
  firstWork: ReadonlyMap<FunctionInfo, WorkIn>,
): number {
  const seen = new Set([start]);
  for (const fn of seen) for (const { to } of graph.callsOf(fn)) if (graph.wayOf(to) !== null) seen.add(to);
  return new Set([...seen].filter((fn) => firstWork.has(fn)).map(({ id }) => id)).size;
}
