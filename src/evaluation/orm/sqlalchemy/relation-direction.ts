// Which side of a relation holds the key: whether a row has one related row or many, where neither the relation's arguments
// nor its annotation say so. Source: "Basic Relationship Patterns" and "Adjacency List Relationships" of SQLAlchemy's documentation.
import { constantText, isConstant } from "../../atoms.ts";
import { type ClassInfo, ownAncestors } from "../../class-info.ts";
import type { FunctionInfo } from "../../function-info.ts";
import { resolveBinding } from "../../scope.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { imperativeMapping } from "./imperative.ts";

/** True where the class's own columns point to the target's table, false where the target's point here; null where that is not known. */
export function isToOne(
  world: World,
  cls: ClassInfo,
  target: ClassInfo,
  { construction }: InstanceAtom,
  seenFrom: FunctionInfo | null,
): boolean | null {
  const keywords = construction?.keywords;
  if (keywords?.has("secondary") || keywords?.has("link_model")) return false;
  if (isConstant(keywords?.get("uselist") ?? UNKNOWN, "True")) return false;
  if (cls === target) return keywords?.has("remote_side") ?? false;
  const holds = pointsTo(world, cls, target, seenFrom);
  return holds === pointsTo(world, target, cls, seenFrom) ? null : holds;
}

function pointsTo(world: World, from: ClassInfo, to: ClassInfo, seenFrom: FunctionInfo | null): boolean {
  const references = referencesOf(world, from, seenFrom);
  if (references.size === 0) return false;
  return ownAncestors(to).some(
    (one) => references.has(one.id) || tablesOf(world, one, seenFrom).some((name) => references.has(name)),
  );
}

interface Known {
  readonly size: number;
  readonly references: ReadonlySet<string>;
}

const known = new WeakMap<ClassInfo, Known>();

/** Names of the tables, and ids of the classes, that foreign keys of the class's columns point to. */
function referencesOf(world: World, cls: ClassInfo, seenFrom: FunctionInfo | null): ReadonlySet<string> {
  const table = imperativeMapping(cls, seenFrom)?.table ?? UNKNOWN;
  // A class that is still being evaluated has fewer attributes than it will have.
  const size = ownAncestors(cls).reduce((sum, { frame }) => sum + frame.environment.size, 0);
  const before = known.get(cls);
  if (before?.size === size && table.length === 0) return before.references;
  const references = new Set<string>();
  if (table.length === 0) known.set(cls, { size, references });
  for (const { frame } of ownAncestors(cls))
    for (const binding of frame.environment.values())
      for (const atom of resolveBinding(world, binding)) noteReferences(atom, references);
  for (const atom of table) noteReferences(atom, references);
  return references;
}

const HOLDS_KEYS =
  /^(?:sqlalchemy\.(?:Column|Table|ForeignKeyConstraint)|sqlalchemy\.orm\.(?:mapped_column|deferred|column_property)|sqlmodel\.Field)$/;

function noteReferences(atom: Atom, references: Set<string>): void {
  if (atom.kind === "function") {
    if (!atom.fn.decoratorNames.some((name) => /declared_attr/.test(name))) return;
    for (const result of atom.fn.results.values())
      for (const made of result) noteReferences(made, references);
    return;
  }
  if (atom.kind !== "instance" || atom.construction === null) return;
  const { args, keywords } = atom.construction;
  if (atom.external === "sqlalchemy.ForeignKey") noteTarget(args[0] ?? UNKNOWN, references);
  if (!HOLDS_KEYS.test(atom.external ?? "")) return;
  noteTarget(keywords.get("foreign_key") ?? UNKNOWN, references);
  for (const value of [...args, keywords.get("sa_column") ?? UNKNOWN])
    for (const inner of value) noteReferences(inner, references);
  if (atom.external !== "sqlalchemy.ForeignKeyConstraint") return;
  for (const inner of args[1] ?? UNKNOWN)
    if (inner.kind === "sequence")
      for (const item of inner.items ?? [inner.element]) noteTarget(item, references);
}

/** `"users.id"`, `User.id`, `users.c.id`. */
function noteTarget(target: Value, references: Set<string>): void {
  const written = constantText(target);
  const parts = written?.split(".") ?? [];
  const named = parts.at(-2);
  if (named !== undefined) references.add(named);
  for (const atom of target) {
    if (atom.kind !== "sql" || atom.fragment.model === null) continue;
    const { model } = atom.fragment;
    references.add(typeof model === "string" ? model : model.id);
  }
}

/** Names that a class's table may have: what it says, else those that SQLModel and Flask-SQLAlchemy derive from its own. */
function tablesOf(world: World, cls: ClassInfo, seenFrom: FunctionInfo | null): string[] {
  const binding = cls.frame.environment.get("__tablename__");
  const named = binding === undefined ? null : constantText(resolveBinding(world, binding));
  if (named !== null) return [named];
  const own = cls.frame.environment.get("__table__");
  const tables = [
    ...(own === undefined ? [] : resolveBinding(world, own)),
    ...(imperativeMapping(cls, seenFrom)?.table ?? []),
  ];
  for (const atom of tables) {
    const name = atom.kind === "instance" ? constantText(atom.construction?.args[0] ?? UNKNOWN) : null;
    if (name !== null) return [name];
  }
  const snake = cls.name.replace(/([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$2_").toLowerCase();
  return [cls.name.toLowerCase(), snake];
}
