// Queries that a loop runs once per turn: in the loop itself, or in functions it calls whatever the case.
import type { Execution, InternalCall, LazyRead } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { lineIn } from "../../evaluation/module-info.ts";
import { type Query, type Site, siteKey } from "../../evaluation/query.ts";
import type { LoopedQuery } from "../../model/query-facts.ts";
import { byPlace } from "../async/by-place.ts";
import { saysOf } from "../async/database-work.ts";
import { placeOf } from "../async/places.ts";
import { callAt } from "../code-at.ts";
import type { ProjectView } from "../project-view.ts";
import { runsAlways } from "./conditions.ts";
import { type Loop, loopAround } from "./loop-around.ts";
import {
  asksAnotherTable,
  isBatchOfTurn,
  isKeptAttribute,
  isKeptQueryset,
  runsStatementOfTurn,
} from "./own-work.ts";

/** Further calls rarely run a query each time, and nobody can follow the way. */
const MAX_STEPS = 3;

/** Ends of a unit of work: where they belong in a loop is a question of transactions, not of round trips. */
const UNITS_OF_WORK = new Set(["commit", "flush", "ddl"]);
/** These read on from a statement that has run. */
const READING_ON = /^(?:fetchone|fetchmany|fetchall|next|close|begin|rollback|refresh)$/;

/** One finding a place, in source order. */
export function findLoopedQueries(view: ProjectView): LoopedQuery[] {
  const paths = new Set(view.files.map(({ path }) => path));
  const executions = [...view.world.recorder.executions.values()].filter(isRoundTrip);
  const says = saysOf(executions);
  const here = executions
    .filter(({ site }) => paths.has(site.module.path))
    .flatMap((execution) =>
      inLoop(execution.site, execution.at, says(execution), (loop) => isSameQuery(execution, loop)),
    );
  const read = [...view.world.recorder.lazyReads.values()]
    .filter(({ site, reason, isAsync }) => paths.has(site.module.path) && reason === "relation" && !isAsync)
    .filter(({ through }) => through === undefined)
    .flatMap((lazy) => inLoop(lazy.site, lazy.at, sayLazyRead(lazy), (loop) => !isKeptAttribute(lazy, loop)));
  const direct = [...here, ...read];
  return uniquePlaces([...direct, ...calledInLoops(view, executions)].sort(byPlace));
}

function isRoundTrip(execution: Execution): boolean {
  const { query, method, kind, isTrigger } = execution;
  if (
    kind === "unawaited" ||
    isUtility(query) ||
    UNITS_OF_WORK.has(query.operation) ||
    READING_ON.test(method)
  )
    return false;
  // `AsyncSession.delete()` marks the object; the next flush deletes all that are marked.
  if (method === "delete" && query.style === "sqlalchemy-dml" && kind === "awaited") return false;
  // Whether whoever fetched the instance loaded the relation with it, or holds the row to merge, is not known here.
  return !(query.mayBePrefetched === true && (isTrigger || /^(?:count|exists|merge)$/.test(method)));
}

/** Statements about the connection, the session or the server's upkeep. Each names what it is about; none reads or writes rows. */
const UTILITY =
  /^\s*(?:alter|analyze|attach|begin|comment|commit|create|detach|drop|grant|listen|lock|notify|optimize|pragma|reindex|release|reset|revoke|rollback|savepoint|set|show|start\s+transaction|truncate|unlisten|unlock|use|vacuum)\b/i;

function isUtility({ text }: Query): boolean {
  return text.some((atom) => atom.kind === "text" && UTILITY.test(atom.parts[0] ?? ""));
}

function isSameQuery(execution: Execution, loop: Loop): boolean {
  return !(
    isKeptQueryset(execution, loop) ||
    isBatchOfTurn(execution, loop) ||
    runsStatementOfTurn(execution, loop) ||
    asksAnotherTable(execution.query, execution.site, loop)
  );
}

function sayLazyRead({ attribute, model }: LazyRead): string {
  return `reading \`${attribute}\` of ${model.name}, which is not loaded with it,`;
}

function inLoop(
  site: Site,
  at: number,
  says: string,
  isSame: (loop: Loop) => boolean = () => true,
): LoopedQuery[] {
  const loop = loopAround(site.module, at);
  if (loop === null || !isSame(loop)) return [];
  return [{ place: placeOf(site, at), says, loopLine: lineIn(site.module, loop.start), path: [], at: null }];
}

/** The nearest query that a function runs whenever it is called, and the functions on the way to it. */
interface Way {
  readonly path: readonly string[];
  readonly execution: Execution;
}

function calledInLoops(view: ProjectView, executions: readonly Execution[]): LoopedQuery[] {
  const counted = new Set(view.modules);
  const sites = callSites([...view.world.recorder.internalCalls.values()]);
  const ways = waysToQueries(sites, executions);
  const says = saysOf(executions);
  return sites.flatMap(({ from, callees }) => {
    const way = sharedWay(callees, ways);
    const callsItself = from.fn !== null && callees.includes(from.fn);
    if (way === null || callsItself || !counted.has(from.module)) return [];
    const loop = loopAround(from.module, from.start);
    if (loop === null || isClassOfTurn(from, callees, loop)) return [];
    return [
      {
        place: placeOf(from),
        says: says(way.execution),
        loopLine: lineIn(from.module, loop.start),
        path: way.path,
        at: placeOf(way.execution.site, way.execution.at),
      },
    ];
  });
}

/** One call in the code, and all that it may call: several where the receiver's class is one of several. */
interface CallSite {
  readonly from: Site;
  readonly callees: readonly FunctionInfo[];
}

function callSites(calls: readonly InternalCall[]): CallSite[] {
  const sites = new Map<string, { from: Site; callees: FunctionInfo[] }>();
  for (const { from, to } of calls) {
    const key = `${siteKey(from)}:${from.fn?.id ?? ""}`;
    const known = sites.get(key);
    if (known === undefined) sites.set(key, { from, callees: [to] });
    else known.callees.push(to);
  }
  return [...sites.values()];
}

/** The way of what is called, where whatever is called has one. */
function sharedWay(callees: readonly FunctionInfo[], ways: ReadonlyMap<FunctionInfo, Way>): Way | null {
  const [first] = callees;
  if (first === undefined || !callees.every((one) => ways.has(one))) return null;
  return ways.get(first) ?? null;
}

/** `for model in models: model.clean_up()` with a class method: each turn asks another table. */
function isClassOfTurn(
  { module, start, end }: Site,
  callees: readonly FunctionInfo[],
  { target }: Loop,
): boolean {
  const callee = callAt(module, { start, end })?.callee;
  if (callee?.kind !== "attribute" || callee.base.kind !== "name" || target.kind !== "name") return false;
  const isOfClass = callees.every(({ decoratorNames }) => decoratorNames.includes("builtins.classmethod"));
  return isOfClass && callee.base.id === target.id;
}

function waysToQueries(sites: readonly CallSite[], executions: readonly Execution[]): Map<FunctionInfo, Way> {
  const ways = new Map<FunctionInfo, Way>();
  for (const execution of executions) {
    const { fn } = execution.site;
    if (fn === null || ways.has(fn) || !isPlain(fn) || isGiven(execution)) continue;
    if (runsAlways(fn.body, execution.at)) ways.set(fn, { path: [fn.name], execution });
  }
  for (let step = 1; step < MAX_STEPS; step += 1) {
    const known = new Map(ways);
    for (const { from, callees } of sites) {
      const way = sharedWay(callees, known);
      if (way === null || from.fn === null || ways.has(from.fn) || !isPlain(from.fn)) continue;
      if (runsAlways(from.fn.body, from.start))
        ways.set(from.fn, { path: [from.fn.name, ...way.path], execution: way.execution });
    }
  }
  return ways;
}

/** A queryset that a function is given keeps its rows, so that only the first call fetches them. */
function isGiven({ isTrigger, query, site }: Execution): boolean {
  return isTrigger && query.style === "django" && query.site.fn !== site.fn;
}

const CACHED = /cache|memo|property$|lru|singleton|once|fixture|contextmanager/i;

/** What is cached does not run each time, and a generator only where it is iterated. */
function isPlain({ isGenerator, isLambda, decoratorNames, decoratorWords }: FunctionInfo): boolean {
  return (
    !isGenerator && !isLambda && ![...decoratorNames, ...decoratorWords].some((name) => CACHED.test(name))
  );
}

function uniquePlaces(sorted: readonly LoopedQuery[]): LoopedQuery[] {
  const seen = new Set<string>();
  return sorted.filter(({ place }) => {
    const key = `${place.path}:${place.line}:${place.column}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
