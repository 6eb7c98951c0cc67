// Everything that rules about the event loop need to know of a project.

import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { AsyncFacts, DatabaseWork } from "../../model/async-facts.ts";
import type { ProjectView } from "../project-view.ts";
import { buildCallGraph } from "./call-graph.ts";
import { findWork, type WorkIn } from "./database-work.ts";
import { findLazyLoads } from "./lazy-loads.ts";
import { findReachedWork } from "./reached-work.ts";
import { findUnawaited } from "./unawaited.ts";

export function collectAsyncFacts(view: ProjectView): AsyncFacts {
  const work = findWork(view);
  const graph = buildCallGraph(view, work);
  const coroutines = view.functions.filter(isJudgedCoroutine);
  return {
    blocking: work.filter(({ fn }) => isJudgedCoroutine(fn)).map(withoutFunction),
    reached: findReachedWork(coroutines, graph, work),
    lazyLoads: findLazyLoads(view, isJudgedCoroutine),
    unawaited: findUnawaited(view),
    endpoints: [],
    engines: [],
  };
}

/** A management command has its event loop to itself: nothing waits while its query runs. */
function isJudgedCoroutine(fn: FunctionInfo): boolean {
  return fn.isAsync && !/(?:^|\/)management\/commands\//.test(fn.module.path);
}

function withoutFunction({ place, library, says, twin }: WorkIn): DatabaseWork {
  return { place, library, says, twin };
}
