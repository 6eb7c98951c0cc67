// What a project's own manager and queryset classes make: a class that is both, and a queryset that is built by hand.
import type { ClassInfo } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { recordStart } from "../build-query.ts";
import { argument, type CallContext } from "../call-context.ts";
import { contribModel } from "./contrib-model.ts";
import { isManagerClass, isQuerysetClass, managerQuery, unknownRows } from "./manager.ts";
import { isDjangoModel } from "./model-class.ts";

const combined = new WeakMap<ClassInfo, Map<ClassInfo, ClassInfo>>();

/** The class that `Manager.from_queryset(QuerySet)` makes: a manager that has the queryset's methods too. */
export function managerFromQueryset(manager: ClassInfo, queryset: ClassInfo): ClassInfo {
  const known = combined.get(manager) ?? new Map<ClassInfo, ClassInfo>();
  combined.set(manager, known);
  const made = known.get(queryset) ?? combine(manager, queryset);
  known.set(queryset, made);
  return made;
}

function combine(manager: ClassInfo, queryset: ClassInfo): ClassInfo {
  return {
    ...manager,
    id: `${manager.id}+${queryset.id}`,
    name: `${manager.name}From${queryset.name}`,
    qualifiedName: `${manager.name}From${queryset.name}`,
    bases: [[{ kind: "class", class: manager }], [{ kind: "class", class: queryset }]],
    frame: { ...manager.frame, environment: new Map() },
    instanceAttributes: new Map(),
    order: null,
    subclasses: [],
  };
}

/** `BookQuerySet(self.model, using=self._db)`: all rows of the model; null for other classes and calls. */
export function builtQueryset(world: World, frame: Frame, cls: ClassInfo, call: CallContext): Value | null {
  const isGiven = call.args.length > 0 || call.keywords.has("model");
  if (!isGiven || !isManagerClass(cls) || !isQuerysetClass(cls)) return null;
  const [model] = argument(call, 0, "model").flatMap((atom) => {
    if (atom.kind === "class") return isDjangoModel(atom.class) ? [atom.class] : [];
    return atom.kind === "external" ? [contribModel(atom.name) ?? atom.name] : [];
  });
  const start = model === undefined ? unknownRows(call.site) : managerQuery(model, call.site, cls);
  return [{ kind: "query", query: recordStart(world, frame, { ...start, isManager: false, class: cls }) }];
}
