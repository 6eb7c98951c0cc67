// How asynchronous the project is, and how its statements meet the event loop.

import { SERVERS } from "../../knowledge/async-tools.ts";
import { driverOfConnect, driverOfModule } from "../../knowledge/drivers.ts";
import { frameworkNamed } from "../../knowledge/frameworks.ts";
import { ormOfModelBase, ormOfSession } from "../../knowledge/orms.ts";
import type { AsyncSignal, DatabaseAccess, Evidence, FrameworkUse, QuerySignal } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import { externalImports } from "../imports.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import { findEndpoints } from "./endpoints.ts";

/** From this share of awaited statements on, access counts as asynchronous; up to the other, as synchronous. */
const ASYNC_SHARE = 0.85;
const SYNC_SHARE = 0.03;
/** Share of async functions from which async is more than an edge of the code. */
const MANY_ASYNC_FUNCTIONS = 0.25;

export function detectAsync(
  view: ProjectView,
  queries: QuerySignal,
  frameworks: readonly FrameworkUse[],
): AsyncSignal {
  const functions = sum(view.files.map(({ counts }) => counts.functions));
  const asyncFunctions = sum(view.files.map(({ counts }) => counts.asyncFunctions));
  const endpoints = findEndpoints(view);
  const access = countAccess(queries);
  const engines = findEngines(view);
  const databaseAccess = judgeAccess(access, engines, queries);
  const asyncEndpoints = endpoints.filter(({ isAsync }) => isAsync).length;
  const isAsyncFirst = frameworks.some(
    ({ name, role }) => role === "runs-on" && frameworkNamed(name)?.async === "async-first",
  );
  const share = functions === 0 ? 0 : asyncFunctions / functions;
  return {
    functions,
    asyncFunctions,
    endpoints: endpoints.length,
    asyncEndpoints,
    databaseAccess,
    access,
    engines: engines.map(({ says }) => says),
    servers: findServers(view),
    weight: weigh(asyncFunctions, share, isAsyncFirst, databaseAccess),
    unknown: databaseAccess === "unknown" ? "no statement was seen to run" : null,
    evidence: asyncEvidence(queries, engines),
  };
}

function weigh(
  asyncFunctions: number,
  share: number,
  isAsyncFirst: boolean,
  access: DatabaseAccess,
): AsyncSignal["weight"] {
  if (asyncFunctions === 0) return "absent";
  if (access === "async" || (isAsyncFirst && share >= MANY_ASYNC_FUNCTIONS) || share >= 0.5)
    return "essential";
  return "incidental";
}

function countAccess({ items }: QuerySignal): AsyncSignal["access"] {
  const access = { awaited: 0, threaded: 0, syncInSync: 0, syncInAsync: 0 };
  for (const { execution, inAsync } of items) {
    if (execution.kind === "not-executed" || execution.kind === "unknown") continue;
    if (execution.threaded) access.threaded += 1;
    else if (execution.kind === "awaited") access.awaited += 1;
    else if (inAsync) access.syncInAsync += 1;
    else access.syncInSync += 1;
  }
  return access;
}

function judgeAccess(
  access: AsyncSignal["access"],
  engines: readonly Engine[],
  queries: QuerySignal,
): DatabaseAccess {
  const total = access.awaited + access.threaded + access.syncInAsync + access.syncInSync;
  if (total === 0) return accessByEngines(engines) ?? (queries.total > 0 ? "unknown" : "none");
  if (access.awaited / total >= ASYNC_SHARE) return "async";
  const isServed = access.awaited > 0 && engines.some(({ isAsync, isMade }) => isAsync && isMade);
  return !isServed && (access.awaited + access.threaded) / total <= SYNC_SHARE ? "sync" : "mixed";
}

/** Where no statement was seen to run, what is made or asked for tells; a driver that is only imported does not. */
function accessByEngines(engines: readonly Engine[]): DatabaseAccess | null {
  const made = engines.filter(({ isMade }) => isMade);
  if (made.length === 0) return null;
  if (made.every(({ isAsync }) => isAsync)) return "async";
  return made.some(({ isAsync }) => isAsync) ? "mixed" : "sync";
}

interface Engine extends Evidence {
  readonly isAsync: boolean;
  /** An engine or session that the code makes or declares; else a driver that it imports. */
  readonly isMade: boolean;
}

const ASYNC_ENGINES =
  /^sqlalchemy\.ext\.asyncio\.(?:create_async_engine|async_engine_from_config)$|^databases\.Database$|^gino\.|^tortoise\.(?:Tortoise\.init|contrib\.\w+\.register_tortoise)$/;
const SYNC_ENGINES = /^sqlalchemy\.(?:create_engine|engine_from_config)$|^flask_sqlalchemy\.SQLAlchemy$/;

/** Engines and connections made, sessions and models imported, drivers imported: one of each name. */
function findEngines(view: ProjectView): Engine[] {
  const found = new Map<string, Engine>();
  const add = (says: string, evidence: Evidence, isAsync: boolean, isMade: boolean): void => {
    const known = found.get(says);
    if (known === undefined || (isMade && !known.isMade))
      found.set(says, { ...evidence, says, isAsync, isMade });
  };
  for (const { name, site, at } of view.externalCalls) {
    const mode = madeMode(name);
    if (mode !== null) add(lastPart(name), evidenceAt(site.module, at, ""), mode === "async", true);
  }
  for (const file of view.files)
    for (const { module, name, path, line } of externalImports(view.world, file)) {
      const evidence = { path, line, says: "" };
      const declared = declaredMode(name);
      if (declared !== null) add(lastPart(name), evidence, declared === "async", true);
      const driver = driverOfModule(module);
      if (driver?.sql && driver.mode !== "both") add(driver.name, evidence, driver.mode === "async", false);
    }
  return [...found.values()].sort((left, right) => compareText(left.says, right.says));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Whether a call makes something that talks to a database, and how; null for other calls. */
function madeMode(name: string): "async" | "sync" | null {
  if (ASYNC_ENGINES.test(name)) return "async";
  if (SYNC_ENGINES.test(name)) return "sync";
  const mode = driverOfConnect(name)?.mode ?? ormOfSession(name)?.async;
  return mode === undefined || mode === "both" ? null : mode;
}

/** Sessions and models that code is written against, where the host makes the engine. */
function declaredMode(name: string): "async" | "sync" | null {
  if (/^(?:sqlalchemy|sqlmodel)\.ext\.asyncio\.(?:AsyncSession|AsyncConnection)$/.test(name)) return "async";
  if (/^(?:sqlalchemy\.orm|sqlmodel)\.Session$/.test(name)) return "sync";
  const mode = ormOfModelBase(name)?.async;
  return mode === undefined || mode === "both" ? null : mode;
}

/** Servers that speak ASGI, by what manifests ask for and code imports. */
function findServers(view: ProjectView): string[] {
  const asked = new Set(
    view.project.manifests.flatMap(({ dependencies }) => dependencies.map(({ name }) => name)),
  );
  const imported = new Set(
    view.files.flatMap((file) => externalImports(view.world, file).map(({ root }) => root)),
  );
  return SERVERS.filter(({ serves }) => serves !== "wsgi")
    .filter(
      ({ distributions, importRoots }) =>
        distributions.some((name) => asked.has(name)) || importRoots.some((root) => imported.has(root)),
    )
    .map(({ name }) => name)
    .sort(compareText);
}

function asyncEvidence(queries: QuerySignal, engines: readonly Engine[]): Evidence[] {
  const awaited = queries.items.filter(({ execution }) => execution.kind === "awaited").slice(0, 2);
  const blocking = queries.items
    .filter(({ execution, inAsync }) => execution.kind === "sync" && inAsync && !execution.threaded)
    .slice(0, 2);
  return [
    ...engines
      .filter(({ isAsync }) => isAsync)
      .map(({ path, line, says }) => ({ path, line, says: `async: ${says}` })),
    ...awaited.map(({ path, execution, method }) => ({
      path,
      line: execution.line,
      says: `awaits ${method}`,
    })),
    ...blocking.map(({ path, execution, method }) => ({
      path,
      line: execution.line,
      says: `${method} blocks the event loop`,
    })),
  ].slice(0, 5);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
