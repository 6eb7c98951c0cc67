// Attributes of mapped classes that stand for an expression: `column_property(select(…))`, `@hybrid_property`. In a statement
// they are what they are made of. Source: "SQL Expressions as Mapped Attributes" and "Hybrid Attributes" of SQLAlchemy's documentation.
import { callFunction } from "../../call-function.ts";
import { ownAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import type { FunctionInfo } from "../../function-info.ts";
import { lineIn } from "../../module-info.ts";
import { resolveBinding } from "../../scope.ts";
import { EMPTY_FRAGMENT, type SqlFragment } from "../../sql-fragment.ts";
import { type Atom, type ClassAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import type { AttributeAccess } from "../attribute-access.ts";
import { imperativeMapping } from "./imperative.ts";

/** What reading the attribute from the class puts into a statement; null for plain columns and relations. */
export function attributeExpression(
  world: World,
  frame: Frame,
  atom: ClassAtom,
  access: AttributeAccess,
): SqlFragment | null {
  for (const made of declaredValue(world, frame, atom, access.name)) {
    const value = expressionOf(world, frame, atom, made, access);
    const found = value
      .map((one) => asExpression(one, lineIn(frame.module, access.at)))
      .find((one) => one !== null);
    if (found !== undefined && found !== null) return found;
  }
  return null;
}

function declaredValue(world: World, frame: Frame, { class: cls }: ClassAtom, name: string): Value {
  for (const { frame: body, instanceAttributes } of ownAncestors(cls)) {
    const binding = body.environment.get(name);
    // Set on the class once what it counts is declared: `User.orders_count = column_property(…)`.
    const later = instanceAttributes.get(name);
    if (binding !== undefined || later !== undefined)
      return [...(binding === undefined ? UNKNOWN : resolveBinding(world, binding)), ...(later ?? UNKNOWN)];
  }
  return imperativeMapping(cls, frame.fn)?.properties.get(name) ?? UNKNOWN;
}

function expressionOf(
  world: World,
  frame: Frame,
  receiver: ClassAtom,
  made: Atom,
  { end, start }: AttributeAccess,
): Value {
  if (made.kind === "instance" && made.external === "sqlalchemy.orm.column_property")
    return made.construction?.args[0] ?? UNKNOWN;
  if (made.kind !== "function" || !isHybrid(made.fn)) return UNKNOWN;
  return callFunction(world, frame, { ...made, receiver }, { start, end, args: [], keywords: new Map() });
}

/** A hybrid, or the expression that another function gives it for statements. */
function isHybrid({ decoratorNames }: FunctionInfo): boolean {
  return decoratorNames.some(
    (name) => name === ".expression" || name === "sqlalchemy.ext.hybrid.hybrid_property",
  );
}

function asExpression(atom: Atom, line: number): SqlFragment | null {
  if (atom.kind === "sql") return atom.fragment;
  if (atom.kind !== "query") return null;
  const features = [{ name: "subquery", line }, ...atom.query.features];
  return { ...EMPTY_FRAGMENT, role: "subquery", features, nested: 1 };
}
