// Methods of a model's instance that query without being named after it: validation, and neighbours by date.
import { type ClassInfo, ownAncestors } from "../../class-info.ts";
import type { InstanceAtom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { declaredFields, fieldOf, relationKind } from "./field.ts";
import { metaAttribute } from "./model-class.ts";

/**
 * True for a method that looks into the database for this model: foreign keys are looked up by clean_fields(), unique fields by
 * validate_unique(), and constraints are evaluated there by validate_constraints() (django/db/models/base.py, related.py).
 */
export function isInstanceQuery(world: World, cls: ClassInfo, method: string): boolean {
  switch (method) {
    case "full_clean":
      return hasForeignKey(cls) || hasUniqueness(world, cls) || hasConstraints(world, cls);
    case "clean_fields":
      return hasForeignKey(cls);
    case "validate_unique":
      return hasUniqueness(world, cls);
    case "validate_constraints":
      return hasConstraints(world, cls);
    default:
      return dateNeighbour(cls, method);
  }
}

/** `get_next_by_published()`, which Django makes for each date field. */
function dateNeighbour(cls: ClassInfo, method: string): boolean {
  const field = /^get_(?:next|previous)_by_(\w+)$/.exec(method)?.[1];
  return field !== undefined && fieldOf(cls, field) !== null;
}

function fieldsOf(cls: ClassInfo): InstanceAtom[] {
  return ownAncestors(cls).flatMap((owner) => declaredFields(owner).map(([, field]) => field));
}

function hasForeignKey(cls: ClassInfo): boolean {
  return fieldsOf(cls).some((field) => {
    const kind = relationKind(field);
    return kind === "foreign-key" || kind === "one-to-one";
  });
}

function hasUniqueness(world: World, cls: ClassInfo): boolean {
  const isUnique = fieldsOf(cls).some(
    (field) =>
      relationKind(field) === "one-to-one" || isTrue(field.construction?.keywords.get("unique") ?? []),
  );
  return isUnique || holdsAny(metaAttribute(world, cls, "unique_together"));
}

function hasConstraints(world: World, cls: ClassInfo): boolean {
  return holdsAny(metaAttribute(world, cls, "constraints"));
}

function holdsAny(value: Value): boolean {
  return value.some((atom) => atom.kind === "sequence" && atom.items?.length !== 0);
}

function isTrue(value: Value): boolean {
  return value.some((atom) => atom.kind === "constant" && atom.text === "True");
}
