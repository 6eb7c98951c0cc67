// Relations that `add_to_class()` gives a model while the program runs, in a metaclass say, which only then knows the model.
import { constantText } from "../../atoms.ts";
import type { ClassInfo } from "../../class-info.ts";
import type { Query, Site } from "../../query.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import type { MethodCall } from "../call-context.ts";
import { argument } from "../call-context.ts";
import { relatedManager } from "./attributes.ts";
import { isFieldAtom, relatedModel, relationKind, relationTarget } from "./field.ts";
import { unknownRows } from "./manager.ts";
import { isDjangoModel } from "./model-class.ts";

/** By the name under which an instance reaches rows: a many-to-many field, or the foreign key of the other side. */
const added = new WeakMap<World, Map<string, InstanceAtom>>();

export const ADDING_METHOD = "add_to_class";

/** `Model.add_to_class("users", ManyToManyField(...))`: the class has the field; where it is not known, any may. */
export function addField(world: World, receiver: Atom, call: MethodCall): Value {
  const name = constantText(argument(call, 0, "name"));
  const field = argument(call, 1, "value").find(isFieldAtom);
  if (name === null || field?.kind !== "instance") return UNKNOWN;
  if (receiver.kind === "class" && isDjangoModel(receiver.class)) {
    const { environment } = receiver.class.frame;
    if (!environment.has(name)) environment.set(name, [field]);
    return UNKNOWN;
  }
  const kind = relationKind(field);
  const accessor =
    kind === "many-to-many"
      ? name
      : kind === "foreign-key"
        ? constantText(field.construction?.keywords.get("related_name") ?? UNKNOWN)
        : null;
  if (accessor === null) return UNKNOWN;
  const known = added.get(world) ?? new Map<string, InstanceAtom>();
  added.set(world, known.set(accessor, field));
  return UNKNOWN;
}

/** The rows that an instance of a model reaches by the name of a relation that was added; null for other names. */
export function addedRows(world: World, model: ClassInfo, name: string, site: Site): Query | null {
  const field = added.get(world)?.get(name);
  if (field === undefined) return null;
  const isManyToMany = relationKind(field) === "many-to-many";
  const target = isManyToMany ? relatedModel(world, relationTarget(field), model) : null;
  const start = { ...unknownRows(site), isManager: true };
  return relatedManager(world, target === null ? start : target, site, { isManyToMany, loaded: [] });
}
