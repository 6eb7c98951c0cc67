// What selecting a mapped class brings along without the statement naming it: the tables of its base classes, relations it
// always joins, columns that are subqueries. Source: "Mapping Class Inheritance Hierarchies", "Relationship Loading
// Techniques" and "SQL Expressions as Mapped Attributes" of SQLAlchemy's documentation.

import { constantText, isConstant } from "../../atoms.ts";
import { type ClassInfo, ownAncestors } from "../../class-info.ts";
import { isLazy } from "../../frame.ts";
import type { FunctionInfo } from "../../function-info.ts";
import { resolveBinding } from "../../scope.ts";
import { UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { imperativeMapping } from "./imperative.ts";
import { isColumnAtom, type MappedAttribute, mappedAttribute, mappedBy } from "./mapped-class.ts";

/** Joined relations of joined relations are followed this far; SQLAlchemy itself stops at cycles. */
const MAX_DEPTH = 3;

export interface EntityLoad {
  /** Names of features, each once. */
  readonly features: readonly string[];
  /** Tables of base classes and of subclasses loaded along, and of relations that are always joined. */
  readonly inherited: number;
  readonly joined: number;
  /** True where a relation that is always joined holds many rows. */
  readonly isMany: boolean;
  /** True where one says in which order its rows come. */
  readonly isOrdered: boolean;
  /** Conditions that tell its rows from those of other classes in the same table. */
  readonly conditions: number;
  /** How many columns it has; 2 stands for several. */
  readonly columns: number;
}

/** What a statement for instances of the class holds beside what it says; `loaded` are relations that options load, null for all. */
export function entityLoad(
  world: World,
  cls: ClassInfo,
  loaded: readonly string[] | null,
  seenFrom: FunctionInfo | null,
): EntityLoad {
  const features = new Set<string>();
  const inherited = inheritedTables(world, cls);
  if (inherited > 0) features.add("join");
  const below = polymorphicTables(world, cls);
  if (below > 0) features.add("outer-join");
  const chain = { seenFrom, features, seen: new Set([cls]) };
  const joined = loaded === null ? 0 : joinedRelations(world, cls, loaded, chain);
  if (joined > 0) features.add("outer-join").add("eager-load");
  for (const name of selectedExpressions(world, cls, seenFrom)) features.add(name);
  const conditions = sharesTable(world, cls) ? 1 : 0;
  const always = (joined > 0 ? attributesOf(world, cls, seenFrom) : []).filter(
    ([name, { lazy }]) => lazy === "joined" && !loaded?.includes(name),
  );
  return {
    features: [...features],
    inherited: inherited + below,
    joined,
    isMany: always.some(([, { isMany }]) => isMany),
    isOrdered: always.some(([, { isOrdered }]) => isOrdered),
    conditions,
    columns: columnsOf(world, cls, seenFrom) + inherited + below,
  };
}

/** Joined-table inheritance: a row is read from the table of each class that has one of its own. */
function inheritedTables(world: World, cls: ClassInfo): number {
  if (ownValue(world, cls, "__mapper_args__").some(isConcrete)) return 0;
  return Math.max(
    0,
    ownAncestors(cls).filter((one) => mappedBy(one) !== null && hasTable(world, one)).length - 1,
  );
}

/** `with_polymorphic: "*"` in a mapper's arguments: the tables of all subclasses are read along. */
function polymorphicTables(world: World, cls: ClassInfo): number {
  const isAll = ownValue(world, cls, "__mapper_args__").some(
    (atom) =>
      atom.kind === "mapping" && constantText(atom.entries.get("with_polymorphic") ?? UNKNOWN) === "*",
  );
  return isAll ? subclassesOf(world, cls).filter((one) => hasTable(world, one)).length : 0;
}

/** Classes below a class, however far. */
export function subclassesOf(world: World, cls: ClassInfo): ClassInfo[] {
  return [...world.classes.values()].filter((one) => one !== cls && ownAncestors(one).includes(cls));
}

function isConcrete(atom: Value[number]): boolean {
  return atom.kind === "mapping" && isConstant(atom.entries.get("concrete") ?? UNKNOWN, "True");
}

/** True for a class that has a table of its own, not only that of a base class. */
export function hasTable(world: World, cls: ClassInfo): boolean {
  if (isConstant(ownValue(world, cls, "__abstract__"), "True")) return false;
  if (imperativeMapping(cls)?.table.some((atom) => atom.kind === "instance")) return true;
  const named = [...ownValue(world, cls, "__tablename__"), ...ownValue(world, cls, "__table__")];
  if (named.some((atom) => atom.kind !== "function" && !isConstant([atom], "None"))) return true;
  return named.length === 0 && mappedBy(cls) === "flask-sqlalchemy" && hasPrimaryKey(cls);
}

/** Flask-SQLAlchemy names the table of a model that declares a primary key. */
function hasPrimaryKey({ frame }: ClassInfo): boolean {
  return [...frame.environment.values()].some(
    (binding) =>
      !isLazy(binding) &&
      binding.some(
        (atom) =>
          atom.kind === "instance" &&
          isColumnAtom(atom) &&
          isConstant(atom.construction?.keywords.get("primary_key") ?? UNKNOWN, "True"),
      ),
  );
}

/** Single-table inheritance: the rows of a class are told by its identity. */
function sharesTable(world: World, cls: ClassInfo): boolean {
  const isTold = ownValue(world, cls, "__mapper_args__").some(
    (atom) => atom.kind === "mapping" && atom.entries.has("polymorphic_identity"),
  );
  if (!isTold || hasTable(world, cls)) return false;
  return ownAncestors(cls).some((one) => one !== cls && mappedBy(one) !== null && hasTable(world, one));
}

function ownValue(world: World, cls: ClassInfo, name: string): Value {
  const binding = cls.frame.environment.get(name);
  return binding === undefined ? UNKNOWN : resolveBinding(world, binding);
}

interface JoinedChain {
  readonly seenFrom: FunctionInfo | null;
  readonly seen: ReadonlySet<ClassInfo>;
  /** Where the names of features go that the classes' own columns bring along. */
  readonly features: Set<string>;
}

/** Relations mapped with `lazy="joined"`, and those of the classes that these reach. */
function joinedRelations(
  world: World,
  cls: ClassInfo,
  loaded: readonly string[],
  chain: JoinedChain,
): number {
  const { features, seen, seenFrom } = chain;
  if (seen.size > MAX_DEPTH) return 0;
  let count = 0;
  for (const [name, { isThroughTable, joinDepth = 0, lazy, target }] of attributesOf(world, cls, seenFrom)) {
    if (lazy !== "joined" || loaded.includes(name)) continue;
    // A relation back to a class of the chain is not joined again, unless it says how often.
    const isAgain = target !== null && seen.has(target);
    const tables = isThroughTable ? 2 : 1;
    count += isAgain ? joinDepth * tables : tables;
    if (target === null || isAgain) continue;
    for (const feature of selectedExpressions(world, target, seenFrom)) features.add(feature);
    count += joinedRelations(world, target, [], { ...chain, seen: new Set([...seen, target]) });
  }
  return count;
}

const attributes = new WeakMap<ClassInfo, readonly (readonly [name: string, attribute: MappedAttribute])[]>();

function attributesOf(
  world: World,
  cls: ClassInfo,
  seenFrom: FunctionInfo | null,
): readonly (readonly [name: string, attribute: MappedAttribute])[] {
  const mapping = imperativeMapping(cls, seenFrom);
  const known = mapping === null ? attributes.get(cls) : undefined;
  if (known !== undefined) return known;
  const names = new Set([
    ...ownAncestors(cls).flatMap(({ frame }) => [...frame.environment.keys()]),
    ...(mapping?.properties.keys() ?? []),
    ...backReferencesOf(world, cls, seenFrom),
  ]);
  const found = [...names]
    .filter((name) => !name.startsWith("__"))
    .flatMap((name) => {
      const attribute = mappedAttribute(world, cls, name, seenFrom);
      return attribute === null ? [] : [[name, attribute] as const];
    });
  if (mapping === null) attributes.set(cls, found);
  return found;
}

/** Names of relations that others' `backref=` adds, unless the mapping that says so is of another place. */
function backReferencesOf(world: World, cls: ClassInfo, seenFrom: FunctionInfo | null): string[] {
  return [...(world.backReferences.get(cls.id) ?? [])].flatMap(([name, { attribute, target }]) => {
    const mapping = imperativeMapping(target, seenFrom);
    return mapping === null || mapping.properties.has(attribute) ? [name] : [];
  });
}

/** Features of `column_property(select(...).scalar_subquery())`, declared in the class or set on it later. */
export function selectedExpressions(world: World, cls: ClassInfo, seenFrom: FunctionInfo | null): string[] {
  const declared = ownAncestors(cls).flatMap(({ frame, instanceAttributes }) => [
    ...[...frame.environment.values()].map((binding) => resolveBinding(world, binding)),
    ...instanceAttributes.values(),
  ]);
  const mapped = imperativeMapping(cls, seenFrom)?.properties.values() ?? [];
  return [...declared, ...mapped].flatMap((value) => value.flatMap(expressionFeatures));
}

function expressionFeatures(atom: Value[number]): string[] {
  if (atom.kind !== "instance" || atom.external !== "sqlalchemy.orm.column_property") return [];
  if (isConstant(atom.construction?.keywords.get("deferred") ?? UNKNOWN, "True")) return [];
  return (atom.construction?.args[0] ?? UNKNOWN).flatMap((inner) => {
    if (inner.kind === "query") return ["subquery", ...inner.query.features.map(({ name }) => name)];
    return inner.kind === "sql" ? inner.fragment.features.map(({ name }) => name) : [];
  });
}

function columnsOf(world: World, cls: ClassInfo, seenFrom: FunctionInfo | null): number {
  // Columns of a class mapped from outside are those of its table.
  if (imperativeMapping(cls) !== null) return 2;
  const columns = attributesOf(world, cls, seenFrom).filter(([, { kind }]) => kind === "column");
  return columns.length === 1 ? 1 : 2;
}
