// Which classes SQLAlchemy maps, and what their attributes are: columns or relationships.

import { isCustomaryFlaskBase, sqlalchemyBase } from "../../../knowledge/sqlalchemy-bases.ts";
import { annotatedValue } from "../../annotation.ts";
import { constantText, isConstant, joinValues } from "../../atoms.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import { isLazy } from "../../frame.ts";
import type { FunctionInfo } from "../../function-info.ts";
import { resolveBinding } from "../../scope.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { BackReference, World } from "../../world.ts";
import { imperativeMapping } from "./imperative.ts";
import { LAZY_COLLECTIONS } from "./names.ts";
import { isToOne } from "./relation-direction.ts";

/** Packages whose exported bases are declarative classes, beside those that are known by name. */
const BASE_PACKAGES =
  /^(?:advanced_alchemy\.base|litestar\.(?:contrib|plugins)\.sqlalchemy\.base|flask_appbuilder\.models\.sqla)\./;

/** True for an external name whose subclasses are mapped. */
function isDeclarative(name: string): boolean {
  const known = sqlalchemyBase(name);
  return (known !== null && known.orm !== "gino" && known.form !== "mixin") || BASE_PACKAGES.test(name);
}

export type MappedOrm = "sqlalchemy-orm" | "flask-sqlalchemy" | "sqlmodel";

const mapped = new WeakMap<ClassInfo, MappedOrm | null>();

/** The ORM layer that maps a class, or null. A class with `__tablename__` over an unknown base is taken for mapped: a heuristic. */
export function mappedBy(cls: ClassInfo): MappedOrm | null {
  if (imperativeMapping(cls) !== null) return "sqlalchemy-orm";
  const known = mapped.get(cls);
  if (known !== undefined) return known;
  const orm = judge(cls);
  mapped.set(cls, orm);
  return orm;
}

function judge(cls: ClassInfo): MappedOrm | null {
  const ancestors = externalAncestors(cls);
  if (ancestors.some((name) => name === "sqlmodel.SQLModel")) return isTable(cls) ? "sqlmodel" : null;
  if (ancestors.some((name) => name.startsWith("flask_sqlalchemy."))) return "flask-sqlalchemy";
  if (ancestors.some(isDeclarative)) return "sqlalchemy-orm";
  if (isDecorated(cls)) return "sqlalchemy-orm";
  if (ancestors.some(isCustomaryFlaskBase) && (hasColumns(cls) || cls.frame.environment.has("__tablename__")))
    return "flask-sqlalchemy";
  const declares = ["__tablename__", "__table__"].some((name) => cls.frame.environment.has(name));
  const isForeign = ancestors.some((name) =>
    /^(?:django|tortoise|peewee|piccolo|ormar|gino|pydantic|pypika|pony|masonite|orator)\b/.test(name),
  );
  return declares && !isForeign && (ancestors.length > 0 || hasColumns(cls)) ? "sqlalchemy-orm" : null;
}

/** `class Hero(SQLModel, table=True)`: without it an SQLModel is only a schema. Subclasses of a table stay tables. */
function isTable(cls: ClassInfo): boolean {
  return ownAncestors(cls).some((ancestor) =>
    (ancestor.keywords.get("table") ?? UNKNOWN).some(
      (atom) => atom.kind === "constant" && atom.text === "True",
    ),
  );
}

function isDecorated(cls: ClassInfo): boolean {
  return cls.decorators.some((value) =>
    value.some(
      (atom) =>
        (atom.kind === "method" && /^mapped(?:_as_dataclass)?$/.test(atom.name)) ||
        (atom.kind === "instance" && atom.external === "sqlalchemy.orm.as_declarative"),
    ),
  );
}

function hasColumns(cls: ClassInfo): boolean {
  return [...cls.frame.environment.values()].some(
    (binding) =>
      !isLazy(binding) && binding.some((atom) => isColumnAtom(atom) || relationshipOf(atom) !== null),
  );
}

export function isColumnAtom(atom: Atom): boolean {
  return (
    atom.kind === "instance" &&
    /^(?:sqlalchemy\.Column|sqlalchemy\.orm\.(?:mapped_column|column_property|synonym|deferred|composite)|sqlmodel\.Field)$/.test(
      atom.external ?? "",
    )
  );
}

function relationshipOf(atom: Atom): InstanceAtom | null {
  if (atom.kind !== "instance") return null;
  return /^(?:sqlalchemy\.orm\.(?:relationship|relation|dynamic_loader)|sqlmodel\.Relationship)$/.test(
    atom.external ?? "",
  )
    ? atom
    : null;
}

export interface MappedAttribute {
  readonly kind: "column" | "relationship";
  readonly target: ClassInfo | null;
  readonly isMany: boolean;
  /** True where it says that the other side holds the key of a relation to one row: `uselist=False`. */
  readonly isOtherSide?: boolean;
  /** True for a relation through a table between the two: `secondary=`, `link_model=`. */
  readonly isThroughTable: boolean;
  /** True where it says in which order its rows come. */
  readonly isOrdered?: boolean;
  /** How often a relation of a class to itself is joined. */
  readonly joinDepth?: number;
  /** The loader named at the mapping: "select", "selectin", "dynamic", …; null where none is, UNREAD where it is not known. */
  readonly lazy: string | null;
}

/** Stands for a loader that the code does not name in a way that can be read. */
const UNREAD = "unread";

/** What a mapped class's attribute is; null for methods, properties and names it does not have. */
export function mappedAttribute(
  world: World,
  cls: ClassInfo,
  name: string,
  seenFrom: FunctionInfo | null = null,
): MappedAttribute | null {
  // `__tablename__` and its like tell how the class is mapped; they are mapped to nothing.
  if (name.startsWith("__")) return null;
  for (const ancestor of ownAncestors(cls)) {
    const binding = ancestor.frame.environment.get(name);
    if (binding === undefined) continue;
    const value = resolveBinding(world, binding);
    const declared = value.some((atom) => atom.kind === "function") ? declaredAttribute(value) : value;
    if (declared === null) return null;
    const found = attributeFrom(world, cls, declared, seenFrom);
    // `items: Mapped[list["Item"]] = relationship()`: Item is often defined further down.
    if (found.kind === "column" || found.target !== null) return found;
    return attributeFrom(world, cls, joinValues(declared, laterAnnotation(world, ancestor, name)), seenFrom);
  }
  const back = world.backReferences.get(cls.id)?.get(name);
  const imperative = imperativeAttribute(world, cls, name, seenFrom, back !== undefined);
  if (imperative !== null) return imperative;
  if (back === undefined) return null;
  const isOne = isConstant(back.made?.construction?.keywords.get("uselist") ?? UNKNOWN, "False");
  const lazy = back.made === null ? null : lazyOf(back.made);
  const forward = mappedAttribute(world, back.target, back.attribute, seenFrom);
  return {
    kind: "relationship",
    target: back.target,
    ...backward(forward, isOne),
    lazy,
  };
}

/** What `backref=` adds on the other side of a relation. */
function backward(
  forward: MappedAttribute | null,
  isOne: boolean,
): Pick<MappedAttribute, "isMany" | "isOtherSide" | "isThroughTable"> {
  if (forward?.isThroughTable) return { isMany: !isOne, isThroughTable: true };
  // Who has many, or one whose key points here, is the one row of each of these.
  const isKeyHere = forward !== null && (forward.isMany || forward.isOtherSide === true);
  if (isKeyHere) return { isMany: false, isThroughTable: false };
  return { isMany: !isOne, isOtherSide: isOne, isThroughTable: false };
}

/** An attribute of a class mapped from outside: a property that the mapping names, else a column of its table. */
function imperativeAttribute(
  world: World,
  cls: ClassInfo,
  name: string,
  seenFrom: FunctionInfo | null,
  isBackReference: boolean,
): MappedAttribute | null {
  const mapping = imperativeMapping(cls, seenFrom);
  if (mapping === null || name.startsWith("__")) return null;
  const property = mapping.properties.get(name) ?? imperativeMapping(cls)?.properties.get(name);
  if (property === undefined && isBackReference) return null;
  return attributeFrom(world, cls, property ?? UNKNOWN, seenFrom);
}

const annotations = new WeakMap<ClassInfo, Map<string, Value>>();

/** What an attribute's annotation says now that every class has been met; remembered once it says something. */
function laterAnnotation(world: World, owner: ClassInfo, name: string): Value {
  const known = annotations.get(owner) ?? new Map<string, Value>();
  annotations.set(owner, known);
  const read = known.get(name);
  if (read !== undefined) return read;
  const statement = owner.statement.body.find(
    (one) =>
      one.kind === "assign" && one.targets.some((target) => target.kind === "name" && target.id === name),
  );
  if (statement?.kind !== "assign" || statement.annotation === null) return UNKNOWN;
  const value = annotatedValue(world, owner.frame, statement.annotation);
  if (value.length > 0) known.set(name, value);
  return value;
}

/** `@declared_attr def items(cls)`: what the function returned when it was evaluated. */
function declaredAttribute(value: Value): Value | null {
  for (const atom of value) {
    if (atom.kind !== "function") continue;
    if (!atom.fn.decoratorNames.some((name) => /declared_attr|hybrid_property/.test(name))) return null;
    return atom.fn.results.values().next().value ?? UNKNOWN;
  }
  return null;
}

function attributeFrom(
  world: World,
  cls: ClassInfo,
  value: Value,
  seenFrom: FunctionInfo | null,
): MappedAttribute {
  const made = value.map(relationshipOf).find((atom) => atom !== null) ?? null;
  const declared = value.flatMap((atom): ClassInfo[] => {
    const isCollection = atom.kind === "sequence" || lazyCollection(atom) !== null;
    const inner = isCollection && "element" in atom ? atom.element : [atom];
    return inner.flatMap((entry) => (entry.kind === "instance" && entry.class !== null ? [entry.class] : []));
  });
  const target =
    (made === null ? null : relationshipTarget(world, cls, made)) ??
    declared.find((one) => mappedBy(one) !== null) ??
    null;
  if (made === null && target === null)
    return { kind: "column", target: null, isMany: false, isThroughTable: false, lazy: null };
  const annotated = value.map(lazyCollection).find((loader) => loader !== null) ?? null;
  const lazy = made === null ? (annotated ?? UNREAD) : (lazyOf(made) ?? annotated);
  const uselist = made?.construction?.keywords.get("uselist");
  const isScalar = uselist?.some((atom) => atom.kind === "constant" && atom.text === "False") ?? false;
  const isDeclaredOne = value.some(
    (atom) => atom.kind === "instance" && atom.class !== null && atom.class === target,
  );
  const isThroughTable =
    made?.construction?.keywords.has("secondary") || made?.construction?.keywords.has("link_model") || false;
  const isDeclared = isScalar || isDeclaredOne || value.some((atom) => atom.kind === "sequence");
  const isOne = made === null || target === null ? null : isToOne(world, cls, target, made, seenFrom);
  const isMany = isDeclared ? !isScalar && !isDeclaredOne : isOne !== true;
  const order = made?.construction?.keywords.get("order_by");
  const isOrdered = order !== undefined && !isConstant(order, "False") && !isConstant(order, "None");
  const [depth] = made?.construction?.keywords.get("join_depth") ?? UNKNOWN;
  return {
    kind: "relationship",
    target,
    isMany,
    isOtherSide: isScalar && isOne !== true,
    isThroughTable,
    isOrdered,
    lazy,
    ...(depth?.kind === "constant" ? { joinDepth: Number.parseInt(depth.text, 10) || 0 } : {}),
  };
}

/** The loader that `DynamicMapped[…]` and `WriteOnlyMapped[…]` stand for; null for other values. */
function lazyCollection(atom: Atom): string | null {
  return atom.kind === "instance" ? (LAZY_COLLECTIONS.get(atom.external ?? "") ?? null) : null;
}

const LAZY_CONSTANTS = new Map([
  ["True", "select"],
  ["False", "joined"],
  ["None", "noload"],
]);

function lazyOf({ construction, external: name }: InstanceAtom): string | null {
  if (name === "sqlalchemy.orm.dynamic_loader") return "dynamic";
  if (construction === null || construction.call.keywords.some((keyword) => keyword.name === null))
    return UNREAD;
  const { keywords } = construction;
  if (keywords.has("sa_relationship")) return UNREAD;
  const own = keywords.get("sa_relationship_kwargs");
  const [mapping] = own ?? UNKNOWN;
  if (own !== undefined && mapping?.kind !== "mapping") return UNREAD;
  const value =
    keywords.get("lazy") ?? (mapping?.kind === "mapping" ? mapping.entries.get("lazy") : undefined);
  if (value === undefined) return null;
  const [atom] = value;
  const constant = atom?.kind === "constant" ? LAZY_CONSTANTS.get(atom.text) : undefined;
  return constantText(value) ?? constant ?? UNREAD;
}

/** The instance that declares a column, found on the class or a base; null for other attributes. */
function columnNamed(world: World, cls: ClassInfo, name: string): InstanceAtom | null {
  for (const ancestor of ownAncestors(cls)) {
    const binding = ancestor.frame.environment.get(name);
    if (binding === undefined) continue;
    const atom = resolveBinding(world, binding).find(isColumnAtom);
    return atom?.kind === "instance" ? atom : null;
  }
  return null;
}

/** True for a column that is loaded when it is first read: `deferred(...)`, `mapped_column(deferred=True)`. */
export function isDeferredColumn(world: World, cls: ClassInfo, name: string): boolean {
  const column = columnNamed(world, cls, name);
  if (column === null) return false;
  if (column.external === "sqlalchemy.orm.deferred") return true;
  return (column.construction?.keywords.get("deferred") ?? UNKNOWN).some(
    (atom) => atom.kind === "constant" && atom.text === "True",
  );
}

/** Names of a mapped class's columns, primary keys aside: those come with every row. */
export function plainColumns(world: World, cls: ClassInfo): string[] {
  const names = new Set(ownAncestors(cls).flatMap(({ frame }) => [...frame.environment.keys()]));
  return [...names].filter((name) => {
    const column = columnNamed(world, cls, name);
    return column !== null && !column.construction?.keywords.has("primary_key");
  });
}

/** The class a `relationship("Name")` points to: given as a class, a name, or a lambda. */
export function relationshipTarget(world: World, from: ClassInfo, made: InstanceAtom): ClassInfo | null {
  const to = made.construction?.args[0] ?? made.construction?.keywords.get("argument") ?? UNKNOWN;
  for (const atom of to) {
    if (atom.kind === "class") return atom.class;
    const name = constantText([atom]);
    if (name !== null) return mappedByName(world, name, from);
  }
  return null;
}

/** A mapped class by name, the nearest module first. */
export function mappedByName(world: World, name: string, from: ClassInfo): ClassInfo | null {
  const short = name.slice(name.lastIndexOf(".") + 1);
  const candidates = (world.classesByName.get(short) ?? []).filter((cls) => mappedBy(cls) !== null);
  return candidates.find((cls) => cls.module === from.module) ?? candidates[0] ?? null;
}

/** `relationship("Order", backref="customer")` adds `customer` to Order. */
export function indexBackReferences(world: World): void {
  for (const cls of world.classes.values()) {
    if (mappedBy(cls) === null) continue;
    indexMappedRelations(world, cls);
    for (const [name, binding] of cls.frame.environment) {
      if (isLazy(binding)) continue;
      for (const atom of binding) indexBackReference(world, cls, name, relationshipOf(atom));
    }
  }
}

/** The same for a class that is mapped from outside, which may be found out only while functions are evaluated. */
export function indexMappedRelations(world: World, cls: ClassInfo): void {
  for (const [name, value] of imperativeMapping(cls)?.properties ?? [])
    for (const atom of value) indexBackReference(world, cls, name, relationshipOf(atom));
}

function indexBackReference(
  world: World,
  cls: ClassInfo,
  attribute: string,
  made: InstanceAtom | null,
): void {
  const backref = made?.construction?.keywords.get("backref") ?? UNKNOWN;
  const [atom] = backref;
  const name =
    atom?.kind === "instance" ? constantText(atom.construction?.args[0] ?? UNKNOWN) : constantText(backref);
  if (made === null || name === null) return;
  const target =
    relationshipTarget(world, cls, made) ?? mappedAttribute(world, cls, attribute)?.target ?? null;
  if (target === null) return;
  const known = world.backReferences.get(target.id) ?? new Map<string, BackReference>();
  known.set(name, { target: cls, attribute, made: atom?.kind === "instance" ? atom : null });
  world.backReferences.set(target.id, known);
}
