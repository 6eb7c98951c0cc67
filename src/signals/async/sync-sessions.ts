// Synchronous sessions and engines of SQLAlchemy where the event loop serves requests.

import { isInstanceOf } from "../../evaluation/atoms.ts";
import { parameterEnvironment } from "../../evaluation/call-function.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { SESSION_FACTORIES, SESSIONS } from "../../evaluation/orm/sqlalchemy/names.ts";
import type { World } from "../../evaluation/world.ts";
import { frameworkNamed } from "../../knowledge/frameworks.ts";
import type { Place, SyncEngine, SyncSessionEndpoint } from "../../model/async-facts.ts";
import type { Parameter } from "../../model/code.ts";
import type { FrameworkUse } from "../../model/report.ts";
import type { ProjectView } from "../project-view.ts";
import { byPlace, comparePlaces } from "./by-place.ts";
import { findEndpoints } from "./endpoints.ts";
import { placeOf } from "./places.ts";

/** Where each coroutine blocks on SQLAlchemy: its own work, and calls that lead to work. */
export type BlockedPlaces = ReadonlyMap<FunctionInfo, readonly Place[]>;

/** Coroutine endpoints that are given a synchronous session and block on it. */
export function findSyncSessionEndpoints(view: ProjectView, blocked: BlockedPlaces): SyncSessionEndpoint[] {
  const found = findEndpoints(view).flatMap((fn): SyncSessionEndpoint[] => {
    const uses = blocked.get(fn) ?? [];
    const session = fn.isAsync && uses.length > 0 ? sessionParameter(view.world, fn) : null;
    const written = session?.annotation ?? session?.default ?? null;
    if (session === null || written === null) return [];
    const end = "end" in written ? written.end : written.start;
    const place = placeOf({ module: fn.module, fn, start: written.start, end });
    return [
      { place, endpoint: fn.qualifiedName, session: session.name, uses: [...uses].sort(comparePlaces) },
    ];
  });
  return found.sort(byPlace);
}

function sessionParameter(world: World, fn: FunctionInfo): Parameter | null {
  const environment = parameterEnvironment(world, fn, null, new Map());
  const found = fn.parameters.find(({ name }) => {
    const bound = environment.get(name);
    return bound !== undefined && !("lazy" in bound) && bound.some((atom) => isInstanceOf(atom, SESSIONS));
  });
  return found ?? null;
}

/**
 * Engines that coroutines wait for without await: the application's own, which a module holds or sessions are bound to. Alembic's
 * stays synchronous whatever the application does.
 */
export function findSyncEngines(
  view: ProjectView,
  frameworks: readonly FrameworkUse[],
  blocked: BlockedPlaces,
): SyncEngine[] {
  const framework = frameworks.find(
    ({ name, role }) => role === "runs-on" && frameworkNamed(name)?.async === "async-first",
  );
  const places = [...blocked.values()].flat().sort(comparePlaces);
  const [example] = places;
  if (framework === undefined || example === undefined) return [];
  const bound = boundEngines(view);
  return view.externalCalls
    .filter(
      ({ name, site }) =>
        /^sqlalchemy\.(?:create_engine|engine_from_config)$/.test(name) &&
        !/(?:^|\/)(?:alembic|migrations?|versions)\//.test(site.module.path) &&
        (site.fn === null || bound.has(`${site.module.path}:${site.start}`)),
    )
    .map(({ site, at }) => ({
      place: placeOf(site, at),
      framework: framework.name,
      coroutines: blocked.size,
      example,
    }))
    .sort(byPlace);
}

/** Where the engines are made that session factories and sessions get. */
function boundEngines(view: ProjectView): ReadonlySet<string> {
  const given = view.externalCalls
    .filter(({ name }) => SESSION_FACTORIES.has(name) || SESSIONS.has(name))
    .flatMap(({ args, keywords }) => [...args, ...keywords.values()].flat());
  return new Set(
    given.flatMap((atom) => {
      const made = atom.kind === "instance" ? atom.construction : null;
      return made === null ? [] : [`${made.module.path}:${made.call.start}`];
    }),
  );
}
