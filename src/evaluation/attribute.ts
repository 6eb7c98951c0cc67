// Attribute access: modules, classes and instances of the repository by Python's rules, everything else by the ORM tables.
import type { AttributeExpr } from "../model/code.ts";
import { external, joinValues } from "./atoms.ts";
import { callFunction } from "./call-function.ts";
import { canonicalName } from "./canonical-name.ts";
import { type ClassInfo, resolutionOrder } from "./class-info.ts";
import type { Frame } from "./frame.ts";
import type { AttributeAccess } from "./orm/attribute-access.ts";
import { ormAttribute } from "./orm/attribute-hook.ts";
import { moduleAttribute, namespaceMember, resolveBinding } from "./scope.ts";
import { sharedAttribute } from "./shared-attribute.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

const PROPERTY_DECORATORS =
  /(?:^|\.)(?:property|cached_property|hybrid_property|classproperty|reify|declared_attr)$/;

/** The value of `atom.name` for an attribute expression. */
export function attributeOf(world: World, frame: Frame, atom: Atom, expr: AttributeExpr): Value {
  const access = { name: expr.name, at: expr.at, start: expr.start, end: expr.end };
  return attributeAt(world, frame, atom, access);
}

/** The value of `atom.name` where no attribute expression stands in the code: `getattr`, protocol methods. */
export function attributeNamed(world: World, frame: Frame, atom: Atom, name: string, at: number): Value {
  return attributeAt(world, frame, atom, { name, at, start: at, end: at });
}

function attributeAt(world: World, frame: Frame, atom: Atom, access: AttributeAccess): Value {
  const { name, at } = access;
  switch (atom.kind) {
    case "module":
      return moduleAttribute(world, atom.module, name);
    case "namespace":
      return namespaceMember(world, atom.folder, name);
    case "external": {
      const known = sharedAttribute(world, atom, name) ?? ormAttribute(world, frame, atom, access);
      return known ?? external(canonicalName(`${atom.name}.${name}`));
    }
    case "class":
    case "instance":
      return memberOf(world, frame, atom, access);
    case "super":
      return superMember(world, frame, atom.class, atom.receiver, access);
    default:
      return (
        sharedAttribute(world, atom, name) ??
        ormAttribute(world, frame, atom, access) ?? [{ kind: "method", receiver: atom, name, at }]
      );
  }
}

function memberOf(
  world: World,
  frame: Frame,
  atom: Extract<Atom, { kind: "class" | "instance" }>,
  access: AttributeAccess,
): Value {
  const hooked = ormAttribute(world, frame, atom, access);
  if (hooked !== null) return hooked;
  const cls = atom.class;
  if (cls === null) {
    if (access.name === "__class__" && atom.kind === "instance" && atom.external !== null)
      return external(atom.external);
    return [{ kind: "method", receiver: atom, name: access.name, at: access.at }];
  }
  const found = findMember(world, frame, cls, atom, access, resolutionOrder(cls));
  if (found !== null) return found;
  if (access.name === "__class__" && atom.kind === "instance") return [{ kind: "class", class: cls }];
  return resolutionOrder(cls).some((entry) => typeof entry === "string")
    ? [{ kind: "method", receiver: atom, name: access.name, at: access.at }]
    : belowMixin(world, frame, cls, atom, access);
}

/** What a mixin's subclasses define, else a method of the libraries that they mix it with. */
function belowMixin(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  receiver: Atom,
  access: AttributeAccess,
): Value {
  const found = inSubclasses(world, frame, cls, receiver, access);
  if (found.length > 0) return found;
  const isMixedIn = cls.subclasses.some((below) =>
    resolutionOrder(below).some((entry) => typeof entry === "string"),
  );
  return isMixedIn ? [{ kind: "method", receiver, name: access.name, at: access.at }] : UNKNOWN;
}

/** A mixin reads what only its subclasses define: `self.model` in a base class. */
function inSubclasses(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  receiver: Atom,
  access: AttributeAccess,
): Value {
  const limited = cls.subclasses.slice(0, 4);
  return limited.reduce<Value>((joined, subclass) => {
    const found = findMember(world, frame, subclass, receiver, access, [subclass]);
    return found === null ? joined : joinValues(joined, found);
  }, UNKNOWN);
}

function superMember(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  receiver: Atom,
  access: AttributeAccess,
): Value {
  const own =
    receiver.kind === "query"
      ? receiver.query.class
      : receiver.kind === "instance" || receiver.kind === "class"
        ? receiver.class
        : null;
  const order = resolutionOrder(own ?? cls);
  const index = order.indexOf(cls);
  const rest = index < 0 ? resolutionOrder(cls).slice(1) : order.slice(index + 1);
  const found = findMember(world, frame, cls, receiver, access, rest);
  if (found !== null) return found;
  const method: Value = [{ kind: "method", receiver, name: access.name, at: access.at }];
  // The project's own methods of a manager were looked up above: what is left is the library's.
  return receiver.kind === "query" ? method : (ormAttribute(world, frame, receiver, access) ?? method);
}

/** Looks a name up along a resolution order; null when no class of the repository there has it. */
function findMember(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  receiver: Atom,
  access: AttributeAccess,
  order: readonly (ClassInfo | string)[],
): Value | null {
  let assigned: Value = UNKNOWN;
  for (const entry of order) {
    if (typeof entry === "string") continue;
    const onInstance = entry.instanceAttributes.get(access.name);
    if (onInstance !== undefined) assigned = joinValues(assigned, onInstance);
    const binding = entry.frame.environment.get(access.name);
    if (binding === undefined) continue;
    const value = resolveBinding(world, binding);
    const bound = bindMember(world, frame, value, receiver, cls, access);
    // `model = None` or `model: type[M]` in a base class is a placeholder for what subclasses set.
    const isPlaceholder = value.length === 1 && value[0]?.kind === "constant";
    if (isPlaceholder && assigned.length === 0 && entry === cls) {
      const below = inSubclasses(world, frame, cls, receiver, access);
      if (below.length > 0) return below;
    }
    return joinValues(assigned, bound);
  }
  return assigned.length > 0 ? assigned : null;
}

/** A function taken from a class is bound to the receiver; a property is called. */
function bindMember(
  world: World,
  frame: Frame,
  value: Value,
  receiver: Atom,
  cls: ClassInfo,
  access: AttributeAccess,
): Value {
  if (!value.some(({ kind }) => kind === "function")) return value;
  return value.flatMap((atom): Value => {
    if (atom.kind !== "function" || atom.receiver !== null) return [atom];
    const names = atom.fn.decoratorNames;
    if (names.some((name) => name === "builtins.staticmethod")) return [atom];
    if (names.some((name) => name === "builtins.classmethod"))
      return [
        { ...atom, receiver: { kind: "class", class: receiver.kind === "class" ? receiver.class : cls } },
      ];
    if (receiver.kind === "class") return [atom];
    if (names.some((name) => PROPERTY_DECORATORS.test(name))) {
      const call = { start: access.start, end: access.end, args: [], keywords: new Map<string, Value>() };
      return callFunction(world, frame, { ...atom, receiver }, call);
    }
    return [{ ...atom, receiver }];
  });
}
