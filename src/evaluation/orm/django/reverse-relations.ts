// What a relation adds to the model it points to: `author.book_set`, `author.profile`, and the name that lookups use.
import { constantText } from "../../atoms.ts";
import type { ClassInfo } from "../../class-info.ts";
import type { InstanceAtom } from "../../value.ts";
import type { ReverseRelation, World } from "../../world.ts";
import { contribModel, contribModels, modelAncestors } from "./contrib-model.ts";
import { declaredFields, relationKind, relationOf, userModel } from "./field.ts";
import { appLabel, isAbstract, isDjangoModel, metaAttribute, modelLabel } from "./model-class.ts";

/** Models below an abstract one that are asked, at most; more are seldom different. */
const MAX_SUBCLASSES = 8;

/** Indexes models by label and reverse relations by target, once all classes are known. */
export function indexDjangoModels(world: World): void {
  const models = [...world.classes.values()].filter((cls) => isDjangoModel(cls));
  for (const cls of models) {
    const label = modelLabel(world, cls);
    if (!world.modelsByLabel.has(label)) world.modelsByLabel.set(label, cls);
    const name = cls.name.toLowerCase();
    if (!world.modelsByLabel.has(name)) world.modelsByLabel.set(name, cls);
  }
  for (const cls of models) if (!isAbstract(world, cls)) indexRelations(world, cls);
  if (models.length > 0)
    for (const cls of contribModels()) if (!isReplaced(world, cls)) indexRelations(world, cls);
}

/** Django's own user has no table where the project names another. */
function isReplaced(world: World, cls: ClassInfo): boolean {
  return cls === contribModel("django.contrib.auth.models.User") && userModel(world) !== cls;
}

function indexRelations(world: World, cls: ClassInfo): void {
  for (const owner of modelAncestors(cls)) {
    if (owner !== cls && !isAbstract(world, owner)) continue;
    for (const [field, atom] of declaredFields(owner)) {
      const kind = relationKind(atom);
      const relation = kind === null || kind === "generic" ? null : relationOf(world, cls, field);
      const target = relation?.target?.id ?? externalTarget(relation?.targetName ?? null);
      if (relation === null || target === null) continue;
      const names = reverseNames(world, cls, relation.field, kind === "one-to-one");
      if (names === null) continue;
      const reverse: ReverseRelation = {
        source: cls,
        field,
        isMany: kind !== "one-to-one",
        isManyToMany: kind === "many-to-many",
        queryName: names.query,
      };
      const known = world.reverseRelations.get(target) ?? new Map<string, ReverseRelation>();
      known.set(names.accessor, reverse);
      world.reverseRelations.set(target, known);
    }
  }
}

/** Models outside the repository are kept by name; `auth.User` is the label of the class that all import. */
function externalTarget(name: string | null): string | null {
  if (name === null) return null;
  return name === "auth.User" || name === "settings.AUTH_USER_MODEL"
    ? "django.contrib.auth.models.User"
    : name;
}

/** The reverse relation that a model outside the repository has under an accessor's name. */
export function reverseOfExternal(world: World, model: string, name: string): ReverseRelation | null {
  return world.reverseRelations.get(model)?.get(name) ?? null;
}

/** Accessor and lookup name by Django's rules; null when `related_name` ends in "+". */
function reverseNames(
  world: World,
  source: ClassInfo,
  field: InstanceAtom,
  isOne: boolean,
): { accessor: string; query: string } | null {
  const option = (name: string): string | null => {
    const value = constantText(field.construction?.keywords.get(name) ?? []);
    return value === null
      ? null
      : value
          .replaceAll("%(class)s", source.name.toLowerCase())
          .replaceAll("%(model_name)s", source.name.toLowerCase())
          .replaceAll("%(app_label)s", appLabel(world, source));
  };
  const declared =
    option("related_name") ?? constantText(metaAttribute(world, source, "default_related_name"));
  if (declared?.endsWith("+")) return null;
  const lower = source.name.toLowerCase();
  return {
    accessor: declared ?? (isOne ? lower : `${lower}_set`),
    query: option("related_query_name") ?? declared ?? lower,
  };
}

/**
 * The reverse relation a model has under an accessor's name, its own or a parent's. Relations point to models with tables:
 * what is written in an abstract one runs on those that descend from it.
 */
export function reverseByAccessor(world: World, cls: ClassInfo, name: string): ReverseRelation | null {
  const own = ownReverse(world, cls, name);
  if (own !== null || !isAbstract(world, cls)) return own;
  for (const below of cls.subclasses.slice(0, MAX_SUBCLASSES)) {
    const found = reverseByAccessor(world, below, name);
    if (found !== null) return found;
  }
  return null;
}

function ownReverse(world: World, cls: ClassInfo, name: string): ReverseRelation | null {
  for (const ancestor of modelAncestors(cls)) {
    const found = world.reverseRelations.get(ancestor.id)?.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/** True for a model whose rows other tables refer to: by a foreign key, or by the table of a many-to-many relation. */
export function isReferredTo(world: World, cls: ClassInfo): boolean {
  return modelAncestors(cls).some(
    (ancestor) =>
      (world.reverseRelations.get(ancestor.id)?.size ?? 0) > 0 ||
      declaredFields(ancestor).some(([, field]) => relationKind(field) === "many-to-many"),
  );
}

/** The reverse relation that a lookup names. */
export function reverseByQueryName(world: World, cls: ClassInfo, name: string): ReverseRelation | null {
  for (const ancestor of modelAncestors(cls))
    for (const reverse of world.reverseRelations.get(ancestor.id)?.values() ?? [])
      if (reverse.queryName === name) return reverse;
  return null;
}
