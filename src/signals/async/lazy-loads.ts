// Reads of attributes in coroutines that would load from the database.
import type { ExternalCall, LazyRead } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Value } from "../../evaluation/value.ts";
import type { LazyLoad } from "../../model/async-facts.ts";
import { callAt } from "../code-at.ts";
import type { ProjectView } from "../project-view.ts";
import { byPlace } from "./by-place.ts";
import { placeOf } from "./places.ts";

export function findLazyLoads(view: ProjectView, isJudged: (fn: FunctionInfo) => boolean): LazyLoad[] {
  const counted = new Set(view.functions);
  const expires = expiresOnCommit(view);
  const reads = [...view.world.recorder.lazyReads.values()];
  // A coroutine that is told of the read itself answers for it; who called it need not.
  const direct = new Set(
    reads.filter(({ site, through }) => through === undefined && site.fn?.isAsync).map(readKey),
  );
  const told = new Set(
    reads.flatMap(({ site, through }) =>
      through !== undefined && site.fn?.isAsync
        ? [wayKey(through, [site.fn.qualifiedName, ...through.path])]
        : [],
    ),
  );
  const own = reads.filter(({ through }) => {
    if (through === undefined) return true;
    const { path } = through;
    const isTold = path.some((_name, index) => told.has(wayKey(through, path.slice(index))));
    return !direct.has(readKey(through)) && !isTold;
  });
  return uniqueReads(own)
    .filter(({ site, reason, isCertain }) => {
      const { fn } = site;
      return fn !== null && counted.has(fn) && isJudged(fn) && (reason !== "expired" || isCertain || expires);
    })
    .map(loadOf)
    .sort(byPlace);
}

function readKey({ at, site }: Pick<LazyRead, "at" | "site">): string {
  return `${site.module.path}:${at}`;
}

/** The read, and the functions from the coroutine that called for it down to the one that reads. */
function wayKey(read: Pick<LazyRead, "at" | "site">, path: readonly string[]): string {
  return [readKey(read), ...path].join(" ");
}

/** One call may lead to many reads: the first of them stands for all. */
function uniqueReads(reads: readonly LazyRead[]): LazyRead[] {
  const calls = new Set<string>();
  return reads.filter((read) => {
    if (read.through === undefined) return true;
    const key = readKey(read);
    if (calls.has(key)) return false;
    calls.add(key);
    return true;
  });
}

function loadOf({ site, at, library, model, attribute, reason, through }: LazyRead): LazyLoad {
  return {
    place: placeOf(site, at),
    library,
    model: model.name,
    attribute,
    reason,
    through: through === undefined ? null : { path: through.path, read: placeOf(through.site, through.at) },
  };
}

const ASYNC_FACTORIES =
  /^sqlalchemy\.ext\.asyncio\.(?:async_sessionmaker|AsyncSession)$|^sqlmodel\.(?:ext\.asyncio\.(?:session\.)?)?AsyncSession$/;

/**
 * True when every asynchronous session that the project makes forgets what it holds on commit, which is the default. With one
 * that does not, or with sessions made elsewhere, instances may well keep their values.
 */
function expiresOnCommit(view: ProjectView): boolean {
  const factories = view.externalCalls.filter(isAsyncFactory);
  return factories.length > 0 && factories.every(isExpiring);
}

function isAsyncFactory({ name, keywords, args }: ExternalCall): boolean {
  if (ASYNC_FACTORIES.test(name)) return true;
  if (name !== "sqlalchemy.orm.sessionmaker") return false;
  return [...args, ...keywords.values()].some((value) => value.some(isAsyncClassOrEngine));
}

function isAsyncClassOrEngine(atom: Value[number]): boolean {
  const name = atom.kind === "external" ? atom.name : atom.kind === "instance" ? atom.external : null;
  return name !== null && /\bAsync(?:Session|Engine)$/.test(name);
}

function isExpiring({ site, keywords }: ExternalCall): boolean {
  const call = callAt(site.module, site);
  const isSpread = call === null || call.keywords.some(({ name }) => name === null);
  const given = keywords.get("expire_on_commit");
  if (given === undefined)
    return !isSpread && !call?.keywords.some(({ name }) => name === "expire_on_commit");
  return given.some((atom) => atom.kind === "constant" && atom.text === "True");
}
