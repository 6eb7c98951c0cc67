// How models map, and what their bodies and those of their bases declare: relations, and columns by type.
import { type ClassInfo, externalAncestors, ownAncestors } from "../../evaluation/class-info.ts";
import { lineIn } from "../../evaluation/module-info.ts";
import { declaredFields, relationKind } from "../../evaluation/orm/django/field.ts";
import { isAbstract, isProxy, modelCertainty } from "../../evaluation/orm/django/model-class.ts";
import { profileOf } from "../../evaluation/orm/other/profiles.ts";
import { imperativeMapping } from "../../evaluation/orm/sqlalchemy/imperative.ts";
import { mappedBy } from "../../evaluation/orm/sqlalchemy/mapped-class.ts";
import type { InstanceAtom } from "../../evaluation/value.ts";
import type { Evidence, ModelSummary } from "../../model/report.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import { noteMappedBody, noteTableCalls } from "./mapped-columns.ts";
import type { TieCounts } from "./tie-counts.ts";

export function noteMapping(view: ProjectView, models: readonly ModelSummary[], counts: TieCounts): void {
  const classes = new Map(view.classes.map((cls) => [placeOf(cls), cls]));
  const inView = new Set(view.classes);
  const declaring = new Map<ClassInfo, string>();
  for (const model of models) {
    const cls = classes.get(`${model.path}:${model.line}:${model.name}`);
    const at = { path: model.path, line: model.line, says: model.name };
    if (!model.abstract)
      counts.note("model", cls === undefined ? "table" : mappingOf(view, cls, model), model.orm, at);
    for (const ancestor of cls === undefined ? [] : ownAncestors(cls))
      if (inView.has(ancestor) && !declaring.has(ancestor)) declaring.set(ancestor, model.orm);
  }
  for (const [cls, orm] of declaring) noteBody(view, cls, orm, counts);
  noteTableCalls(view, counts);
}

function placeOf(cls: ClassInfo): string {
  return `${cls.module.path}:${lineIn(cls.module, cls.statement.start)}:${cls.name}`;
}

/** How a concrete model's table comes about. */
function mappingOf({ world }: ProjectView, cls: ClassInfo, { orm }: ModelSummary): string {
  if (orm === "django-orm") {
    if (isProxy(cls)) return "proxy";
    const parents = ownAncestors(cls).filter(
      (one) => one !== cls && modelCertainty(one) !== null && !isAbstract(world, one),
    );
    return parents.length > 0 ? "inherits-a-table" : "plain";
  }
  if (imperativeMapping(cls) !== null) return "imperative";
  const isPolymorphic = ownAncestors(cls).some(({ frame }) => {
    const binding = frame.environment.get("__mapper_args__");
    if (binding === undefined || "lazy" in binding) return false;
    return binding.some(
      (atom) =>
        atom.kind === "mapping" &&
        [...atom.entries.keys()].some((key) => /polymorphic_(?:on|identity)/.test(key)),
    );
  });
  return isPolymorphic ? "polymorphic" : "plain";
}

function noteBody(view: ProjectView, cls: ClassInfo, orm: string, counts: TieCounts): void {
  if (orm === "django-orm") noteDjangoFields(cls, counts);
  else if (mappedBy(cls) !== null || profileOf(externalAncestors(cls)) === null)
    noteMappedBody(view, cls, orm, counts);
  else noteOtherFields(cls, orm, counts);
}

function noteDjangoFields(cls: ClassInfo, counts: TieCounts): void {
  for (const [name, field] of declaredFields(cls)) {
    const kind = relationKind(field);
    const at = placeAt(cls, field, name);
    if (kind !== null) counts.note("relation", kind, "django-orm", at);
    else noteField(field, "django-orm", at, counts);
  }
}

const OTHER_RELATIONS: readonly (readonly [RegExp, string])[] = [
  [/\.(?:ManyToMany\w*|M2M|RelatedJoin)$/, "many-to-many"],
  [
    /\.(?:ForeignKey\w*|DeferredForeignKey|OneToOne\w*|ReferenceField|OneToMany|MultipleJoin)$/,
    "foreign-key",
  ],
];

/** Fields of Peewee, Tortoise and others: attributes that are instances of a class whose name begins with a capital. */
function noteOtherFields(cls: ClassInfo, orm: string, counts: TieCounts): void {
  for (const [name, binding] of cls.frame.environment) {
    if ("lazy" in binding || name.startsWith("__")) continue;
    const field = binding.find((atom): atom is InstanceAtom => atom.kind === "instance");
    const types = field === undefined ? [] : typesOf(field);
    if (field === undefined || !types.some((type) => /\.[A-Z]\w*$/.test(type))) continue;
    const relation = OTHER_RELATIONS.find(([pattern]) => types.some((type) => pattern.test(type)));
    const at = placeAt(cls, field, name);
    if (relation !== undefined) counts.note("relation", relation[1], orm, at);
    else noteField(field, orm, at, counts);
  }
}

function typesOf({ external, class: own }: InstanceAtom): readonly string[] {
  if (external !== null) return [external];
  return own === null ? [] : externalAncestors(own);
}

/** A field of a class that the project defines is named by the first of its bases that is not the project's. */
function noteField(field: InstanceAtom, orm: string, at: Evidence, counts: TieCounts): void {
  const kind = field.class === null ? "column" : "own-column";
  counts.note(kind, typesOf(field)[0] ?? null, orm, at);
  if (field.class !== null) counts.noteType(field.class, orm);
}

function placeAt(cls: ClassInfo, { construction }: InstanceAtom, name: string): Evidence {
  const at =
    construction !== null && construction.module === cls.module
      ? construction.call.start
      : cls.statement.start;
  return evidenceAt(cls.module, at, `${cls.name}.${name}`);
}
