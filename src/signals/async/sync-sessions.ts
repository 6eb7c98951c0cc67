// Synchronous sessions of SQLAlchemy where the event loop serves requests.

import { isInstanceOf } from "../../evaluation/atoms.ts";
import { parameterEnvironment } from "../../evaluation/call-function.ts";
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import { SESSIONS } from "../../evaluation/orm/sqlalchemy/names.ts";
import type { World } from "../../evaluation/world.ts";
import type { SyncSessionEndpoint } from "../../model/async-facts.ts";
import type { Parameter } from "../../model/code.ts";
import type { ProjectView } from "../project-view.ts";
import type { BlockedPlaces } from "./blocked-places.ts";
import { byPlace, comparePlaces } from "./by-place.ts";
import { findEndpoints } from "./endpoints.ts";
import { placeOf } from "./places.ts";

/** Coroutine endpoints that are given a synchronous session and block on it. */
export function findSyncSessionEndpoints(view: ProjectView, blocked: BlockedPlaces): SyncSessionEndpoint[] {
  const found = findEndpoints(view).flatMap((fn): SyncSessionEndpoint[] => {
    const uses = (blocked.get(fn) ?? []).map(({ place: used }) => used);
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
