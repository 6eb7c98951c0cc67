// Parameters whose type a framework's convention tells, where no annotation does.
import { eventParameter } from "../../knowledge/sqlalchemy-events.ts";
import { constantText, externalInstance } from "../atoms.ts";
import { type ClassInfo, externalAncestors } from "../class-info.ts";
import type { FunctionInfo } from "../function-info.ts";
import { UNKNOWN, type Value } from "../value.ts";
import { startQuery } from "./build-query.ts";
import { isDjangoModel } from "./django/model-class.ts";

const QUERYSET_OWNERS = /^(?:django\.contrib\.admin\.|rest_framework\.|django_filters\.|import_export\.)/;

/** What the framework passes as this parameter; UNKNOWN when no convention says. */
export function frameworkParameter(fn: FunctionInfo, name: string): Value {
  // Pyramid calls `includeme(config)` of an included package (Configurator.include).
  if (fn.name === "includeme" && fn.parameters[0]?.name === name)
    return [externalInstance("pyramid.config.Configurator")];
  return name === "queryset" ? querysetParameter(fn) : listenerParameter(fn, name);
}

/** `@event.listens_for(engine, "connect")`: what SQLAlchemy passes with the event. */
function listenerParameter(fn: FunctionInfo, name: string): Value {
  const index = fn.parameters.findIndex((parameter) => parameter.name === name);
  for (const atom of fn.decorators.flat()) {
    if (atom.kind !== "instance" || atom.external !== "sqlalchemy.event.listens_for") continue;
    const { args = [], keywords } = atom.construction ?? {};
    const event = constantText(args[1] ?? keywords?.get("identifier") ?? UNKNOWN);
    const type = event === null ? null : eventParameter(event, index);
    if (type !== null) return [externalInstance(type)];
  }
  return UNKNOWN;
}

/**
 * `queryset` of admin actions, admin and filter methods of Django, its REST framework and django-filter: rows of the
 * registered model where a class says which, of an unknown one otherwise.
 */
function querysetParameter(fn: FunctionInfo): Value {
  const isOwned = fn.owner !== null && externalAncestors(fn.owner).some((name) => QUERYSET_OWNERS.test(name));
  const isAction =
    fn.parameters.length === 3 &&
    fn.parameters[1]?.name === "request" &&
    fn.parameters[2]?.name === "queryset";
  if (!isOwned && !isAction) return UNKNOWN;
  const model = fn.owner === null ? null : registeredModel(fn.owner);
  const site = { module: fn.module, fn, start: fn.start, end: fn.start };
  const query = startQuery({
    style: "django",
    orm: "django-orm",
    layer: "orm",
    model,
    operation: "select",
    site,
    isHeuristic: model === null,
  });
  return [{ kind: "query", query }];
}

/** The model of `@admin.register(Model)`. */
function registeredModel(owner: ClassInfo): ClassInfo | null {
  for (const value of owner.decorators)
    for (const atom of value) {
      if (atom.kind !== "instance" || atom.external !== "django.contrib.admin.register") continue;
      const model = atom.construction?.args[0]?.find(
        (one) => one.kind === "class" && isDjangoModel(one.class),
      );
      if (model?.kind === "class") return model.class;
    }
  return null;
}
