// Attributes that load from the database when they are read, unless the statement that gave the instance loaded them.

import type { LazyRead, LazyReadReason } from "../events.ts";
import { type FetchOrigin, isLoaded, withLoaded } from "../fetch-origin.ts";
import type { Frame } from "../frame.ts";
import { changeOrigins, holdsInstanceOf, withOrigin } from "../instances-in-scope.ts";
import type { InstanceAtom, Value } from "../value.ts";
import type { World } from "../world.ts";
import { type AttributeAccess, accessSite } from "./attribute-access.ts";
import { fieldOf, relationOf } from "./django/field.ts";
import { reverseByAccessor } from "./django/reverse-relations.ts";
import { isDeferredColumn, mappedAttribute } from "./sqlalchemy/mapped-class.ts";

/** Notes a read that is a query. The attribute is in memory from then on, as it is in Python. */
export function readAttribute(world: World, frame: Frame, atom: InstanceAtom, access: AttributeAccess): void {
  const { origin, class: cls } = atom;
  if (origin === undefined || cls === null) return;
  const reason = reasonOf(world, frame, atom, origin, access.name);
  if (reason === null) {
    // Reading a collection of a new instance makes it, empty.
    if (origin.pending?.includes(access.name) === false)
      replaceOrigin(frame, atom, { ...origin, pending: [...origin.pending, access.name] });
    return;
  }
  const { library, isAsync } = origin;
  const isCertain = origin.expiredBy !== "commit";
  const site = accessSite(frame, access);
  noteRead(
    world,
    frame,
    { site, at: access.at, model: cls, attribute: access.name, library, isAsync, reason, isCertain },
    origin,
  );
  const isReloaded = reason === "expired" || reason === "rolled-back";
  replaceOrigin(frame, atom, isReloaded ? undefined : withLoaded(origin, [access.name]));
}

/** An attribute that is loaded in a way that waits for the database without blocking. */
export function loadAttribute(frame: Frame, atom: InstanceAtom, name: string): void {
  const { origin } = atom;
  if (origin !== undefined)
    replaceOrigin(frame, atom, origin.expiredBy === null ? withLoaded(origin, [name]) : undefined);
}

function noteRead(world: World, frame: Frame, read: LazyRead, { isGiven }: FetchOrigin): void {
  if (frame.isRecording)
    world.recorder.lazyReads.set(`${frame.module.path}:${read.at}:${read.model.id}`, read);
  else if (isGiven) frame.reads?.push(read);
}

/** An attribute that is set is in memory; what else an expired instance holds is left open. */
export function writeAttribute(
  world: World,
  frame: Frame,
  atom: InstanceAtom,
  access: AttributeAccess,
): void {
  const { origin, class: cls } = atom;
  const { name } = access;
  if (origin === undefined || cls === null) return;
  // SQLAlchemy compares a collection that is replaced with the one before, which it loads for that.
  if (origin.library === "sqlalchemy" && origin.pending === undefined) {
    const attribute = mappedAttribute(world, cls, name);
    if (attribute?.kind === "relationship" && attribute.isMany) {
      readAttribute(world, frame, atom, access);
      return;
    }
  }
  if (origin.pending !== undefined) {
    replaceOrigin(frame, atom, { ...origin, pending: [...origin.pending, name] });
    return;
  }
  if (origin.expiredBy !== null) {
    replaceOrigin(frame, atom, undefined);
    return;
  }
  const written = withLoaded(origin, [name]);
  // The row behind a foreign key is another one once its value was set.
  const behind = name.endsWith("_id") && origin.library === "django" ? name.slice(0, -"_id".length) : null;
  const loaded = written.loaded.filter((path) => path !== behind && !path.startsWith(`${behind}__`));
  replaceOrigin(frame, atom, { ...written, loaded });
}

function replaceOrigin(frame: Frame, atom: InstanceAtom, origin: FetchOrigin | undefined): void {
  changeOrigins(frame, (other) => (other === atom ? origin : other.origin));
}

function reasonOf(
  world: World,
  frame: Frame,
  atom: InstanceAtom,
  origin: FetchOrigin,
  name: string,
): LazyReadReason | null {
  return origin.library === "django"
    ? djangoReason(world, atom, origin, name)
    : sqlalchemyReason(world, frame, atom, origin, name);
}

/** Django: forward keys and one-to-one relations from either side, and deferred fields. Managers of many only build. */
function djangoReason(
  world: World,
  { class: cls }: InstanceAtom,
  origin: FetchOrigin,
  name: string,
): LazyReadReason | null {
  if (cls === null || isLoaded(origin, name)) return null;
  const relation = relationOf(world, cls, name);
  if (relation !== null) return relation.kind === "many-to-many" ? null : "relation";
  if (fieldOf(cls, name) !== null) return origin.deferred.includes(name) ? "deferred" : null;
  const key = name.endsWith("_id") ? name.slice(0, -"_id".length) : null;
  if (key !== null && relationOf(world, cls, key) !== null)
    return origin.deferred.includes(key) ? "deferred" : null;
  const reverse = reverseByAccessor(world, cls, name);
  return reverse === null || reverse.isMany ? null : "relation";
}

/** Loaders that query when the attribute is read; the others load with the row, refuse, or give something to query. */
const LAZY = new Set([null, "select", "True"]);

function sqlalchemyReason(
  world: World,
  frame: Frame,
  { class: cls }: InstanceAtom,
  origin: FetchOrigin,
  name: string,
): LazyReadReason | null {
  if (cls === null || !origin.isAsync) return null;
  const attribute = mappedAttribute(world, cls, name);
  if (attribute === null) return null;
  if (origin.expiredBy !== null) return origin.expiredBy === "rollback" ? "rolled-back" : "expired";
  const isLazy = origin.deferred.includes(name);
  if (!isLazy && isLoaded(origin, name)) return null;
  if (attribute.kind === "column") {
    const isLeftOut = isLazy || (!origin.isMade && isDeferredColumn(world, cls, name));
    return isLeftOut ? "deferred" : null;
  }
  if (attribute.target === null || !(isLazy || LAZY.has(attribute.lazy))) return null;
  // A single related row that this session has loaded before is found without a query.
  if (!attribute.isMany && holdsInstanceOf(frame, attribute.target.id)) return null;
  return "relation";
}

/** The manager of a relation that was loaded with the instance gives what is in memory. */
export function relatedManagers({ origin, class: cls }: InstanceAtom, value: Value, name: string): Value {
  const state =
    origin === undefined
      ? { mayBePrefetched: true }
      : isLoaded(origin, name)
        ? { isPrefetched: true, beyond: pathsBeyond(origin, name) }
        : origin.isGiven && cls !== null
          ? { givenFrom: { model: cls, attribute: name } }
          : null;
  if (state === null) return value;
  const { beyond = [], ...known } = state;
  return value.map((atom) =>
    atom.kind === "query"
      ? { ...atom, query: { ...atom.query, ...known, loaded: [...atom.query.loaded, ...beyond] } }
      : atom,
  );
}

/** What was loaded with the rows of a relation. */
function pathsBeyond({ loaded }: FetchOrigin, name: string): readonly string[] {
  const prefix = `${name}__`;
  return loaded.flatMap((path) =>
    path === "*" ? [path] : path.startsWith(prefix) ? [path.slice(prefix.length)] : [],
  );
}

/** Rows reached through a relation bring what was loaded beyond it. */
export function relatedRows({ origin }: InstanceAtom, rows: Value, name: string): Value {
  if (origin === undefined) return rows;
  const loaded = origin.library === "sqlalchemy" ? origin.loaded : pathsBeyond(origin, name);
  const inner: FetchOrigin = { ...origin, loaded, deferred: [], expiredBy: null };
  const reached = (value: Value): Value =>
    value.map((atom) => {
      if (atom.kind === "instance" && atom.class !== null) return withOrigin(atom, inner);
      return atom.kind === "sequence" ? { ...atom, element: reached(atom.element) } : atom;
    });
  return reached(rows);
}
