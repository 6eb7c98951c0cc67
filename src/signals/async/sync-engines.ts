// Synchronous engines of SQLAlchemy that coroutines wait for, judged engine by engine: by the functions that use them.
import type { ExternalCall } from "../../evaluation/events.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { isDatabaseHandle } from "../../evaluation/orm/database-handle.ts";
import { SESSION_FACTORIES, SESSIONS } from "../../evaluation/orm/sqlalchemy/names.ts";
import type { Value } from "../../evaluation/value.ts";
import { frameworkNamed } from "../../knowledge/frameworks.ts";
import type { SyncEngine } from "../../model/async-facts.ts";
import type { FrameworkUse } from "../../model/report.ts";
import type { ProjectView } from "../project-view.ts";
import type { BlockedPlace, BlockedPlaces } from "./blocked-places.ts";
import { byPlace } from "./by-place.ts";
import { placeOf } from "./places.ts";

const MAKES_ENGINE = /^sqlalchemy\.(?:create_engine|engine_from_config)$/;

/** What is known to use an engine: sessions and connections of it are told by how they were made. */
interface Use {
  /** Ids of functions. */
  readonly functions: Set<string>;
  /** "path:line". */
  readonly lines: Set<string>;
}

/** By where engines are made. */
type Uses = ReadonlyMap<string, Use>;

/** An engine, with the places of coroutines that are known to wait for it. */
interface Candidate {
  readonly call: ExternalCall;
  readonly use: Use | undefined;
  readonly isKept: boolean;
  /** True where a module holds it, or sessions are bound to it: others are made for one purpose, and no finding. */
  readonly isOfApplication: boolean;
  readonly known: readonly (readonly BlockedPlace[])[];
}

/**
 * Engines that coroutines wait for without await: the application's own, which a module holds or sessions are bound to. Alembic's
 * stays synchronous whatever the application does. Coroutines whose sessions nobody can follow to an engine count where there is
 * one engine that they can be of: the only one, or the only one that is known to serve others.
 */
export function findSyncEngines(
  view: ProjectView,
  frameworks: readonly FrameworkUse[],
  blocked: BlockedPlaces,
): SyncEngine[] {
  const framework = frameworks.find(
    ({ name, role }) => role === "runs-on" && frameworkNamed(name)?.async === "async-first",
  );
  if (framework === undefined || blocked.size === 0) return [];
  const uses = usesOf(view);
  const bound = boundEngines(view);
  const candidates = engineCalls(view).map((call): Candidate => {
    const key = keyOf(call.site);
    const use = uses.get(key);
    const known = placesByCoroutine(blocked, ({ workers }) =>
      workers.some(({ id }) => use?.functions.has(id)),
    );
    const isOfApplication = call.site.fn === null || bound.has(key);
    return { call, use, known, isOfApplication, isKept: isKeptInClass(call.site.fn, view, use) };
  });
  const used = new Set([...uses.values()].flatMap(({ functions }) => [...functions]));
  const unknown = placesByCoroutine(blocked, ({ workers }) => !workers.some(({ id }) => used.has(id)));
  const owner = ownerOfUnknown(candidates);
  return candidates
    .filter(({ isOfApplication }) => isOfApplication)
    .flatMap((candidate): SyncEngine[] => {
      const { call, known, use } = candidate;
      const isOwner = owner === candidate || (owner === "any" && !candidate.isKept);
      const waiting = isOwner ? mergePlaces(known, unknown) : known;
      const places = (known.length > 0 ? known : waiting).flat().sort(byPlace);
      const example = places.find(({ place }) => use?.lines.has(`${place.path}:${place.line}`)) ?? places[0];
      if (example === undefined) return [];
      const place = placeOf(call.site, call.at);
      const isAtLeast = owner === null && unknown.length > 0;
      const coroutines = waiting.length;
      return [{ place, framework: framework.name, coroutines, isAtLeast, example: example.place }];
    })
    .sort(byPlace);
}

/** Which engine sessions of unknown origin are of; "any" where nothing tells. */
function ownerOfUnknown(candidates: readonly Candidate[]): Candidate | "any" | null {
  const serving = candidates.filter(({ isKept, known }) => !isKept && known.length > 0);
  const [first, second] = serving.length > 0 ? serving : candidates.filter(({ isKept }) => !isKept);
  const [only, another] = candidates;
  if (only !== undefined && another === undefined) return only;
  if (first !== undefined && second === undefined) return first;
  return serving.length > 0 ? null : "any";
}

function engineCalls({ externalCalls }: ProjectView): ExternalCall[] {
  return externalCalls.filter(
    ({ name, site }) =>
      MAKES_ENGINE.test(name) && !/(?:^|\/)(?:alembic|migrations?|versions)\//.test(site.module.path),
  );
}

function placesByCoroutine(
  blocked: BlockedPlaces,
  isWanted: (place: BlockedPlace) => boolean,
): readonly (readonly BlockedPlace[])[] {
  return [...blocked.values()].map((places) => places.filter(isWanted)).filter(({ length }) => length > 0);
}

/** Both lists, with each coroutine once. */
function mergePlaces(
  left: readonly (readonly BlockedPlace[])[],
  right: readonly (readonly BlockedPlace[])[],
): readonly (readonly BlockedPlace[])[] {
  const symbolOf = ([first]: readonly BlockedPlace[]): string =>
    `${first?.place.path ?? ""} ${first?.place.symbol ?? ""}`;
  const known = new Set(left.map(symbolOf));
  return [...left, ...right.filter((places) => !known.has(symbolOf(places)))];
}

/** True for the engine of an object whose methods use it themselves and give no session away. */
function isKeptInClass(
  maker: FunctionInfo | null,
  { functions }: ProjectView,
  use: Use | undefined,
): boolean {
  if (maker === null || maker.owner === null || use === undefined) return false;
  const givesHandle = ({ results }: FunctionInfo): boolean =>
    [...results.values()].some((value) => value.some(isDatabaseHandle));
  return functions
    .filter(({ id }) => use.functions.has(id))
    .every((fn) => fn.owner === maker.owner && !givesHandle(fn));
}

function usesOf({ externalCalls }: ProjectView): Uses {
  const uses = new Map<string, Use>();
  for (const { at, receiver, site } of externalCalls) {
    const { fn } = site;
    if (fn === null || receiver === null) continue;
    for (const key of enginesOf([receiver])) {
      const use = uses.get(key) ?? { functions: new Set(), lines: new Set() };
      uses.set(key, use);
      use.functions.add(fn.id);
      const { path, line } = placeOf(site, at);
      use.lines.add(`${path}:${line}`);
    }
  }
  return uses;
}

/** Where the engines were made that sessions, factories and connections are of, as far as they tell. */
function enginesOf(value: Value, depth = 0): string[] {
  return value.flatMap((atom): string[] => {
    if (atom.kind !== "instance" || !isDatabaseHandle(atom) || atom.construction === null) return [];
    const { args, call, keywords, module } = atom.construction;
    if (/Engine$/.test(atom.external ?? "")) return [keyOf({ module, start: call.start })];
    if (depth > 3) return [];
    return [...args, ...keywords.values()].flatMap((given) => enginesOf(given, depth + 1));
  });
}

function keyOf({ module, start }: Pick<ExternalCall["site"], "module" | "start">): string {
  return `${module.path}:${start}`;
}

/** Where the engines are made that session factories and sessions get. */
function boundEngines(view: ProjectView): ReadonlySet<string> {
  const given = view.externalCalls
    .filter(({ name }) => SESSION_FACTORIES.has(name) || SESSIONS.has(name))
    .flatMap(({ args, keywords }) => [...args, ...keywords.values()].flat());
  return new Set(
    given.flatMap((atom) => {
      const made = atom.kind === "instance" ? atom.construction : null;
      return made === null ? [] : [keyOf({ module: made.module, start: made.call.start })];
    }),
  );
}
