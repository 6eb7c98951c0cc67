// Managers: what `Model.objects`, a declared manager or a relation's manager starts.
import { isDjangoManager } from "../../../knowledge/django-models.ts";
import { constantText } from "../../atoms.ts";
import { callFunction } from "../../call-function.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { type LaterJoin, type Query, type Site, uniteLater } from "../../query.ts";
import { resolveBinding } from "../../scope.ts";
import type { Atom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { startQuery } from "../build-query.ts";
import { modelAncestors } from "./contrib-model.ts";
import { metaAttribute, modelCertainty } from "./model-class.ts";

const DEFAULT_NAMES = new Set(["objects", "_default_manager", "_base_manager", "all_objects"]);

/**
 * A heuristic for packages that are not listed: they follow Django's naming of classes and of the modules that hold them. Managers
 * of anything else (of users, logins, contexts) stand elsewhere.
 */
const LIKE_A_MANAGER =
  /\.\w*(?:QuerySet|Queryset)$|(?:^|[.\w])django\w*\.(?:\w+\.)*\w*Manager$|\.(?:managers?|models?|query|querysets?|db|base)\.(?:\w+\.)*\w*Manager$/;
const NO_MANAGER =
  /^(?:multiprocessing|concurrent|asyncio|contextlib|logging|sqlalchemy|starlette|fastapi\w*|flask\w*)\./;

/** True for an external class that is a manager or queryset. */
export function isManagerName(name: string): boolean {
  return isDjangoManager(name) || (LIKE_A_MANAGER.test(name) && !NO_MANAGER.test(name));
}

/**
 * True for a class whose methods may be called on a queryset that somebody has built on. A manager made by `from_queryset()` has
 * the queryset class among its ancestors, and is none: it is where a query starts.
 */
export function isQuerysetClass(cls: ClassInfo): boolean {
  const names = externalAncestors(cls);
  return names.some((name) => /query_?set$/i.test(name)) && !names.some((name) => /Manager$/.test(name));
}

export function isManagerClass(cls: ClassInfo): boolean {
  return externalAncestors(cls).some(isManagerName);
}

function isManagerAtom(atom: Atom): boolean {
  if (atom.kind !== "instance") return false;
  return atom.class === null ? isManagerName(atom.external ?? "") : isManagerClass(atom.class);
}

/** The project's own classes behind a manager instance: its class, or those it was made from. */
function managerClass(atom: Atom): ClassInfo | null {
  if (atom.kind !== "instance") return null;
  if (atom.class !== null) return atom.class;
  const made = atom.element.find((inner) => inner.kind === "class");
  return made?.kind === "class" ? made.class : null;
}

export function managerQuery(model: ClassInfo | string, site: Site, cls: ClassInfo | null): Query {
  const isHeuristic =
    typeof model === "string" ? !model.startsWith("django.") : modelCertainty(model) === "heuristic";
  return startQuery({
    style: "django",
    orm: "django-orm",
    layer: "orm",
    model,
    operation: "select",
    site,
    isManager: true,
    class: cls,
    isHeuristic,
  });
}

/** Rows of a model that is told elsewhere: where the admin registers a class, in the project's settings, by callers. */
export function unknownRows(site: Site): Query {
  return startQuery({
    style: "django",
    orm: "django-orm",
    layer: "orm",
    model: null,
    operation: "select",
    site,
    isHeuristic: true,
  });
}

/** The manager that a model's attribute is, or null when the attribute is none. */
export function managerAttribute(world: World, model: ClassInfo, name: string, site: Site): Query | null {
  for (const ancestor of modelAncestors(model)) {
    const binding = ancestor.frame.environment.get(name);
    if (binding === undefined) continue;
    const atom = resolveBinding(world, binding).find(isManagerAtom);
    if (atom !== undefined) return managerQuery(model, site, managerClass(atom));
    return null;
  }
  if (!DEFAULT_NAMES.has(name) || name === "all_objects") return null;
  return managerQuery(model, site, name === "objects" ? null : defaultManagerClass(world, model));
}

/** The class of the first manager a model declares: Django's default manager. */
export function defaultManagerClass(world: World, model: ClassInfo): ClassInfo | null {
  for (const ancestor of modelAncestors(model)) {
    for (const binding of ancestor.frame.environment.values()) {
      const atom = resolveBinding(world, binding).find(isManagerAtom);
      if (atom !== undefined) return managerClass(atom);
    }
  }
  return null;
}

/** The queryset a manager starts from, through the project's own get_queryset where there is one. */
export function managerQueryset(world: World, frame: Frame, query: Query, site: Site): Query {
  if (!query.isManager) return query;
  const custom = query.class === null ? null : ownMethod(world, query.class, "get_queryset");
  if (custom !== null) {
    const made = callFunction(
      world,
      { ...frame, isRecording: false },
      { ...custom, receiver: { kind: "query", query } },
      {
        start: site.start,
        end: site.end,
        args: [],
        keywords: new Map(),
      },
    );
    const found = made.find((atom) => atom.kind === "query");
    if (found?.kind === "query")
      return {
        ...found.query,
        model: found.query.model ?? query.model,
        class: query.class,
        site: query.site,
        origin: query.origin,
      };
  }
  return withDefaultOrder(world, { ...query, isManager: false });
}

/** Meta.ordering orders what does not order itself. */
export function withDefaultOrder(world: World, query: Query): Query {
  const { model, shape } = query;
  if (model === null || typeof model === "string" || shape.ordered) return query;
  const ordering = metaAttribute(world, model, "ordering");
  const isOrdered = ordering.some((atom) => atom.kind === "sequence" && atom.items?.length !== 0);
  if (!isOrdered) return query;
  const line = lineIn(query.site.module, query.site.start);
  const order = defaultOrder(world, model).map((path): LaterJoin => ({ kind: "order", path, line }));
  return { ...query, shape: { ...shape, ordered: true }, later: uniteLater(query.later, order) };
}

/** The lookup paths of Meta.ordering; expressions give those they refer to. */
export function defaultOrder(world: World, model: ClassInfo): readonly string[] {
  return metaAttribute(world, model, "ordering").flatMap((atom) =>
    atom.kind !== "sequence"
      ? []
      : (atom.items ?? []).flatMap((item) =>
          item.flatMap((entry) => {
            if (entry.kind === "sql") return entry.fragment.lookups.map(({ path }) => path);
            return constantText([entry]) ?? [];
          }),
        ),
  );
}

function ownMethod(world: World, cls: ClassInfo, name: string): Extract<Atom, { kind: "function" }> | null {
  for (const ancestor of ownAncestors(cls)) {
    const binding = ancestor.frame.environment.get(name);
    if (binding === undefined) continue;
    const atom = resolveBinding(world, binding).find((candidate) => candidate.kind === "function");
    return atom?.kind === "function" ? atom : null;
  }
  return null;
}

/**
 * What `self` is in a manager's or queryset's own methods: a queryset of each model that uses the class (four at most),
 * or of an unknown model.
 */
export function managerReceiver(world: World, cls: ClassInfo, site: Site): Value {
  const users = world.managerUsers.get(cls.id) ?? [];
  const models: readonly (ClassInfo | null)[] = users.length === 0 ? [null] : users.slice(0, 4);
  return models.map((model): Atom => {
    const query = startQuery({
      style: "django",
      orm: "django-orm",
      layer: "orm",
      model,
      operation: "select",
      site,
      isManager: true,
      class: cls,
    });
    // Whoever calls a queryset's method may have had any relation loaded with the rows.
    return { kind: "query", query: isQuerysetClass(cls) ? { ...query, loaded: ["*"] } : query };
  });
}

/** Notes which models use which manager and queryset classes. */
export function indexManagers(world: World): void {
  for (const cls of world.classes.values()) {
    if (modelCertainty(cls) === null) continue;
    for (const ancestor of ownAncestors(cls)) {
      for (const binding of ancestor.frame.environment.values()) {
        for (const atom of resolveBinding(world, binding)) {
          const manager = isManagerAtom(atom) ? managerClass(atom) : null;
          if (manager === null) continue;
          for (const used of ownAncestors(manager)) {
            const users = world.managerUsers.get(used.id) ?? [];
            if (!users.includes(cls)) world.managerUsers.set(used.id, [...users, cls]);
          }
        }
      }
    }
  }
}
