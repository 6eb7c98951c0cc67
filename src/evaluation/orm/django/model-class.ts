// Which classes are Django models, and how they are named: labels, tables' relations and swappable users.

import { djangoModelBase } from "../../../knowledge/django-models.ts";
import { constantText, isConstant } from "../../atoms.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import { isLazy } from "../../frame.ts";
import { resolveBinding } from "../../scope.ts";
import type { Value } from "../../value.ts";
import { UNKNOWN } from "../../value.ts";
import type { World } from "../../world.ts";
import { contribModelByLabel, modelAncestors } from "./contrib-model.ts";
import { isFieldAtom } from "./field.ts";

/** How sure we are that a class is a Django model. */
export type ModelCertainty = "resolved" | "heuristic" | null;

const certainties = new WeakMap<ClassInfo, ModelCertainty>();

/**
 * Whether a class is a Django model. A class whose external base cannot be looked into (a package that is not here) is
 * taken for one, as a heuristic, when its body or its bases' bodies declare fields of django.db.models.
 */
export function modelCertainty(cls: ClassInfo): ModelCertainty {
  const known = certainties.get(cls);
  if (known !== undefined) return known;
  const certainty = judge(cls);
  certainties.set(cls, certainty);
  return certainty;
}

const NO_MODELS =
  /^(?:django|rest_framework)\.(?:\w+\.)*(?:views|generic|admin)\.|(?:^|\.)(?:forms|serializers)\.(?!models\.)/;

function judge(cls: ClassInfo): ModelCertainty {
  const all = externalAncestors(cls);
  if (all.some((name) => djangoModelBase(name) !== null)) return "resolved";
  // A form or serializer over a mixin of a package declares fields as well, and none of them is a column.
  if (all.some((name) => NO_MODELS.test(name))) return null;
  // Django's own classes are known: a Func with an output field is no model.
  const ancestors = all.filter((name) => !/^(?:django|typing|builtins|abc|enum)\./.test(name));
  if (
    !ancestors.some(
      (name) => /(?:^|\.)(?:\w*_)?models?(?:\.|$)/i.test(name) || /(?:Page|Model|Mixin)$/.test(name),
    )
  )
    return null;
  // Wagtail's pages and other packages' bases: an external base under some `models` module beside Django fields.
  if (ancestors.some((name) => /^wagtail\.(?:\w+\.)*models\./.test(name))) return "resolved";
  const isForeign = ancestors.some((name) =>
    /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy|tortoise|peewee|mongoengine|rest_framework|wtforms|pydantic)\b/.test(
      name,
    ),
  );
  return !isForeign && ownAncestors(cls).some(declaresField) ? "heuristic" : null;
}

function declaresField(cls: ClassInfo): boolean {
  for (const binding of cls.frame.environment.values())
    if (!isLazy(binding) && binding.some((atom) => isFieldAtom(atom))) return true;
  return false;
}

export function isDjangoModel(cls: ClassInfo): boolean {
  return modelCertainty(cls) !== null;
}

/** The inner class `Meta`'s attribute, looked up through the bases as Django does for abstract parents. */
export function metaAttribute(world: World, cls: ClassInfo, name: string): Value {
  for (const ancestor of modelAncestors(cls)) {
    const meta = ancestor.frame.environment.get("Meta");
    if (meta === undefined) continue;
    for (const atom of resolveBinding(world, meta)) {
      if (atom.kind !== "class") continue;
      const binding = atom.class.frame.environment.get(name);
      if (binding !== undefined) return resolveBinding(world, binding);
    }
  }
  return UNKNOWN;
}

/** `class Meta: abstract = True`, which is not inherited. */
export function isAbstract(world: World, cls: ClassInfo): boolean {
  const own = cls.frame.environment.get("Meta");
  if (own === undefined) return false;
  return resolveBinding(world, own).some((meta) => {
    const abstract = meta.kind === "class" ? meta.class.frame.environment.get("abstract") : undefined;
    return abstract !== undefined && isConstant(resolveBinding(world, abstract), "True");
  });
}

/** A proxy has no table: `class Meta: proxy = True`, which is not inherited. */
export function isProxy(cls: ClassInfo): boolean {
  const meta = cls.frame.environment.get("Meta");
  if (meta === undefined || isLazy(meta)) return false;
  return meta.some((atom) => {
    const proxy = atom.kind === "class" ? atom.class.frame.environment.get("proxy") : undefined;
    return proxy !== undefined && !isLazy(proxy) && isConstant(proxy, "True");
  });
}

/** "shop.order": the app's label and the model's name, both in lower case. */
export function modelLabel(world: World, cls: ClassInfo): string {
  return `${appLabel(world, cls)}.${cls.name}`.toLowerCase();
}

/** Meta.app_label, else the name of the package that holds the `models` module or package. */
export function appLabel(world: World, cls: ClassInfo): string {
  const declared = constantText(metaAttribute(world, cls, "app_label"));
  if (declared !== null) return declared;
  const parts = cls.module.path.replace(/\.pyi?$/, "").split("/");
  const at = parts.lastIndexOf("models");
  const index = at > 0 ? at - 1 : Math.max(0, parts.length - 2);
  return parts[index] ?? "";
}

/** A model by "app_label.Name", "Name" or "self", seen from a class of the same app. */
export function modelByLabel(world: World, label: string, from: ClassInfo | null): ClassInfo | null {
  if (label === "self") return from;
  const wanted = label.toLowerCase();
  if (wanted.includes(".")) return world.modelsByLabel.get(wanted) ?? contribModelByLabel(wanted);
  const local =
    from === null ? undefined : world.modelsByLabel.get(`${appLabel(world, from)}.${label}`.toLowerCase());
  return local ?? world.modelsByLabel.get(wanted) ?? null;
}
