// Fields of Django models: which class attributes are fields, which of them are relations and where those lead.

import { djangoRelationForm } from "../../../knowledge/django-models.ts";
import { constantText } from "../../atoms.ts";
import type { ClassInfo } from "../../class-info.ts";
import { externalAncestors } from "../../class-info.ts";
import { isLazy } from "../../frame.ts";
import type { Atom, InstanceAtom, Value } from "../../value.ts";
import { UNKNOWN } from "../../value.ts";
import type { World } from "../../world.ts";
import { contribModel, contribModelByLabel, modelAncestors } from "./contrib-model.ts";
import { modelByLabel } from "./model-class.ts";

export type RelationKind = "foreign-key" | "one-to-one" | "many-to-many" | "generic";

/** Relation fields by class name; packages outside Django subclass them under these names. */
const RELATIONS = new Map<string, RelationKind>([
  ["ForeignKey", "foreign-key"],
  ["TreeForeignKey", "foreign-key"],
  ["ParentalKey", "foreign-key"],
  ["ForeignObject", "foreign-key"],
  ["FlexibleForeignKey", "foreign-key"],
  ["OneToOneField", "one-to-one"],
  ["TreeOneToOneField", "one-to-one"],
  ["AutoOneToOneField", "one-to-one"],
  ["ManyToManyField", "many-to-many"],
  ["TreeManyToManyField", "many-to-many"],
  ["ParentalManyToManyField", "many-to-many"],
  ["SortedManyToManyField", "many-to-many"],
  ["TaggableManager", "many-to-many"],
  ["GenericForeignKey", "generic"],
  ["GenericRelation", "many-to-many"],
]);

/** Names of the external classes an instance belongs to. */
function classNames(atom: Atom): readonly string[] {
  if (atom.kind !== "instance") return [];
  if (atom.external !== null) return [atom.external];
  return atom.class === null ? [] : externalAncestors(atom.class);
}

/** True for an instance of a field class, of Django or of a package that follows its naming. */
export function isFieldAtom(atom: Atom): boolean {
  return classNames(atom).some((name) => {
    if (
      /^(?:rest_framework|django\.forms|wtforms|marshmallow|mongoengine|peewee|tortoise|pydantic|dataclasses|django_filters|graphene|import_export|odoo)\b/.test(
        name,
      )
    )
      return false;
    const last = name.slice(name.lastIndexOf(".") + 1);
    return RELATIONS.has(last) || /^django\.db\.models\.\w*Field$/.test(name) || /\.\w+Field$/.test(name);
  });
}

export interface Relation {
  readonly kind: RelationKind;
  readonly name: string;
  /** The class that declares it. */
  readonly owner: ClassInfo;
  readonly target: ClassInfo | null;
  /** Name of a target outside the repository: "auth.User". */
  readonly targetName: string | null;
  readonly isNullable: boolean;
  readonly field: InstanceAtom;
}

/** The field a model has under a name, on itself or a base; null when it has none. */
export function fieldOf(cls: ClassInfo, name: string): { atom: InstanceAtom; owner: ClassInfo } | null {
  for (const owner of modelAncestors(cls)) {
    const binding = owner.frame.environment.get(name);
    if (binding === undefined || isLazy(binding)) continue;
    const atom = binding.find(isFieldAtom);
    if (atom?.kind === "instance") return { atom, owner };
    if (binding.some(isInsteadOfField)) return null;
  }
  return null;
}

/** A property or method of the name, or None, takes the place of a field that a base class declares. */
function isInsteadOfField(atom: Atom): boolean {
  return atom.kind === "function" || (atom.kind === "constant" && atom.text === "None");
}

/** Names of all fields a class body itself declares, in source order. */
export function declaredFields(cls: ClassInfo): readonly (readonly [string, InstanceAtom])[] {
  const fields: [string, InstanceAtom][] = [];
  for (const [name, binding] of cls.frame.environment) {
    if (isLazy(binding)) continue;
    const atom = binding.find(isFieldAtom);
    if (atom?.kind === "instance") fields.push([name, atom]);
  }
  return fields;
}

/** Kinds of columns whose lookups reach into the value. */
export type InnerKind = "json" | "array" | "vendor-specific";

/** The kind of a field that can be looked into; null for plain columns. */
export function innerKindOf(field: InstanceAtom): InnerKind | null {
  const short = classNames(field).map((name) => name.slice(name.lastIndexOf(".") + 1));
  if (short.includes("JSONField")) return "json";
  if (short.includes("ArrayField")) return "array";
  return short.some((name) => /^(?:HStoreField|\w*RangeField)$/.test(name)) ? "vendor-specific" : null;
}

export function relationKind(field: InstanceAtom): RelationKind | null {
  for (const name of classNames(field)) {
    const kind = RELATIONS.get(name.slice(name.lastIndexOf(".") + 1));
    if (kind !== undefined) return kind;
    const form = djangoRelationForm(name);
    if (form !== null) return form === "to-many" ? "many-to-many" : "foreign-key";
  }
  return null;
}

/** The relation a field is, as seen from `cls` (which may inherit it from `owner`). */
export function relationOf(world: World, cls: ClassInfo, name: string): Relation | null {
  const found = fieldOf(cls, name);
  if (found === null) return null;
  const kind = relationKind(found.atom);
  if (kind === null) return null;
  const to = relationTarget(found.atom);
  const label = constantText(to);
  const isSelf = label === "self";
  const target = isSelf ? cls : relatedModel(world, to, found.owner);
  return {
    kind,
    name,
    owner: found.owner,
    target,
    targetName: target !== null ? null : (label ?? externalTarget(to)),
    isNullable: isTrue(found.atom.construction?.keywords.get("null")),
    field: found.atom,
  };
}

export function relationTarget(field: InstanceAtom): Value {
  const made = field.construction;
  return made === null ? UNKNOWN : (made.keywords.get("to") ?? made.args[0] ?? UNKNOWN);
}

/** The model that a relation's `to` means, seen from a class of the same app; null for one that is not here. */
export function relatedModel(world: World, to: Value, from: ClassInfo): ClassInfo | null {
  for (const atom of to) {
    if (atom.kind === "class") return atom.class;
    if (atom.kind === "text") {
      const label = constantText([atom]);
      const found = label === null ? null : modelByLabel(world, label, from);
      if (found !== null) return found;
    }
    if (isUserSetting(atom)) return userModel(world);
    const contrib = atom.kind === "external" ? contribModel(atom.name) : null;
    // A relation made before the models were known asked for the user model, and Django's own was the answer.
    if (contrib !== null) return atom.kind === "external" && atom.name === USER ? userModel(world) : contrib;
  }
  return null;
}

/** `settings.AUTH_USER_MODEL`, or what `get_user_model()` gave before the models were known. */
function isUserSetting(atom: Atom): boolean {
  return (
    (atom.kind === "external" && /\bsettings\.AUTH_USER_MODEL$/.test(atom.name)) ||
    (atom.kind === "text" && /AUTH_USER_MODEL/.test(atom.parts.join("")))
  );
}

const USER = "django.contrib.auth.models.User";

/** The class that AUTH_USER_MODEL names, Django's own user where nothing names one; null for one that is not here. */
export function userModel(world: World): ClassInfo | null {
  return world.authUserModel === null
    ? contribModel(USER)
    : (world.modelsByLabel.get(world.authUserModel.toLowerCase()) ??
        contribModelByLabel(world.authUserModel));
}

function externalTarget(to: Value): string | null {
  const atom = to.find((candidate) => candidate.kind === "external");
  return atom?.kind === "external" ? atom.name : null;
}

function isTrue(value: Value | undefined): boolean {
  return value?.some((atom) => atom.kind === "constant" && atom.text === "True") ?? false;
}
