// Work in a loop that is not the same query again: rows kept in memory, a batch that the turn filled, another table each turn.
import type { Execution, LazyRead } from "../../evaluation/events.ts";
import type { ModuleInfo } from "../../evaluation/module-info.ts";
import type { Query, Site } from "../../evaluation/query.ts";
import type { Expr } from "../../model/code.ts";
import { visitExpressions } from "../../text/visit-code.ts";
import { expressionAt } from "../async/places.ts";
import { callAt } from "../code-at.ts";
import { bindingsOf } from "./bindings.ts";
import type { Loop } from "./loop-around.ts";

/**
 * True for a queryset that was made before the loop: the first turn fetches its rows and it keeps them
 * (docs.djangoproject.com, "Caching and QuerySets"). Indexing fetches anew each time.
 */
export function isKeptQueryset({ query, site, isTrigger, method }: Execution, loop: Loop): boolean {
  if (!isTrigger || query.style !== "django" || method === "indexing") return false;
  if (query.site.fn === site.fn && query.site.module === site.module) return !isIn(loop, query.site.start);
  const used = expressionAt(site);
  return used?.kind === "name" && isBoundBefore(site.module, used.id, site.start, loop);
}

/** True for an attribute of an instance that was there before the loop: it is loaded once, and kept. */
export function isKeptAttribute({ site }: LazyRead, loop: Loop): boolean {
  const read = expressionAt(site);
  const base = read?.kind === "attribute" ? read.base : null;
  return base?.kind === "name" && isBoundBefore(site.module, base.id, site.start, loop);
}

function isBoundBefore(module: ModuleInfo, name: string, offset: number, loop: Loop): boolean {
  if (namesIn(loop.target).has(name)) return false;
  const bindings = bindingsOf(module, name, offset);
  return bindings.length > 0 && bindings.every(({ at }) => !isIn(loop, at));
}

function isIn({ start, end }: Loop, offset: number): boolean {
  return start <= offset && offset < end;
}

const BULK =
  /^a?bulk_(?:create|update|save_objects|insert_mappings|update_mappings)$|^(?:add_all|executemany)$/;
const RUNS_MANY = /^execute(?:_async)?$/;

/** True for many rows in one statement, gathered in this turn: one statement a batch is how it is done. */
export function isBatchOfTurn({ query, site, method }: Execution, loop: Loop): boolean {
  const args = callAt(site.module, site)?.args ?? [];
  if (BULK.test(method)) return args[0] !== undefined && isOfTurn(site.module, args[0], loop);
  if (!query.style.startsWith("sqlalchemy") || !RUNS_MANY.test(method)) return false;
  const rows = args[1];
  if (rows?.kind === "list" || rows?.kind === "comprehension") return true;
  if (rows?.kind !== "name") return false;
  const bindings = bindingsOf(site.module, rows.id, rows.start);
  const isList = bindings.some(({ value }) => value?.kind === "list" || value?.kind === "comprehension");
  return isList && isOfTurn(site.module, rows, loop);
}

function isOfTurn(module: ModuleInfo, rows: Expr, loop: Loop): boolean {
  if (rows.kind !== "name") return true;
  return bindingsOf(module, rows.id, rows.start).some(({ at }) => isIn(loop, at));
}

const RUNS_STATEMENT = /^(?:execute|exec|scalars?|stream|stream_scalars)$/;

/** True where the loop goes over statements: each turn runs its own, whatever it is. */
export function runsStatementOfTurn({ site, query, method }: Execution, { target }: Loop): boolean {
  const isRun = query.style.startsWith("sqlalchemy") && RUNS_STATEMENT.test(method);
  if (query.layer !== "raw" && !isRun) return false;
  const names = namesIn(target);
  let [given] = callAt(site.module, site)?.args ?? [];
  // `connection.execute(text(statement))`
  if (given?.kind === "call" && given.args.length === 1) [given] = given.args;
  return given?.kind === "name" && names.has(given.id);
}

const MANAGERS = /^(?:objects|query|_default_manager|_base_manager)$/;
const TAKES_CLASS = /^(?:select|insert|update|delete|query|get|get_one|exists)$/;

/** True where the loop goes over classes or tables: each turn asks another one, which no single query does. */
export function asksAnotherTable(query: Query, site: Site, { target }: Loop): boolean {
  const names = namesIn(target);
  const isTarget = (part: Expr | undefined): boolean => part?.kind === "name" && names.has(part.id);
  let isAnother = false;
  for (const place of [site, query.site, query.origin]) {
    const expr = place.module === site.module ? expressionAt(place) : null;
    if (expr === null) continue;
    visitExpressions(expr, (part) => {
      if (part.kind === "attribute" && MANAGERS.test(part.name)) isAnother ||= isTarget(part.base);
      if (part.kind === "call" && part.args.length > 0)
        isAnother ||= takesClass(part.callee) && isTarget(part.args[0]);
    });
  }
  return isAnother;
}

function takesClass(callee: Expr): boolean {
  if (callee.kind === "name") return TAKES_CLASS.test(callee.id);
  return callee.kind === "attribute" && TAKES_CLASS.test(callee.name) && callee.base.kind !== "call";
}

function namesIn(target: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  visitExpressions(target, (part) => {
    if (part.kind === "name") names.add(part.id);
  });
  return names;
}
