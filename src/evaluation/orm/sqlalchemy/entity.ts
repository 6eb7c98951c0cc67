// What an entity or column argument is to a statement: which table it comes from and what a row of it is.

import { constantText, instanceOf } from "../../atoms.ts";
import type { ClassInfo } from "../../class-info.ts";
import { isLazy } from "../../frame.ts";
import { EMPTY_FRAGMENT, type FromItem, type SqlFragment } from "../../sql-fragment.ts";
import { type Atom, UNKNOWN, type Value } from "../../value.ts";
import { imperativeMapping } from "./imperative.ts";
import { mappedBy } from "./mapped-class.ts";

export function mappedClass(atom: Atom): ClassInfo | null {
  return atom.kind === "class" && mappedBy(atom.class) !== null ? atom.class : null;
}

/** The name of a `Table(...)` object, or null for anything else. */
export function tableName(atom: Atom): string | null {
  if (atom.kind !== "instance" || atom.external !== "sqlalchemy.Table") return null;
  return constantText(atom.construction?.args[0] ?? UNKNOWN) ?? "table";
}

/** The model or table of an entity: a mapped class, a Table, or the class of a column. */
export function entityModel(atom: Atom): ClassInfo | string | null {
  const cls = mappedClass(atom);
  if (cls !== null) return cls;
  if (atom.kind === "sql") return atom.fragment.model;
  // A model of a package that is not here: capitalised, imported from somewhere else.
  if (
    atom.kind === "external" &&
    /\.[A-Z]\w*$/.test(atom.name) &&
    !/^(?:sqlalchemy|builtins|typing)\b/.test(atom.name)
  )
    return atom.name;
  return tableName(atom);
}

/** The model of a statement's entities, and whether the entity that gives it may as well be another class. */
export function modelOf(entities: readonly Value[]): {
  readonly model: ClassInfo | string | null;
  readonly isOneOfMany: boolean;
} {
  for (const value of entities) {
    const telling = value.filter((atom) => entityModel(atom) !== null);
    const models = new Set(telling.map(entityModel));
    for (const model of models) return { model, isOneOfMany: models.size > 1 && telling.every(isClass) };
  }
  return { model: null, isOneOfMany: false };
}

function isClass({ kind }: Atom): boolean {
  return kind === "class" || kind === "external";
}

/** The name of the Table that a class is mapped to by `__table__ = users` or from outside; null for other classes. */
function ownTable(cls: ClassInfo): string | null {
  const binding = cls.frame.environment.get("__table__");
  const declared = binding === undefined || isLazy(binding) ? UNKNOWN : binding;
  const given = [...declared, ...(imperativeMapping(cls)?.table ?? UNKNOWN)];
  return given.map(tableName).find((name) => name !== null) ?? null;
}

/** Classes of one name in one scope, defined on several branches, are one source. */
export function sourceOf(model: ClassInfo | string, line: number): FromItem {
  const key =
    typeof model === "string" ? model : (ownTable(model) ?? `${model.module.path}#${model.qualifiedName}`);
  return { key, line, features: [] };
}

/** An argument as a fragment: columns and expressions as they are, classes and tables as what they select. */
export function entityFragment(atom: Atom, line: number): SqlFragment | null {
  if (atom.kind === "sql") return atom.fragment;
  const model = entityModel(atom);
  if (model !== null)
    return { ...EMPTY_FRAGMENT, role: "table", model, sources: [entitySource(atom, model, line)] };
  return null;
}

/** Where the rows of an entity come from: its table, or what it is an alias of. */
export function entitySource(atom: Atom, model: ClassInfo | string, line: number): FromItem {
  return atom.kind === "class" && atom.alias !== undefined ? atom.alias : sourceOf(model, line);
}

/** What each of the selected values is: a mapped class for instances, null for columns. */
export function rowOf(values: readonly Value[]): (ClassInfo | null)[] {
  return values.map((value) => value.map(mappedClass).find((cls) => cls !== null) ?? null);
}

/** How many columns entities and columns select; what has several counts as two where their number is not known. */
export function selectedWidth(values: readonly Value[]): number {
  return values.reduce((sum, value) => sum + Math.max(1, ...value.map(widthOf)), 0);
}

function widthOf(atom: Atom): number {
  if (mappedClass(atom) !== null) return 2;
  if (atom.kind === "sql") return atom.fragment.role === "table" ? (atom.fragment.columns ?? 2) : 1;
  if (tableName(atom) === null || atom.kind !== "instance") return 1;
  const columns = (atom.construction?.args ?? []).filter((value) =>
    value.some((one) => one.kind === "instance" && one.external === "sqlalchemy.Column"),
  );
  return columns.length === 1 ? 1 : 2;
}

/** What one row of the entities is: the instance for a single class, else nothing known. */
export function entityRow(values: readonly Value[]): Value {
  const [first] = values;
  const cls = first?.map(mappedClass).find((found) => found !== null);
  return cls === undefined || cls === null ? UNKNOWN : [instanceOf(cls)];
}
