// Every place where code works on the database and waits for it, whatever function it stands in.

import type { Execution, ExternalCall } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Query } from "../../evaluation/query.ts";
import { BLOCKING_CALLS, DJANGO_TWINS } from "../../knowledge/blocking-calls.ts";
import type { DatabaseWork, Library } from "../../model/async-facts.ts";
import type { ProjectView } from "../project-view.ts";
import { byPlace } from "./by-place.ts";
import { isAwaited, placeOf } from "./places.ts";

/** Work, with the function that does it. */
export interface WorkIn extends DatabaseWork {
  readonly fn: FunctionInfo;
}

/** Work inside functions, in source order, one a place. What is awaited or handed to a thread is left out. */
export function findWork(view: ProjectView): WorkIn[] {
  const paths = new Set(view.files.map(({ path }) => path));
  const found: WorkIn[] = [];
  for (const execution of view.world.recorder.executions.values())
    if (paths.has(execution.site.module.path)) found.push(...workOfExecution(execution));
  for (const call of view.externalCalls) found.push(...workOfCall(call));
  return uniquePlaces(found.sort(byPlace));
}

function workOfExecution(execution: Execution): WorkIn[] {
  const { query, site, at, method } = execution;
  if (execution.kind !== "sync" || execution.isThreaded || site.fn === null || isAwaited(site)) return [];
  const library = libraryOf(query);
  const twin = library === "django" && DJANGO_TWINS.has(method) ? `a${method}` : null;
  const says = sayExecution(execution);
  return [{ fn: site.fn, place: placeOf(site, at), library, says, twin }];
}

function workOfCall({ name, site, at }: ExternalCall): WorkIn[] {
  if (site.fn === null || isAwaited(site)) return [];
  const known = BLOCKING_CALLS.find((call) => call.name.test(name));
  if (known === undefined) return [];
  const short = name.slice(name.lastIndexOf(".") + 1);
  const twin = known.library === "django" && DJANGO_TWINS.has(short) ? `a${short}` : null;
  return [
    { fn: site.fn, place: placeOf(site, at), library: known.library, says: `\`${shownName(name)}()\``, twin },
  ];
}

/** The last two parts of a dotted name: "transaction.atomic". */
function shownName(name: string): string {
  return name.split(".").slice(-2).join(".");
}

/** "`count()` on Book", "iteration on Book". */
export function sayExecution({ isTrigger, method, query }: Execution): string {
  return `${isTrigger ? method : `\`${method}()\``}${subject(query)}`;
}

export function libraryOf({ style, orm }: Pick<Query, "style" | "orm">): Library {
  if (style === "django" || style === "django-raw") return "django";
  return style === "other" || !/sqlalchemy|sqlmodel/.test(orm) ? "other" : "sqlalchemy";
}

function subject({ model, layer }: Query): string {
  if (model !== null)
    return ` on ${typeof model === "string" ? model.slice(model.lastIndexOf(".") + 1) : model.name}`;
  return layer === "raw" ? " of SQL text" : "";
}

function uniquePlaces(sorted: readonly WorkIn[]): WorkIn[] {
  const seen = new Set<string>();
  return sorted.filter(({ place }) => {
    const key = `${place.path}:${place.line}:${place.column}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
