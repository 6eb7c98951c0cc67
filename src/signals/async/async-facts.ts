// Everything that rules about the event loop need to know of a project.

import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { AsyncFacts, DatabaseWork, Place, ReachedWork } from "../../model/async-facts.ts";
import type { FrameworkUse } from "../../model/report.ts";
import { withCalledSiblings } from "../called-siblings.ts";
import type { ProjectView } from "../project-view.ts";
import { whereAsyncUnsafe } from "./async-unsafe.ts";
import type { BlockedPlace, BlockedPlaces } from "./blocked-places.ts";
import { buildCallGraph } from "./call-graph.ts";
import { findWork, type WorkIn } from "./database-work.ts";
import { findLazyLoads } from "./lazy-loads.ts";
import { findOwnLoops } from "./own-loop.ts";
import { findReachedWork, type ReachedFrom } from "./reached-work.ts";
import { findSyncEngines } from "./sync-engines.ts";
import { findSyncSessionEndpoints } from "./sync-sessions.ts";
import { findUnawaited } from "./unawaited.ts";

export function collectAsyncFacts(view: ProjectView, frameworks: readonly FrameworkUse[]): AsyncFacts {
  // A way to a query may lead through code of another project.
  const around = withCalledSiblings(view);
  const work = findWork(around);
  const graph = buildCallGraph(around, work);
  const here = new Set(view.functions);
  const given = givenByCoroutines(view);
  const ownLoops = findOwnLoops(view);
  // Django raises on every loop; elsewhere a query that nothing waits beside is no fault.
  const isJudged = (fn: FunctionInfo, { library }: DatabaseWork): boolean =>
    isJudgedCoroutine(fn) && (library === "django" || !ownLoops.has(fn));
  const own = work.filter(
    (one) => here.has(one.fn) && isJudged(one.fn, one) && (!one.isGiven || given.has(one.fn)),
  );
  const told = new Set(own.map(({ place }) => callKey(place)));
  // A session class of the project: the call is the query, whatever its method does besides.
  const led = findReachedWork(view.functions.filter(isJudgedCoroutine), graph).filter(
    ({ call, coroutine, work: one }) => isJudged(coroutine, one) && !told.has(callKey(call)),
  );
  const working = workingOn([
    ...own,
    ...led.map(({ coroutine, work }) => ({ fn: coroutine, says: work.says })),
  ]);
  const blocking = own.filter(({ fn, says }) => !isClosing(says) || !working.has(fn));
  const reached = led.filter(({ coroutine, work }) => !isClosing(work.says) || !working.has(coroutine));
  const blocked = blockedPlaces(blocking, reached);
  const lazyLoads = findLazyLoads(view, isJudgedCoroutine);
  const libraries = [...blocking, ...reached.map(({ work }) => work), ...lazyLoads];
  const isOfDjango = libraries.some(({ library }) => library === "django");
  return {
    blocking: blocking.map(withoutFunction),
    reached: reached.map(withoutCoroutine),
    lazyLoads,
    unawaited: findUnawaited(view),
    endpoints: findSyncSessionEndpoints(view, blocked),
    engines: findSyncEngines(view, frameworks, blocked),
    unsafeAt: isOfDjango ? whereAsyncUnsafe(view) : null,
  };
}

function isClosing(says: string): boolean {
  return /^`(?:Session|scoped_session)\.close\(\)`$/.test(says);
}

/** Closing a session ends what was begun before: in a coroutine that does more, it is no fault of its own. */
function workingOn(works: readonly Pick<WorkIn, "fn" | "says">[]): ReadonlySet<FunctionInfo> {
  return new Set(works.flatMap(({ fn, says }) => (isClosing(says) ? [] : [fn])));
}

/** The same for a call and for the method's name in it. */
function callKey({ path, endLine, endColumn, code }: Place): string {
  return [path, endLine, endColumn, code].join(":");
}

/** A management command has its event loop to itself: nothing waits while its query runs. */
function isJudgedCoroutine(fn: FunctionInfo): boolean {
  return fn.isAsync && !/(?:^|\/)management\/commands\//.test(fn.module.path);
}

/** Functions that some coroutine hands a queryset. */
function givenByCoroutines(view: ProjectView): ReadonlySet<FunctionInfo> {
  const calls = [...view.world.recorder.internalCalls.values()];
  return new Set(calls.filter(({ from, givesQuery }) => givesQuery && from.fn?.isAsync).map(({ to }) => to));
}

function blockedPlaces(blocking: readonly WorkIn[], reached: readonly ReachedFrom[]): BlockedPlaces {
  const places = new Map<FunctionInfo, BlockedPlace[]>();
  const add = (fn: FunctionInfo, place: Place, workers: readonly FunctionInfo[]): void => {
    places.set(fn, [...(places.get(fn) ?? []), { place, workers }]);
  };
  for (const { fn, place, library } of blocking) if (library === "sqlalchemy") add(fn, place, [fn]);
  for (const { coroutine, call, work, workers } of reached)
    if (work.library === "sqlalchemy") add(coroutine, call, workers);
  return places;
}

function withoutFunction({ place, library, says, twin }: WorkIn): DatabaseWork {
  return { place, library, says, twin };
}

function withoutCoroutine({
  coroutine: _coroutine,
  workers: _workers,
  ...reached
}: ReachedFrom): ReachedWork {
  return reached;
}
