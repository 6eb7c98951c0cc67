// Columns and relations of classes that SQLAlchemy maps, and of its tables. A column's type is what Column() is given, what the
// annotation says (`Mapped[int]`), or that of the column a foreign key points to.
import { constantText } from "../../evaluation/atoms.ts";
import { type ClassInfo, externalAncestors } from "../../evaluation/class-info.ts";
import { externalName } from "../../evaluation/external-name.ts";
import { isColumnAtom } from "../../evaluation/orm/sqlalchemy/mapped-class.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../evaluation/value.ts";
import type { World } from "../../evaluation/world.ts";
import type { Expr } from "../../model/code.ts";
import type { Evidence } from "../../model/report.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import { annotatedType, nameOf, type TypeFound, typeOf, UNREAD } from "./column-type.ts";
import type { TieCounts } from "./tie-counts.ts";

const RELATIONSHIP =
  /^(?:sqlalchemy\.orm\.(?:relationship|relation|dynamic_loader)|sqlmodel\.Relationship|flask_sqlalchemy\.SQLAlchemy\.relationship)$/;

/** Notes what the class's own body declares. */
export function noteMappedBody({ world }: ProjectView, cls: ClassInfo, orm: string, counts: TieCounts): void {
  const annotations = annotationsOf(cls);
  const isModel = externalAncestors(cls).some((name) => name === "sqlmodel.SQLModel");
  for (const [name, binding] of cls.frame.environment) {
    if ("lazy" in binding || name.startsWith("__")) continue;
    const value = declared(binding);
    const at = evidenceAt(cls.module, startOf(cls, value, annotations.get(name)), `${cls.name}.${name}`);
    const relation = value.find(isRelationship);
    const column = value.find(isColumnAtom);
    const annotation = annotations.get(name) ?? null;
    if (relation?.kind === "instance") counts.note("relation", relationForm(relation), orm, at);
    else if (column?.kind === "instance") {
      if (column.external === "sqlalchemy.orm.synonym") continue;
      const found = columnType(world, cls, column, annotation);
      noteType(found, orm, at, counts);
    } else if (annotation !== null && (isModel || isMapped(world, cls, annotation)) && !isPrivate(name)) {
      const found = annotatedType(world, cls.frame, annotation);
      noteType(found, orm, at, counts);
    }
  }
}

/** Columns of `Table("users", metadata, Column(…))`, outside of classes and inside. */
export function noteTableCalls({ externalCalls }: ProjectView, counts: TieCounts): void {
  for (const { name, args, site } of externalCalls) {
    if (name === "sqlalchemy.ForeignKeyConstraint") {
      const [keys] = args[0] ?? UNKNOWN;
      if (keys?.kind === "sequence" && (keys.items?.length ?? 0) > 1)
        counts.note(
          "relation",
          "composite-key",
          "sqlalchemy",
          evidenceAt(site.module, site.start, "a key of several columns"),
        );
      continue;
    }
    if (name !== "sqlalchemy.Table") continue;
    for (const atom of args.flat()) {
      if (!isColumnAtom(atom) || atom.kind !== "instance") continue;
      const made = atom.construction;
      const found = firstType(made?.args ?? [], made?.keywords.get("type_")) ?? keyType(atom) ?? UNREAD;
      const column = constantText(made?.args[0] ?? UNKNOWN) ?? "column";
      const place = made?.module === site.module ? made.call.start : site.start;
      noteType(found, "sqlalchemy-core", evidenceAt(site.module, place, column), counts);
    }
  }
}

function noteType({ kind, name, own }: TypeFound, orm: string, at: Evidence, counts: TieCounts): void {
  counts.note(kind, name, orm, at);
  if (own !== undefined) counts.noteType(own, orm);
}

function annotationsOf(cls: ClassInfo): ReadonlyMap<string, Expr> {
  return new Map(
    cls.statement.body.flatMap((statement): [string, Expr][] => {
      if (statement.kind !== "assign" || statement.annotation === null) return [];
      const [target] = statement.targets;
      return target?.kind === "name" ? [[target.id, statement.annotation]] : [];
    }),
  );
}

/** `@declared_attr def user_id(cls)`: what the function gave. */
function declared(value: Value): Value {
  return value.flatMap((atom): Value => {
    if (atom.kind !== "function" || !atom.fn.decoratorNames.some((name) => /declared_attr/.test(name)))
      return [atom];
    return atom.fn.results.values().next().value ?? UNKNOWN;
  });
}

function isPrivate(name: string): boolean {
  return name.startsWith("_") || name === "model_config";
}

function isRelationship(atom: Atom): boolean {
  return atom.kind === "instance" && RELATIONSHIP.test(atom.external ?? "");
}

function relationForm({ construction }: InstanceAtom): string {
  const keywords = construction?.keywords;
  const extra = keywords?.get("sa_relationship_kwargs")?.[0];
  const has = (name: string): boolean =>
    keywords?.has(name) === true || (extra?.kind === "mapping" && extra.entries.has(name));
  if (has("secondary") || has("link_model")) return "through-table";
  return has("primaryjoin") ? "own-join" : "relationship";
}

function startOf(cls: ClassInfo, value: Value, annotation: Expr | undefined): number {
  for (const atom of value)
    if (atom.kind === "instance" && atom.construction?.module === cls.module)
      return atom.construction.call.start;
  return annotation?.start ?? cls.statement.start;
}

function columnType(world: World, cls: ClassInfo, column: InstanceAtom, annotation: Expr | null): TypeFound {
  const made = column.construction;
  const keywords = made?.keywords;
  const inner = keywords?.get("sa_column")?.find(isColumnAtom);
  if (inner?.kind === "instance") return columnType(world, cls, inner, annotation);
  const given = column.external === "sqlmodel.Field" ? [] : (made?.args ?? []);
  const first = given[0]?.[0];
  // `deferred(Column(Text))` and `column_property(Column(Integer))` wrap one.
  if (first !== undefined && isColumnAtom(first) && first.kind === "instance")
    return columnType(world, cls, first, annotation);
  if (/\.composite$/.test(column.external ?? "")) return { kind: "column", name: "sqlalchemy.orm.composite" };
  return (
    firstType(given, keywords?.get("type_") ?? keywords?.get("sa_type")) ??
    (annotation === null ? null : nullIfUnread(annotatedType(world, cls.frame, annotation))) ??
    keyType(column) ??
    UNREAD
  );
}

function nullIfUnread(found: TypeFound): TypeFound | null {
  return found.name === null ? null : found;
}

/** A column with a foreign key and no type has that of the column it points to. */
function keyType({ construction }: InstanceAtom): TypeFound | null {
  const isKey =
    construction?.keywords.has("foreign_key") === true ||
    (construction?.args.flat() ?? []).some((atom) => externalName(atom) === "sqlalchemy.ForeignKey");
  return isKey ? { kind: "column", name: "sqlalchemy.ForeignKey" } : null;
}

/** The type among a column's arguments: an external class or an instance of one, or a class of the project over one. */
function firstType(args: readonly Value[], keyword: Value | undefined): TypeFound | null {
  for (const atom of [...(keyword ?? []), ...args.slice(0, 2).flat()]) {
    const found = typeOf(atom);
    if (found !== null) return found;
  }
  return null;
}

function isMapped(world: World, cls: ClassInfo, annotation: Expr): boolean {
  return (
    annotation.kind === "subscript" &&
    /\.(?:Dynamic|WriteOnly)?Mapped$/.test(nameOf(world, cls.frame, annotation.base) ?? "")
  );
}
