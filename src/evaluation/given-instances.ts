// Instances handed to a function: what reading their attributes there loads is told to whoever hands them over.
import type { LazyRead } from "./events.ts";
import type { Frame } from "./frame.ts";
import type { FunctionInfo } from "./function-info.ts";
import { holdsInstanceOf, withOrigin } from "./instances-in-scope.ts";
import { mappedAttribute } from "./orm/sqlalchemy/mapped-class.ts";
import type { Atom, InstanceAtom, Value } from "./value.ts";
import type { World } from "./world.ts";

/** Reads that one call is told of, at most; further ones are of the same kind. */
const MAX_READS = 20;
const marked = new WeakMap<InstanceAtom, InstanceAtom>();

/** The value with its instances marked as given; the same object for the same instance, so that nothing seems to change. */
export function asGiven(value: Value): Value {
  return value.some(hasOrigin) ? value.map(markAtom) : value;
}

function hasOrigin(atom: Atom): boolean {
  if (atom.kind === "instance") return atom.origin !== undefined && !atom.origin.isGiven;
  return (atom.kind === "sequence" || atom.kind === "mapping") && atom.element.some(hasOrigin);
}

function markAtom(atom: Atom): Atom {
  if (!hasOrigin(atom)) return atom;
  if (atom.kind === "mapping") return { ...atom, element: asGiven(atom.element) };
  if (atom.kind === "sequence")
    return { ...atom, element: asGiven(atom.element), items: atom.items?.map(asGiven) ?? null };
  if (atom.kind !== "instance" || atom.origin === undefined) return atom;
  const known = marked.get(atom) ?? withOrigin(atom, { ...atom.origin, isGiven: true });
  marked.set(atom, known);
  return known;
}

/** Where a function is called: which function, where, and whether in a thread. */
export interface ReadingCall {
  readonly fn: FunctionInfo;
  readonly start: number;
  readonly end: number;
  readonly isThreaded: boolean;
}

/** Tells the caller what the function that it calls would load from the instances it gives. */
export function passReads(world: World, frame: Frame, call: ReadingCall, reads: readonly LazyRead[]): void {
  const { end, fn, isThreaded, start } = call;
  const site = { module: frame.module, fn: frame.fn, start, end };
  for (const read of reads) {
    // A thread may wait for Django's query; lazy loading of an asynchronous session works in run_sync() alone.
    if (read.library === "django" ? isThreaded : frame.isGreenlet) continue;
    if (mayHoldRelated(world, frame, read)) continue;
    const { path, ...place } = read.through ?? { path: [], site: read.site, at: read.at };
    const told: LazyRead = {
      ...read,
      site,
      at: start,
      through: { ...place, path: [fn.qualifiedName, ...path] },
    };
    if (frame.isRecording) {
      const key = `${frame.module.path}:${start}:${read.model.id}:${read.attribute}:through`;
      if (!world.recorder.lazyReads.has(key)) world.recorder.lazyReads.set(key, told);
    } else if (frame.reads !== undefined && frame.reads.length < MAX_READS) frame.reads.push(told);
  }
}

/** A single related row is found without a query once its session holds it, as it may where the caller has such a row in hands. */
function mayHoldRelated(world: World, frame: Frame, read: LazyRead): boolean {
  if (read.library !== "sqlalchemy" || read.reason !== "relation") return false;
  const attribute = mappedAttribute(world, read.model, read.attribute);
  if (attribute?.kind !== "relationship" || attribute.isMany || attribute.target === null) return false;
  return holdsInstanceOf(frame, attribute.target.id);
}
