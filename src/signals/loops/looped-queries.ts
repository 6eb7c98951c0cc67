// Queries that a loop runs once per turn: in the loop itself, or in functions it calls whatever the case.
import type { Execution, LazyRead } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { lineIn } from "../../evaluation/module-info.ts";
import type { Site } from "../../evaluation/query.ts";
import type { Statement } from "../../model/code.ts";
import type { LoopedQuery } from "../../model/query-facts.ts";
import { byPlace } from "../async/by-place.ts";
import { sayExecution } from "../async/database-work.ts";
import { placeOf } from "../async/places.ts";
import type { ProjectView } from "../project-view.ts";
import { loopAround } from "./loop-around.ts";

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
  const here = executions
    .filter(({ site }) => paths.has(site.module.path))
    .flatMap((execution) => inLoop(execution.site, execution.at, sayExecution(execution)));
  const read = [...view.world.recorder.lazyReads.values()]
    .filter(({ site, reason, isAsync }) => paths.has(site.module.path) && reason === "relation" && !isAsync)
    .flatMap((lazy) => inLoop(lazy.site, lazy.at, sayLazyRead(lazy)));
  const direct = [...here, ...read];
  return uniquePlaces([...direct, ...calledInLoops(view, executions)].sort(byPlace));
}

function isRoundTrip({ query, method, kind }: Execution): boolean {
  return kind !== "unawaited" && !UNITS_OF_WORK.has(query.operation) && !READING_ON.test(method);
}

function sayLazyRead({ attribute, model }: LazyRead): string {
  return `reading \`${attribute}\` of ${model.name}, which is not loaded with it,`;
}

function inLoop(site: Site, at: number, says: string): LoopedQuery[] {
  const loop = loopAround(site.module, at);
  if (loop === null) return [];
  return [{ place: placeOf(site, at), says, loopLine: lineIn(site.module, loop), path: [], at: null }];
}

/** The nearest query that a function runs whenever it is called, and the functions on the way to it. */
interface Way {
  readonly path: readonly string[];
  readonly execution: Execution;
}

function calledInLoops(view: ProjectView, executions: readonly Execution[]): LoopedQuery[] {
  const counted = new Set(view.functions);
  const calls = [...view.world.recorder.internalCalls.values()];
  const ways = waysToQueries(calls, executions);
  return calls.flatMap(({ from, to }) => {
    const way = ways.get(to);
    if (way === undefined || (from.fn !== null && !counted.has(from.fn)) || from.fn === to) return [];
    const loop = loopAround(from.module, from.start);
    if (loop === null) return [];
    return [
      {
        place: placeOf(from),
        says: sayExecution(way.execution),
        loopLine: lineIn(from.module, loop),
        path: way.path,
        at: placeOf(way.execution.site, way.execution.at),
      },
    ];
  });
}

type Call = { readonly from: Site; readonly to: FunctionInfo };

function waysToQueries(calls: readonly Call[], executions: readonly Execution[]): Map<FunctionInfo, Way> {
  const ways = new Map<FunctionInfo, Way>();
  for (const execution of executions) {
    const { fn } = execution.site;
    if (fn === null || ways.has(fn) || !isPlain(fn) || !runsAlways(fn.body, execution.at)) continue;
    ways.set(fn, { path: [fn.name], execution });
  }
  for (let step = 1; step < MAX_STEPS; step += 1) {
    const known = new Map(ways);
    for (const { from, to } of calls) {
      const way = known.get(to);
      if (way === undefined || from.fn === null || ways.has(from.fn) || !isPlain(from.fn)) continue;
      if (runsAlways(from.fn.body, from.start))
        ways.set(from.fn, { path: [from.fn.name, ...way.path], execution: way.execution });
    }
  }
  return ways;
}

const CACHED = /cache|memo|property$|lru|singleton|once|fixture|contextmanager/i;

/** What is cached does not run each time, and a generator only where it is iterated. */
function isPlain({ isGenerator, isLambda, decoratorNames }: FunctionInfo): boolean {
  return !isGenerator && !isLambda && !decoratorNames.some((name) => CACHED.test(name));
}

/** True when no condition stands between a function's start and what runs at `offset`. */
function runsAlways(body: readonly Statement[], offset: number): boolean {
  const index = body.findLastIndex((statement) => statement.start <= offset);
  const holder = body[index];
  if (holder === undefined) return false;
  // A guard that leaves early may answer without the query.
  if (body.slice(0, index).some(mayLeave)) return false;
  switch (holder.kind) {
    case "with":
      return startsInside(holder.body, offset) ? runsAlways(holder.body, offset) : true;
    case "try":
      return (
        runsAlways(holder.body, offset) && !holder.handlers.some(({ body: one }) => startsInside(one, offset))
      );
    case "if":
    case "while":
      return !startsInside(holder.body, offset) && !startsInside(holder.orelse, offset);
    case "for":
      return !startsInside(holder.body, offset);
    case "function":
    case "class":
    case "match":
      return false;
    default:
      return true;
  }
}

function mayLeave(statement: Statement): boolean {
  if (statement.kind === "return" || statement.kind === "raise") return true;
  if (statement.kind === "if") return [...statement.body, ...statement.orelse].some(mayLeave);
  return statement.kind === "try" || statement.kind === "with" ? statement.body.some(mayLeave) : false;
}

function startsInside(block: readonly Statement[], offset: number): boolean {
  const [first] = block;
  return first !== undefined && first.start <= offset;
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
