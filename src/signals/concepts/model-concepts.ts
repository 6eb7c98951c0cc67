// Concepts that show in how models are declared: the kinds of inheritance, options of Meta, what relationships are given.
import type { ClassInfo } from "../../evaluation/class-info.ts";
import { externalAncestors, ownAncestors } from "../../evaluation/class-info.ts";
import { isAbstract, isDjangoModel } from "../../evaluation/orm/django/model-class.ts";
import { profileOf } from "../../evaluation/orm/other/profiles.ts";
import { mappedBy } from "../../evaluation/orm/sqlalchemy/mapped-class.ts";
import type { Value } from "../../evaluation/value.ts";
import type { ProjectView } from "../project-view.ts";
import type { ConceptUses, Place } from "./concept-uses.ts";

export function modelConcepts(view: ProjectView, uses: ConceptUses): void {
  for (const cls of view.classes) {
    if (isDjangoModel(cls)) djangoModel(view, cls, uses);
    else if (mappedBy(cls) !== null) mappedClass(cls, uses);
    else {
      const profile = profileOf(externalAncestors(cls));
      if (profile !== null) otherModel(cls, profile.orm, uses);
    }
  }
  for (const { name, keywords, site, at } of view.externalCalls)
    if (/^(?:sqlalchemy\.orm\.relationship|sqlmodel\.Relationship)$/.test(name))
      relationship(keywords, (concept) => uses.note("sqlalchemy-orm", concept, { module: site.module, at }));
}

function djangoModel(view: ProjectView, cls: ClassInfo, uses: ConceptUses): void {
  const note = (name: string): void => uses.note("django-orm", name, placeOf(cls));
  note("model");
  const parents = ownAncestors(cls).slice(1).filter(isDjangoModel);
  if (isAbstract(view.world, cls)) note("abstract model");
  const meta = innerClass(cls, "Meta");
  if (meta !== null) {
    note("Meta options");
    const has = (name: string): boolean => meta.frame.environment.has(name);
    if (has("ordering")) note("default ordering");
    if (has("unique_together")) note("constraints");
    if (has("index_together")) note("indexes");
    if (has("permissions")) note("model permissions");
    if (has("managed")) note("unmanaged model");
    if (isTrue(meta.frame.environment.get("proxy"))) note("proxy model");
  }
  if (
    parents.some((parent) => !isAbstract(view.world, parent)) &&
    !isTrue(meta?.frame.environment.get("proxy"))
  )
    note("multi-table inheritance");
  const overrides = ["save", "delete", "clean", "full_clean", "from_db", "refresh_from_db"];
  if (overrides.some((name) => cls.frame.environment.has(name))) note("overridden model methods");
}

function mappedClass(cls: ClassInfo, uses: ConceptUses): void {
  const note = (name: string): void => uses.note("sqlalchemy-orm", name, placeOf(cls));
  note("mapped class");
  if (cls.frame.environment.has("__abstract__")) note("abstract base");
  if (cls.frame.environment.has("__table_args__")) note("table arguments");
  if (cls.frame.environment.has("__mapper_args__")) {
    const value = cls.frame.environment.get("__mapper_args__");
    const keys =
      value === undefined || "lazy" in value
        ? []
        : value.flatMap((atom) => (atom.kind === "mapping" ? [...atom.entries.keys()] : []));
    note(keys.some((key) => key.startsWith("polymorphic")) ? "inheritance mapping" : "mapper arguments");
  }
  if (mappedBy(cls) === "sqlmodel") note("SQLModel table");
}

function otherModel(cls: ClassInfo, orm: string, uses: ConceptUses): void {
  uses.note(orm, "model", placeOf(cls));
  for (const statement of cls.statement.body) {
    const [target] = statement.kind === "assign" ? statement.targets : [];
    const binding = target?.kind === "name" ? cls.frame.environment.get(target.id) : undefined;
    if (binding === undefined || "lazy" in binding) continue;
    const place = { module: cls.module, at: statement.start };
    const names = binding.flatMap((atom) =>
      atom.kind === "instance" && atom.external !== null ? [atom.external] : [],
    );
    if (names.some((name) => /(?:ForeignKey|OneToOne|ManyToMany|Reference|Link|BackLink)\w*$/.test(name)))
      uses.note(orm, "relation", place);
    else if (names.some((name) => /\.[A-Z]\w*$/.test(name))) uses.note(orm, "field", place);
  }
}

function relationship(keywords: ReadonlyMap<string, Value>, note: (name: string) => void): void {
  if (keywords.has("back_populates") || keywords.has("backref")) note("two-way relationship");
  if (keywords.has("secondary") || keywords.has("link_model")) note("association table");
  if (keywords.has("cascade") || keywords.has("passive_deletes") || keywords.has("cascade_delete"))
    note("cascades");
  if (keywords.has("lazy")) note("lazy loading strategy");
  if (keywords.has("primaryjoin") || keywords.has("secondaryjoin") || keywords.has("foreign_keys"))
    note("custom join condition");
}

function placeOf(cls: ClassInfo): Place {
  return { module: cls.module, at: cls.statement.start };
}

function innerClass(cls: ClassInfo, name: string): ClassInfo | null {
  const binding = cls.frame.environment.get(name);
  if (binding === undefined || "lazy" in binding) return null;
  const atom = binding.find((one) => one.kind === "class");
  return atom?.kind === "class" ? atom.class : null;
}

function isTrue(binding: unknown): boolean {
  return Array.isArray(binding) && binding.some((atom) => atom.kind === "constant" && atom.text === "True");
}
