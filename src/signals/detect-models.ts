// The classes and tables that map to database tables, with their fields and relations.
import { constantText } from "../evaluation/atoms.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../evaluation/class-info.ts";
import { lineIn } from "../evaluation/module-info.ts";
import { declaredFields, relationKind } from "../evaluation/orm/django/field.ts";
import { isAbstract, modelCertainty } from "../evaluation/orm/django/model-class.ts";
import { profileOf } from "../evaluation/orm/other/profiles.ts";
import { isColumnAtom, mappedBy } from "../evaluation/orm/sqlalchemy/mapped-class.ts";
import { type Atom, UNKNOWN } from "../evaluation/value.ts";
import type { World } from "../evaluation/world.ts";
import type { ModelSignal, ModelSummary } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import type { ProjectView } from "./project-view.ts";

/** Models of every ORM, abstract ones among the items; totals are of the concrete ones. */
export function detectModels(view: ProjectView): ModelSignal {
  const summaries = view.classes.flatMap((cls) => summarize(view.world, cls) ?? []);
  const items = [...summaries.map(({ item }) => item), ...coreTables(view)].sort(byPlace);
  const concrete = items.filter((item) => !item.abstract);
  const guessed = summaries.filter(({ isHeuristic, item }) => isHeuristic && !item.abstract).length;
  return {
    total: concrete.length,
    relations: concrete.reduce((sum, item) => sum + item.relations, 0),
    items,
    unknown:
      guessed === 0
        ? null
        : `${guessed} of ${concrete.length} models have a base that is not here and were told by their fields`,
    evidence: concrete
      .slice(0, 3)
      .map(({ path, line, name, orm }) => ({ path, line, says: `${name} is a model of ${orm}` })),
  };
}

function byPlace(left: ModelSummary, right: ModelSummary): number {
  return compareText(left.path, right.path) || left.line - right.line || compareText(left.name, right.name);
}

interface Summary {
  readonly item: ModelSummary;
  readonly isHeuristic: boolean;
}

function summarize(world: World, cls: ClassInfo): Summary | null {
  const place = { name: cls.name, path: cls.module.path, line: lineIn(cls.module, cls.statement.start) };
  const certainty = modelCertainty(cls);
  if (certainty !== null) {
    const fields = inheritedFields(world, cls);
    const item = {
      ...place,
      orm: "django-orm",
      abstract: isAbstract(world, cls),
      fields: fields.size,
      relations: [...fields.values()].filter((isRelation) => isRelation).length,
    };
    return { item, isHeuristic: certainty === "heuristic" };
  }
  const mapped = mappedBy(cls);
  if (mapped !== null && !isOtherTable(cls)) {
    const item = { ...place, orm: mapped, abstract: isAbstractMapped(cls), ...countMembers(cls) };
    return { item, isHeuristic: false };
  }
  const profile = profileOf(externalAncestors(cls));
  if (profile === null) return null;
  const item = { ...place, orm: profile.orm, abstract: isAbstractOther(cls), ...countMembers(cls) };
  return { item, isHeuristic: false };
}

/** `__table__ = "users"` over a class of a query builder: rows are read from it, nothing is mapped. */
function isOtherTable(cls: ClassInfo): boolean {
  return externalAncestors(cls).some((name) => /^(?:pypika|databases)\b/.test(name));
}

/** Django copies the fields of abstract bases into each model; those of a concrete base stay in its own table. */
function inheritedFields(world: World, cls: ClassInfo): Map<string, boolean> {
  const fields = new Map<string, boolean>();
  for (const ancestor of ownAncestors(cls)) {
    if (ancestor !== cls && modelCertainty(ancestor) !== null && !isAbstract(world, ancestor)) continue;
    for (const [name, field] of declaredFields(ancestor))
      if (!fields.has(name)) fields.set(name, relationKind(field) !== null);
  }
  return fields;
}

/** `__abstract__ = True`, or a base that names no table and has no columns of its own: `class Base(DeclarativeBase)`. */
function isAbstractMapped(cls: ClassInfo): boolean {
  const declared = cls.frame.environment.get("__abstract__");
  if (declared !== undefined && !("lazy" in declared))
    return declared.some((atom) => atom.kind === "constant" && atom.text === "True");
  if (cls.frame.environment.has("__tablename__") || cls.frame.environment.has("__table__")) return false;
  const isBase = cls.bases.some((base) =>
    base.some(
      (atom) =>
        atom.kind === "external" &&
        /(?:DeclarativeBase(?:NoMeta)?|MappedAsDataclass|SQLModel)$/.test(atom.name),
    ),
  );
  if (mappedBy(cls) === "sqlmodel") return false;
  return isBase || isDecoratedBase(cls) || countMembers(cls).fields === 0;
}

function isDecoratedBase(cls: ClassInfo): boolean {
  return cls.decorators.some((value) =>
    value.some((atom) => atom.kind === "instance" && atom.external === "sqlalchemy.orm.as_declarative"),
  );
}

const CONFIGURATIONS = ["Meta", "Settings", "Config"];

/** An inner class that says so (`class Meta: abstract = True`), or `meta = {"abstract": True}` of MongoEngine. */
function isAbstractOther(cls: ClassInfo): boolean {
  for (const name of CONFIGURATIONS) {
    const binding = cls.frame.environment.get(name);
    if (binding === undefined || "lazy" in binding) continue;
    for (const atom of binding) {
      if (atom.kind !== "class") continue;
      const declared = atom.class.frame.environment.get("abstract");
      if (declared !== undefined && !("lazy" in declared) && declared.some(isTrue)) return true;
    }
  }
  const meta = cls.frame.environment.get("meta");
  if (meta === undefined || "lazy" in meta)
    return cls.subclasses.length > 0 && countMembers(cls).fields === 0;
  return meta.some(
    (atom) => atom.kind === "mapping" && (atom.entries.get("abstract") ?? UNKNOWN).some(isTrue),
  );
}

function isTrue(atom: Atom): boolean {
  return atom.kind === "constant" && atom.text === "True";
}

const RELATIONS =
  /(?:^|\.)(?:relationship|relation|dynamic_loader|Relationship|ForeignKeyField|OneToOneField|ManyToManyField|ForeignKey|ManyToMany|ReferenceField|GenericReferenceField|Link|BackLink|DeferredForeignKey|OneToMany|M2M|RelatedJoin|MultipleJoin)$/;

/** Columns and relations of the class and its mixins, by what the names in their bodies are bound to. */
function countMembers(cls: ClassInfo): { fields: number; relations: number } {
  const fields = new Set<string>();
  const relations = new Set<string>();
  for (const ancestor of ownAncestors(cls)) {
    for (const statement of ancestor.statement.body) {
      if (statement.kind !== "assign") continue;
      const [target] = statement.targets;
      if (target?.kind !== "name" || target.id.startsWith("__")) continue;
      const binding = ancestor.frame.environment.get(target.id);
      if (binding === undefined || "lazy" in binding) continue;
      const names = binding.flatMap((atom) =>
        atom.kind === "instance" && atom.external !== null ? [atom.external] : [],
      );
      if (names.some((name) => RELATIONS.test(name))) relations.add(target.id);
      else if (
        statement.annotation !== null ||
        binding.some(isColumnAtom) ||
        names.some((name) => /\.[A-Z]\w*$/.test(name))
      )
        fields.add(target.id);
    }
  }
  return { fields: fields.size + relations.size, relations: relations.size };
}

/** `Table("users", metadata, Column(…))`: a table of SQLAlchemy Core, unless a class maps it or it only joins two others. */
function coreTables(view: ProjectView): ModelSummary[] {
  return view.externalCalls.flatMap((call) => {
    if (call.name !== "sqlalchemy.Table") return [];
    const columns = call.args
      .flat()
      .filter((atom) => atom.kind === "instance" && atom.external === "sqlalchemy.Column");
    if (columns.length === 0) return [];
    const keys = columns.filter(
      (atom) => atom.kind === "instance" && (atom.construction?.args.flat() ?? []).some(isForeignKey),
    );
    const isInClass = view.classes.some(
      ({ module, statement }) =>
        module === call.site.module && statement.start <= call.site.start && call.site.end <= statement.end,
    );
    // Nothing but keys: the table between two others, a part of their relation.
    const isAssociation = keys.length > 1 && keys.length === columns.length;
    if (isInClass || isAssociation) return [];
    return [
      {
        name: constantText(call.args[0] ?? UNKNOWN) ?? "table",
        path: call.site.module.path,
        line: lineIn(call.site.module, call.site.start),
        orm: "sqlalchemy-core",
        abstract: false,
        fields: columns.length,
        relations: keys.length,
      },
    ];
  });
}

function isForeignKey(atom: Atom): boolean {
  return atom.kind === "instance" && atom.external === "sqlalchemy.ForeignKey";
}
