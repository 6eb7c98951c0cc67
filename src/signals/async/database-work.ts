// Every place where code works on the database and waits for it, whatever function it stands in.

import type { Execution, ExternalCall, InternalCall } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Query } from "../../evaluation/query.ts";
import {
  BLOCKING_CALLS,
  DJANGO_TWINS,
  isBlockingAttribute,
  isTransactionDecorator,
} from "../../knowledge/blocking-calls.ts";
import type { DatabaseWork, Library } from "../../model/async-facts.ts";
import type { ProjectView } from "../project-view.ts";
import { byPlace } from "./by-place.ts";
import { isOnceAProcess } from "./once-a-process.ts";
import { isAwaited, isEnteredAsync, placeOf } from "./places.ts";
import { closesUnused } from "./unused-session.ts";

/** Work, with the function that does it. */
export interface WorkIn extends DatabaseWork {
  readonly fn: FunctionInfo;
  /** What it says without the model. */
  readonly use: string;
  /** True for a use like iteration of a queryset that a caller hands in: it is a query only for those who do. */
  readonly isGiven: boolean;
}

/** Work inside functions, in source order, one a place. What is awaited or handed to a thread is left out. */
export function findWork(view: ProjectView): WorkIn[] {
  const paths = new Set(view.files.map(({ path }) => path));
  const found: WorkIn[] = [];
  const { executions, internalCalls } = view.world.recorder;
  const isCallerOf = callerTest([...internalCalls.values()]);
  for (const execution of executions.values())
    if (paths.has(execution.site.module.path)) found.push(...workOfExecution(execution, isCallerOf));
  for (const call of view.externalCalls) found.push(...workOfCall(view, call));
  const callers = callersOfCoroutines([...internalCalls.values()]);
  for (const fn of view.functions)
    if (callers.get(fn)?.some((caller) => caller?.isAsync) !== false) found.push(...workOfDecorators(fn));
  return uniquePlaces(found.sort(byPlace));
}

type CallerTest = (caller: FunctionInfo, fn: FunctionInfo) => boolean;

/** Tells whether one function calls another, itself or through others. */
function callerTest(calls: readonly InternalCall[]): CallerTest {
  const callers = new Map<FunctionInfo, Set<FunctionInfo>>();
  for (const { from, to } of calls) {
    if (from.fn === null) continue;
    const known = callers.get(to) ?? new Set();
    callers.set(to, known.add(from.fn));
  }
  return (caller, fn) => {
    const above = new Set(callers.get(fn));
    for (const one of above) {
      if (one === caller) return true;
      for (const next of callers.get(one) ?? []) above.add(next);
    }
    return false;
  };
}

/**
 * A parameter or attribute may hold a queryset here and a list there: what the function built itself, or got from something it
 * calls or from its own class, is certain.
 */
function isGiven({ isTrigger, query, site }: Execution, isCallerOf: CallerTest): boolean {
  const from = query.origin.fn;
  if (!isTrigger || site.fn === null || query.site.fn === site.fn) return false;
  // Of a queryset that an annotation tells of, and no step was added to, the caller may have the rows.
  if (query.site.end === 0) return true;
  if (from === null || from === site.fn) return false;
  const isOwn = from.owner !== null && from.owner === site.fn.owner;
  const isInside = from.module === site.module && from.start < site.fn.start && site.fn.end <= from.end;
  return !isOwn && !isInside && !isCallerOf(site.fn, from);
}

function workOfExecution(execution: Execution, isCallerOf: CallerTest): WorkIn[] {
  const { query, site, at, method } = execution;
  if (execution.kind !== "sync" || execution.isThreaded || site.fn === null) return [];
  // What is awaited is a coroutine's, unless it is certainly a method that gives none.
  const isLeftToLoop = isAwaited(site) || isEnteredAsync(site);
  if (isLeftToLoop && (query.style !== "django" || query.isHeuristic)) return [];
  if (execution.isMixed && site.fn.isAsync) return [];
  // Whoever fetched the instance may have loaded the rows with it; where that is known, they answer for it.
  const isOfAll = execution.isTrigger || method === "count" || method === "exists";
  if (query.mayBePrefetched && query.style === "django" && isOfAll) return [];
  if (!site.fn.isAsync && isOnceAProcess(site.fn, site.start)) return [];
  const library = libraryOf(query);
  const twin = library === "django" && DJANGO_TWINS.has(method) ? `a${method}` : null;
  const says = sayExecution(execution);
  const use = sayUse(execution);
  const place = placeOf(site, at);
  return [{ fn: site.fn, place, library, says, use, twin, isGiven: isGiven(execution, isCallerOf) }];
}

function workOfCall(view: ProjectView, { name, site, at }: ExternalCall): WorkIn[] {
  if (site.fn === null || isAwaited(site) || isEnteredAsync(site)) return [];
  const known = BLOCKING_CALLS.find((call) => call.name.test(name));
  if (known === undefined || (/ession\.close$/.test(name) && closesUnused(view, site))) return [];
  const short = name.slice(name.lastIndexOf(".") + 1);
  const twin = known.library === "django" && DJANGO_TWINS.has(short) ? `a${short}` : null;
  const shown = shownName(name.replace(/\.__enter__$/, ""));
  const says = isBlockingAttribute(name) ? `\`${shown}\`` : `\`${shown}()\``;
  const place = placeOf(site, at);
  return [{ fn: site.fn, place, library: known.library, says, use: says, twin, isGiven: false }];
}

/** Who calls coroutine functions: what their decorators do is done where they are called, and not where they are awaited. */
function callersOfCoroutines(
  calls: readonly InternalCall[],
): ReadonlyMap<FunctionInfo, readonly (FunctionInfo | null)[]> {
  const callers = new Map<FunctionInfo, (FunctionInfo | null)[]>();
  for (const { from, to } of calls) if (to.isAsync) callers.set(to, [...(callers.get(to) ?? []), from.fn]);
  return callers;
}

/** A decorator like `@transaction.atomic` works on the database before the body runs, and after it. */
function workOfDecorators(fn: FunctionInfo): WorkIn[] {
  const names = fn.decoratorNames.filter(isTransactionDecorator);
  const [offset] = fn.decoratorOffsets;
  if (names[0] === undefined || offset === undefined) return [];
  const place = placeOf({ module: fn.module, fn, start: offset, end: offset });
  const says = `\`@${shownName(names[0])}\``;
  return [{ fn, place, library: "django", says, use: says, twin: null, isGiven: false }];
}

/** The last two parts of a dotted name: "transaction.atomic". */
export function shownName(name: string): string {
  return name.split(".").slice(-2).join(".");
}

/** "`count()` on Book", "iteration on Book". */
export function sayExecution(execution: Execution): string {
  return `${sayUse(execution)}${subject(execution.query)}`;
}

/** The same, without the model where statements on several run in the same place: none of them is the one. */
export function saysOf(executions: readonly Execution[]): (execution: Execution) => string {
  const placeKey = ({ site, at, method }: Execution): string => `${site.module.path}:${at}:${method}`;
  const said = new Map<string, Set<string>>();
  for (const one of executions) {
    const key = placeKey(one);
    said.set(key, (said.get(key) ?? new Set()).add(sayExecution(one)));
  }
  return (execution) =>
    said.get(placeKey(execution))?.size === 1 ? sayExecution(execution) : sayUse(execution);
}

/** "`count()`", "iteration". */
function sayUse({ isTrigger, method }: Execution): string {
  return isTrigger ? method : `\`${method}()\``;
}

export function libraryOf({ style, orm }: Pick<Query, "style" | "orm">): Library {
  if (style === "django" || style === "django-raw") return "django";
  return style === "other" || !/sqlalchemy|sqlmodel/.test(orm) ? "other" : "sqlalchemy";
}

function subject({ model, isOneOfMany, layer }: Query): string {
  if (isOneOfMany) return "";
  if (model !== null)
    return ` on ${typeof model === "string" ? model.slice(model.lastIndexOf(".") + 1) : model.name}`;
  return layer === "raw" ? " of SQL text" : "";
}

function uniquePlaces(sorted: readonly WorkIn[]): WorkIn[] {
  const byKey = new Map<string, WorkIn>();
  for (const work of sorted) {
    const key = `${work.place.path}:${work.place.line}:${work.place.column}`;
    const known = byKey.get(key);
    // Statements on several models that run in one place: none of them is the one.
    const says = known === undefined || known.says === work.says ? work.says : known.use;
    byKey.set(key, known === undefined ? work : { ...known, says, isGiven: known.isGiven && work.isGiven });
  }
  return [...byKey.values()];
}
