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

/** Functions by the engine that their sessions and connections are known to be of. */
type Users = ReadonlyMap<string, ReadonlySet<FunctionInfo>>;

/**
 * Engines that coroutines wait for without await: the application's own, which a module holds or sessions are bound to. Alembic's
 * stays synchronous whatever the application does. A coroutine whose session nobody can follow to its engine counts for each that
 * it may come from.
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
  const bound = boundEngines(view);
  const users = usersOf(view);
  const engines = view.externalCalls.filter(
    ({ name, site }) =>
      MAKES_ENGINE.test(name) &&
      !/(?:^|\/)(?:alembic|migrations?|versions)\//.test(site.module.path) &&
      (site.fn === null || bound.has(keyOf(site))),
  );
  return engines
    .flatMap(({ site, at }): SyncEngine[] => {
      const isKept = isKeptInClass(site.fn, users.get(keyOf(site)));
      const waiting = [...blocked.values()].flatMap((places) => {
        const own = places.filter(({ worker }) => isOfEngine(worker, keyOf(site), users, isKept));
        return own.length > 0 ? [own] : [];
      });
      const [example] = waiting.flat().sort(byPlace);
      if (example === undefined) return [];
      const place = placeOf(site, at);
      return [{ place, framework: framework.name, coroutines: waiting.length, example: example.place }];
    })
    .sort(byPlace);
}

function isOfEngine(worker: BlockedPlace["worker"], key: string, users: Users, isKept: boolean): boolean {
  const engines = [...users].filter(([, functions]) => [...functions].some(({ id }) => id === worker.id));
  return engines.length > 0 ? engines.some(([engine]) => engine === key) : !isKept;
}

/** True for the engine of an object whose methods use it themselves and give no session away. */
function isKeptInClass(maker: FunctionInfo | null, users: ReadonlySet<FunctionInfo> | undefined): boolean {
  if (maker === null || maker.owner === null || users === undefined) return false;
  const givesHandle = ({ results }: FunctionInfo): boolean =>
    [...results.values()].some((value) => value.some(isDatabaseHandle));
  return [...users].every((fn) => fn.owner === maker.owner && !givesHandle(fn));
}

function usersOf({ externalCalls }: ProjectView): Users {
  const users = new Map<string, Set<FunctionInfo>>();
  for (const { receiver, site } of externalCalls) {
    if (site.fn === null || receiver === null) continue;
    for (const key of enginesOf([receiver])) users.set(key, (users.get(key) ?? new Set()).add(site.fn));
  }
  return users;
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
