// The project's own classes of legacy queries: `class PersonQuery(Query)`, used by `query_class = PersonQuery` of a model.
// Source: "Legacy Query Interface" of Flask-SQLAlchemy's documentation, Query and Session.query_cls of SQLAlchemy's.
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import { lineIn } from "../../module-info.ts";
import type { Site } from "../../query.ts";
import { resolveBinding } from "../../scope.ts";
import type { Atom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { startQuery } from "../build-query.ts";
import { sourceOf } from "./entity.ts";
import { mappedBy } from "./mapped-class.ts";

const QUERIES = /^(?:sqlalchemy\.orm\.Query|flask_sqlalchemy\.(?:BaseQuery|Query))$/;

/** Models beyond these tell nothing new about a query class's methods. */
const MAX_MODELS = 4;

export function isQueryClass(cls: ClassInfo): boolean {
  return externalAncestors(cls).some((name) => QUERIES.test(name));
}

/** The class of a model's `query`, where the model or a base class names one of the project's. */
export function queryClassOf(world: World, model: ClassInfo): ClassInfo | null {
  for (const { frame } of ownAncestors(model)) {
    const binding = frame.environment.get("query_class");
    if (binding === undefined) continue;
    const named = resolveBinding(world, binding).find((atom) => atom.kind === "class");
    return named?.kind === "class" && isQueryClass(named.class) ? named.class : null;
  }
  return null;
}

/** Notes which models use which query classes. */
export function indexQueryClasses(world: World): void {
  for (const model of world.classes.values()) {
    if (mappedBy(model) === null) continue;
    const cls = queryClassOf(world, model);
    if (cls === null) continue;
    for (const used of ownAncestors(cls)) {
      const users = world.managerUsers.get(used.id) ?? [];
      world.managerUsers.set(used.id, [...users, model]);
    }
  }
}

/** What `self` is in a query class's own methods: a query for each model that uses it, or for an unknown one. */
export function queryReceiver(world: World, cls: ClassInfo, site: Site): Value {
  const users = world.managerUsers.get(cls.id) ?? [];
  const models: readonly (ClassInfo | null)[] = users.length === 0 ? [null] : users.slice(0, MAX_MODELS);
  const line = lineIn(site.module, site.start);
  return models.map((model): Atom => {
    const query = startQuery({
      style: "sqlalchemy-query",
      orm: (model === null ? null : mappedBy(model)) ?? "sqlalchemy-orm",
      layer: "orm",
      model,
      operation: "select",
      site,
      isManager: true,
      class: cls,
    });
    return { kind: "query", query: { ...query, sources: model === null ? [] : [sourceOf(model, line)] } };
  });
}
