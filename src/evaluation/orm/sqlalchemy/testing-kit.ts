// SQLAlchemy's own kit for tests, which dialects and its own suite use: classes and tables that a test class sets up are
// reached as `self.classes.User` and `self.tables.users`. Source: sqlalchemy/testing/fixtures and its pytest plugin.
import { constantText, externalInstance, sequence } from "../../atoms.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "../../class-info.ts";
import { type Frame, isLazy } from "../../frame.ts";
import type { FunctionInfo } from "../../function-info.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import type { CallContext } from "../call-context.ts";

const KIT = /^sqlalchemy\.testing\.(?:fixtures\.)?(?:\w+\.)*\w*Test(?:Base)?$/;
const CLASSES = "sqlalchemy.testing.fixtures.classes";
const TABLES = "sqlalchemy.testing.fixtures.tables";

/** What the kit's names outside of test classes are; null for other names. */
const MADE = new Map([
  ["sqlalchemy.testing.fixtures.fixture_session", "sqlalchemy.orm.Session"],
  ["sqlalchemy.testing.engines.testing_engine", "sqlalchemy.engine.Engine"],
]);
const FIXTURES = new Map([
  ["connection", "sqlalchemy.engine.Connection"],
  ["future_connection", "sqlalchemy.engine.Connection"],
  ["metadata", "sqlalchemy.MetaData"],
  ["registry", "sqlalchemy.orm.registry"],
]);

function usesKit(cls: ClassInfo): boolean {
  return externalAncestors(cls).some((name) => KIT.test(name));
}

/** `fixture_session()`; null for other functions. */
export function kitFunction(name: string): Value | null {
  const made = MADE.get(
    name.replace(/^sqlalchemy\.testing\.fixtures\.\w+\.(?=fixture_session$)/, "sqlalchemy.testing.fixtures."),
  );
  return made === undefined ? null : [externalInstance(made)];
}

/** `testing.db`; null for other names. */
export function kitName(name: string): Value | null {
  return name === "sqlalchemy.testing.db" || name === "sqlalchemy.testing.config.db"
    ? [externalInstance("sqlalchemy.engine.Engine")]
    : null;
}

/** What the kit's pytest plugin passes to a test of this name. */
export function kitParameter(fn: FunctionInfo, name: string): Value {
  const made = FIXTURES.get(name);
  if (made === undefined || fn.owner === null || !usesKit(fn.owner)) return UNKNOWN;
  return [externalInstance(made)];
}

/** `self.classes`, `self.tables`, `cls.mapper_registry` of a test class, and the names under them; null for other attributes. */
export function kitAttribute(world: World, atom: Atom, name: string): Value | null {
  if (atom.kind === "instance" && atom.class === null) return memberOf(world, atom, name);
  if ((atom.kind !== "class" && atom.kind !== "instance") || atom.class === null) return null;
  if (!/^(?:classes|tables|mapper_registry|Comparable|Basic)$/.test(name) || !usesKit(atom.class))
    return null;
  const owner: Value = [{ kind: "class", class: atom.class }];
  switch (name) {
    case "classes":
      return [externalInstance(CLASSES, owner)];
    case "tables":
      return [externalInstance(TABLES, owner)];
    case "mapper_registry":
      return [externalInstance("sqlalchemy.orm.registry")];
    default:
      return null;
  }
}

/** `users, addresses = self.tables("users", "addresses")`; null for other instances. */
export function kitCall(world: World, atom: InstanceAtom, call: CallContext): Value | null {
  if (atom.external !== CLASSES && atom.external !== TABLES) return null;
  const members = call.args.map((value) => {
    const name = constantText(value);
    return name === null ? UNKNOWN : (memberOf(world, atom, name) ?? UNKNOWN);
  });
  return members.length === 1 ? (members[0] ?? UNKNOWN) : [sequence("tuple", members)];
}

function memberOf(world: World, atom: InstanceAtom, name: string): Value | null {
  if (atom.external !== CLASSES && atom.external !== TABLES) return null;
  for (const owner of atom.element) {
    if (owner.kind !== "class") continue;
    const found = atom.external === TABLES ? tableIn(owner.class, name) : classIn(world, owner.class, name);
    if (found !== null) return found;
  }
  return UNKNOWN;
}

/** A class that one of the test class's methods defines. */
function classIn(world: World, owner: ClassInfo, name: string): Value | null {
  for (const ancestor of ownAncestors(owner)) {
    const inside = `${ancestor.qualifiedName}.`;
    for (const cls of world.classesByName.get(name) ?? [])
      if (cls.module === ancestor.module && cls.qualifiedName.startsWith(inside))
        return [{ kind: "class", class: cls }];
  }
  return null;
}

const tables = new WeakMap<ClassInfo, Map<string, Value>>();

/** Remembers a table that a test class's method makes. */
export function keepKitTable(frame: Frame, table: InstanceAtom): void {
  const owner = frame.fn?.owner ?? null;
  const name = constantText(table.construction?.args[0] ?? UNKNOWN);
  if (owner === null || name === null || !usesKit(owner)) return;
  const known = tables.get(owner) ?? new Map<string, Value>();
  known.set(name, [table]);
  tables.set(owner, known);
}

/** `define_tables = OtherTest.define_tables`: the tables that another test class makes. */
function borrowed({ frame }: ClassInfo): ReadonlyMap<string, Value> | undefined {
  const binding = frame.environment.get("define_tables");
  if (binding === undefined || isLazy(binding)) return undefined;
  const given = binding.find((atom) => atom.kind === "function");
  return given?.kind === "function" && given.fn.owner !== null ? tables.get(given.fn.owner) : undefined;
}

function tableIn(owner: ClassInfo, name: string): Value | null {
  for (const ancestor of ownAncestors(owner)) {
    const found = tables.get(ancestor)?.get(name) ?? borrowed(ancestor)?.get(name);
    if (found !== undefined) return found;
  }
  return null;
}
