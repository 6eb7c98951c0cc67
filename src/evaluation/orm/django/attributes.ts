// Attributes of Django models, their instances, managers and querysets.
import { externalInstance, instanceOf } from "../../atoms.ts";
import type { ClassInfo } from "../../class-info.ts";
import { ownAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import type { Query, Site } from "../../query.ts";
import { resolveBinding } from "../../scope.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { ReverseRelation, World } from "../../world.ts";
import { type AttributeAccess, accessSite } from "../attribute-access.ts";
import { contribModel, isContribModel } from "./contrib-model.ts";
import { fieldOf, relationOf, userModel } from "./field.ts";
import { defaultManagerClass, managerAttribute, managerQuery } from "./manager.ts";
import { isDjangoModel } from "./model-class.ts";
import { reverseByAccessor, reverseOfExternal } from "./reverse-relations.ts";

/** `Model.objects` and other managers; null for attributes that Python's own rules answer. */
export function modelAttribute(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  access: AttributeAccess,
): Value | null {
  if (!isDjangoModel(cls)) return null;
  const manager = managerAttribute(world, cls, access.name, accessSite(frame, access));
  if (manager !== null) return [{ kind: "query", query: manager }];
  return fieldOf(cls, access.name) === null ? null : throughTable(world, cls, access.name);
}

/** `Model.tags` is a descriptor; only its `through` table can be queried. */
function throughTable(world: World, cls: ClassInfo, name: string): Value {
  const relation = relationOf(world, cls, name);
  if (relation?.kind === "many-to-many") return [externalInstance("django.db.models.ManyToManyDescriptor")];
  if (relation === null || relation.target === null) return UNKNOWN;
  return [externalInstance(DESCRIPTOR, [modelAtom(relation.target)])];
}

const DESCRIPTOR = "django.db.models.ForwardManyToOneDescriptor";

/** `Book.author.field.related_model`: the model at the other end; null for attributes of anything else. */
export function descriptorAttribute(atom: InstanceAtom, name: string): Value | null {
  if (atom.external !== DESCRIPTOR) return null;
  if (name === "field") return [atom];
  return name === "related_model" ? atom.element : UNKNOWN;
}

function modelAtom(model: ClassInfo): Atom {
  return isContribModel(model) ? { kind: "external", name: model.id } : { kind: "class", class: model };
}

/** What an attribute of a model's instance is: the related instance, or a manager of many. */
export function instanceAttribute(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  access: AttributeAccess,
): Value | null {
  if (!isDjangoModel(cls)) return null;
  const site = accessSite(frame, access);
  const relation = relationOf(world, cls, access.name);
  if (relation !== null) {
    if (relation.kind === "many-to-many") {
      const target = relation.target ?? relation.targetName;
      if (target === null) return UNKNOWN;
      const query = relatedManager(world, target, site, { isManyToMany: true, loaded: [] });
      return [{ kind: "query", query }];
    }
    if (relation.target !== null) return [instanceOf(relation.target)];
    return relation.targetName === null ? UNKNOWN : [externalInstance(relation.targetName)];
  }
  if (fieldOf(cls, access.name) !== null) return UNKNOWN;
  const reverse = reverseByAccessor(world, cls, access.name);
  return reverse === null ? null : reverseValue(world, reverse, site);
}

/** What a model outside the repository has through relations that models of the repository declare; null for other names. */
export function externalModelReverse(
  world: World,
  frame: Frame,
  model: string,
  access: AttributeAccess,
): Value | null {
  const reverse = reverseOfExternal(world, model, access.name);
  return reverse === null ? null : reverseValue(world, reverse, accessSite(frame, access));
}

function reverseValue(world: World, reverse: ReverseRelation, site: Site): Value {
  if (!reverse.isMany) return [instanceOf(reverse.source)];
  // Rows of a reverse relation know the instance they were reached from.
  const loaded = reverse.isManyToMany ? [] : [reverse.field];
  const query = relatedManager(world, reverse.source, site, { isManyToMany: reverse.isManyToMany, loaded });
  return [{ kind: "query", query }];
}

/**
 * The rows related to one instance: by their foreign key, or through the table between, which is joined. Starts from a model's
 * manager, or from a manager that is given.
 */
export function relatedManager(
  world: World,
  model: ClassInfo | string | Query,
  site: Site,
  { isManyToMany, loaded }: { readonly isManyToMany: boolean; readonly loaded: readonly string[] },
): Query {
  const isGiven = typeof model !== "string" && "style" in model;
  const cls = typeof model === "string" || isGiven ? null : defaultManagerClass(world, model);
  const start = isGiven ? model : managerQuery(model, site, cls);
  return {
    ...start,
    features: isManyToMany ? [{ name: "join", line: lineIn(site.module, site.start) }] : [],
    shape: { ...start.shape, conditions: 1, tables: isManyToMany ? 2 : 1 },
    loaded,
  };
}

/** A manager's or queryset's own methods, of the project's classes; `model`, and the library's methods. */
export function querysetAttribute(world: World, query: Query, access: AttributeAccess): Value | null {
  // Of a page: querysets have no such attribute.
  if (access.name === "object_list") return [{ kind: "query", query }];
  if (access.name === "model") {
    if (query.model === null) return UNKNOWN;
    return typeof query.model === "string"
      ? [{ kind: "external", name: query.model }]
      : [modelAtom(query.model)];
  }
  if (query.class === null) return null;
  const receiver: Atom = { kind: "query", query };
  for (const ancestor of ownAncestors(query.class)) {
    const binding = ancestor.frame.environment.get(access.name);
    if (binding === undefined) continue;
    return resolveBinding(world, binding).map((atom) =>
      atom.kind === "function" ? { ...atom, receiver } : atom,
    );
  }
  return null;
}

/** `User.objects` of a model outside the repository: told by the name of its module. */
export function externalModelAttribute(frame: Frame, name: string, access: AttributeAccess): Value | null {
  if (access.name !== "objects" && access.name !== "_default_manager") return null;
  const isModel =
    /(?:^|\.)models(?:\.\w+)*\.[A-Z]\w*$/.test(name) && !/^(?:tortoise|mongoengine|sqlalchemy)\b/.test(name);
  if (!isModel) return null;
  return [
    { kind: "query", query: managerQuery(contribModel(name) ?? name, accessSite(frame, access), null) },
  ];
}

/** The project's user model as a class, or Django's own. */
export function userModelValue(world: World): Value {
  const own = userModel(world);
  return own === null || isContribModel(own)
    ? [{ kind: "external", name: "django.contrib.auth.models.User" }]
    : [{ kind: "class", class: own }];
}
