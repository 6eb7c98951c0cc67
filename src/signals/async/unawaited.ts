// Coroutines that would run a statement if anybody awaited them.
import type { Execution, ExternalCall, InternalCall } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { isDatabaseHandle } from "../../evaluation/orm/database-handle.ts";
import { type Site, siteKey } from "../../evaluation/query.ts";
import { givesCoroutine, givesStartable } from "../../knowledge/blocking-calls.ts";
import type { UnawaitedQuery } from "../../model/async-facts.ts";
import type { FileFacts } from "../../model/facts.ts";

import type { ProjectView } from "../project-view.ts";
import { byPlace } from "./by-place.ts";
import { sayExecution, shownName } from "./database-work.ts";
import { isDiscarded, placeOf } from "./places.ts";

/**
 * Only what is certain: a call that stands alone, and one whose result is used as what awaiting it would give. A coroutine that
 * is stored, returned or passed on may be awaited by whoever gets it.
 */
export function findUnawaited(view: ProjectView): UnawaitedQuery[] {
  const paths = new Set(view.files.filter(isWhole).map(({ path }) => path));
  const isHere = ({ module, fn }: Site): boolean => fn !== null && paths.has(module.path);
  const { executions, misused, internalCalls } = view.world.recorder;
  const found: UnawaitedQuery[] = [];
  const startable = new Set(
    view.externalCalls.filter(({ name }) => givesStartable(name)).map(({ site }) => siteKey(site)),
  );
  // A session that may be a synchronous one is no mistake.
  const mixed = new Set(view.externalCalls.filter(isOfSyncHandle).map(({ site }) => siteKey(site)));
  for (const execution of executions.values()) {
    const key = siteKey(execution.site);
    const isCoroutine = execution.kind === "unawaited" && !startable.has(key) && !mixed.has(key);
    if (isCoroutine && isHere(execution.site)) found.push(...discarded(execution));
  }
  for (const { site, execution } of misused.values())
    if (execution.kind === "unawaited" && isHere(site))
      found.push({
        place: placeOf(execution.site, execution.at),
        says: sayExecution(execution),
        reason: "used",
      });
  for (const { at, name, site } of view.externalCalls)
    if (isHere(site) && isDiscarded(site) && givesCoroutine(name) && !mixed.has(siteKey(site)))
      found.push({ place: placeOf(site, at), says: `\`${shownName(name)}()\``, reason: "discarded" });
  const sites = [
    ...[...executions.values()].map(({ site }) => site),
    ...view.externalCalls.filter(({ name }) => givesCoroutine(name)).map(({ site }) => site),
  ];
  found.push(...discardedCalls([...internalCalls.values()], sites, isHere));
  return [...new Map(found.sort(byPlace).map((one) => [JSON.stringify(one.place), one])).values()];
}

/** Where the grammar had to recover, an `await` may be among what it skipped. */
function isWhole({ problems }: FileFacts): boolean {
  return !problems.some(({ kind }) => kind === "syntax-error" || kind === "limit");
}

function isOfSyncHandle({ name, receiver }: ExternalCall): boolean {
  return receiver !== null && isDatabaseHandle(receiver) && !/[Aa]sync/.test(name);
}

function discarded(execution: Execution): UnawaitedQuery[] {
  const { site, at } = execution;
  if (!isDiscarded(site)) return [];
  return [{ place: placeOf(site, at), says: sayExecution(execution), reason: "discarded" }];
}

/** Calls of the project's own coroutine functions that run statements. */
function discardedCalls(
  calls: readonly InternalCall[],
  sites: readonly Site[],
  isHere: (site: Site) => boolean,
): UnawaitedQuery[] {
  const working = workingFunctions(calls, sites);
  const bySite = new Map<string, InternalCall[]>();
  for (const call of calls) {
    if (!isHere(call.from) || !isDiscarded(call.from)) continue;
    const key = siteKey(call.from);
    bySite.set(key, [...(bySite.get(key) ?? []), call]);
  }
  return [...bySite.values()].flatMap((candidates): UnawaitedQuery[] => {
    const [call] = candidates;
    const isCertain = candidates.every(({ to }) => isPlainCoroutine(to) && working.has(to));
    if (call === undefined || !isCertain) return [];
    const says = `\`${call.to.qualifiedName}()\`, which runs queries,`;
    return [{ place: placeOf(call.from), says, reason: "discarded" }];
  });
}

/** What decorators make of a coroutine function is not known. */
function isPlainCoroutine(fn: FunctionInfo): boolean {
  return (
    fn.isAsync &&
    !fn.isGenerator &&
    fn.decorators.every((value) => value.length > 0) &&
    fn.decoratorNames.length === fn.decorators.length &&
    fn.decoratorNames.every((name) =>
      /^builtins\.(?:staticmethod|classmethod)$|\.(?:override|abstractmethod)$/.test(name),
    )
  );
}

/** Functions that run statements or await the database otherwise, themselves or through what they call. */
function workingFunctions(calls: readonly InternalCall[], sites: readonly Site[]): ReadonlySet<FunctionInfo> {
  const working = new Set<FunctionInfo>();
  for (const { fn } of sites) if (fn !== null) working.add(fn);
  const callers = new Map<FunctionInfo, FunctionInfo[]>();
  for (const { from, to } of calls)
    if (from.fn !== null) callers.set(to, [...(callers.get(to) ?? []), from.fn]);
  for (const fn of working) for (const caller of callers.get(fn) ?? []) working.add(caller);
  return working;
}
