// Django's own models as classes, made from what is known of them: relations lead to them and models of a project extend
// them, though no file of the repository defines them.
import {
  type ContribModel,
  type ContribRelation,
  DJANGO_CONTRIB_MODELS,
} from "../../../knowledge/django-contrib-models.ts";
import type { FileFacts } from "../../../model/facts.ts";
import { external, externalInstance, sequence, text } from "../../atoms.ts";
import { type ClassInfo, resolutionOrder } from "../../class-info.ts";
import { type Frame, topLevelFrame } from "../../frame.ts";
import type { ModuleInfo } from "../../module-info.ts";
import { type Construction, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";

/** The file that these classes would stand in; no evidence points to it. */
const NOWHERE: FileFacts = {
  path: "",
  role: "vendored",
  bytes: 0,
  lines: 0,
  lineStarts: [0],
  astral: [],
  counts: { functions: 0, asyncFunctions: 0, annotatedFunctions: 0 },
  imports: [],
  body: [],
  isScript: false,
  suppressions: [],
  problems: [],
};

const frame: Frame = {
  ...topLevelFrame(),
  get module() {
    return module;
  },
};
const module: ModuleInfo = {
  path: "",
  name: "",
  facts: NOWHERE,
  frame,
  stars: [],
  externalStars: [],
  state: "done",
};

const CLASSES = new Map<string, ClassInfo>();
const LABELS = new Map<string, ClassInfo>();
for (const model of DJANGO_CONTRIB_MODELS) {
  const cls = classOf(model);
  CLASSES.set(model.name, cls);
  if (model.label !== null) LABELS.set(model.label.toLowerCase(), cls);
}

/** Django's own model of a canonical name; null for any other name. */
export function contribModel(name: string): ClassInfo | null {
  return CLASSES.get(name) ?? null;
}

/** Django's own model of a label such as "auth.User". */
export function contribModelByLabel(label: string): ClassInfo | null {
  return LABELS.get(label.toLowerCase()) ?? null;
}

/** Django's own models that have a table. */
export function contribModels(): readonly ClassInfo[] {
  return [...LABELS.values()];
}

export function isContribModel(cls: ClassInfo): boolean {
  return cls.module === module;
}

/** The model classes that a class takes fields and options from, itself first: the repository's and Django's own. */
export function modelAncestors(cls: ClassInfo): readonly ClassInfo[] {
  const found: ClassInfo[] = [];
  for (const entry of resolutionOrder(cls)) {
    if (typeof entry !== "string") found.push(entry);
    else for (const one of contribAncestors(entry)) if (!found.includes(one)) found.push(one);
  }
  return found;
}

function contribAncestors(name: string): readonly ClassInfo[] {
  const cls = CLASSES.get(name);
  return cls === undefined ? [] : resolutionOrder(cls).filter((entry) => typeof entry !== "string");
}

function classOf({ bases, columns, label, name, ordering, relations }: ContribModel): ClassInfo {
  const short = name.slice(name.lastIndexOf(".") + 1);
  const environment = new Map<string, Value>();
  for (const column of columns) environment.set(column, [externalInstance("django.db.models.Field")]);
  for (const relation of relations) environment.set(relation.name, [relationField(relation)]);
  const cls = emptyClass(name, short, environment);
  const meta = new Map<string, Value>([["ordering", [sequence("list", ordering.map(text))]]]);
  if (label === null) meta.set("abstract", [{ kind: "constant", text: "True" }]);
  environment.set("Meta", [{ kind: "class", class: emptyClass(`${name}.Meta`, "Meta", meta) }]);
  const above = bases.flatMap((base) => contribAncestors(base));
  cls.order = [cls, ...above, name, "django.db.models.Model"];
  return cls;
}

function relationField(relation: ContribRelation): InstanceAtom {
  const { field, isNullable = false, relatedName, relatedQueryName, to } = relation;
  const keywords = new Map<string, Value>();
  if (isNullable) keywords.set("null", [{ kind: "constant", text: "True" }]);
  if (relatedName !== undefined) keywords.set("related_name", text(relatedName));
  if (relatedQueryName !== undefined) keywords.set("related_query_name", text(relatedQueryName));
  const construction: Construction = {
    call: {
      kind: "call",
      start: 0,
      end: 0,
      callee: { kind: "other", start: 0, parts: [] },
      args: [],
      keywords: [],
    },
    module,
    args: [external(to)],
    keywords,
  };
  return externalInstance(`django.db.models.${field}`, UNKNOWN, construction);
}

function emptyClass(id: string, name: string, environment: Map<string, Value>): ClassInfo {
  return {
    id,
    name,
    qualifiedName: name,
    module,
    statement: { kind: "class", start: 0, end: 0, name, decorators: [], bases: [], keywords: [], body: [] },
    bases: [],
    keywords: new Map(),
    decorators: [],
    frame: { ...frame, kind: "class", module, environment },
    instanceAttributes: new Map(),
    order: [],
    subclasses: [],
  };
}
