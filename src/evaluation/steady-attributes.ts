// Attributes of `self` that a test in one method of a class tells of for the methods it calls: what only `__init__` sets.
import type { Expr, FunctionStatement, Statement } from "../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import { type ClassInfo, ownAncestors } from "./class-info.ts";
import type { FunctionInfo } from "./function-info.ts";
import { keyOf, testsOf } from "./test-truth.ts";

/** Methods that fill or empty a collection: with them the truth of an attribute changes though nothing is assigned. */
const CHANGES = /^(?:append|add|extend|insert|update|pop|popitem|remove|clear|discard|setdefault)$/;
const NONE: ReadonlySet<string> = new Set();
const known = new WeakMap<ClassInfo, ReadonlySet<string>>();

/** The name by which a method has its own object; null for what is no method of an instance. */
export function selfName(fn: FunctionInfo | null): string | null {
  if (fn === null || fn.owner === null || fn.isLambda) return null;
  const isBound = fn.decoratorNames.every(
    (name) => name !== "builtins.staticmethod" && name !== "builtins.classmethod",
  );
  return isBound ? (fn.parameters[0]?.name ?? null) : null;
}

/**
 * Names of attributes that some method of the class, its bases or its subclasses tests, and that none of them sets, fills or
 * empties but `__init__`. To be asked once all classes are known. Code outside of these classes is taken to leave them alone.
 */
export function steadyAttributes(cls: ClassInfo): ReadonlySet<string> {
  const found = known.get(cls) ?? findSteady(cls);
  known.set(cls, found);
  return found;
}

function findSteady(cls: ClassInfo): ReadonlySet<string> {
  const tested = new Set<string>();
  const changed = new Set<string>();
  const family = familyOf(cls);
  for (const statement of family.flatMap((one) => one.statement.body)) {
    if (statement.kind !== "function") continue;
    // A property is computed anew whenever it is asked.
    changed.add(statement.name);
    if (!noteMethod(statement, tested, changed)) return NONE;
  }
  return new Set([...tested].filter((name) => !changed.has(name)));
}

/** The classes that an object with the class's methods may be of, and all that these take their methods from. */
function familyOf(cls: ClassInfo): readonly ClassInfo[] {
  const below = new Set([cls]);
  for (const one of below) for (const subclass of one.subclasses) below.add(subclass);
  return [...new Set([...below].flatMap(ownAncestors))];
}

/** False where a method sets attributes by names that are not written out. */
function noteMethod(method: FunctionStatement, tested: Set<string>, changed: Set<string>): boolean {
  const self = method.parameters[0]?.name;
  if (self === undefined) return true;
  let isKnown = true;
  const attribute = (expr: Expr): string | null =>
    expr.kind === "attribute" && keyOf(expr) === `${self}.${expr.name}` ? expr.name : null;
  visitStatements(method.body, (statement) => {
    for (const test of testsOf(statement))
      visitExpressions(test, (part) => tested.add(attribute(part) ?? ""));
    if (method.name !== "__init__") {
      for (const name of setBy(statement, attribute)) changed.add(name);
      isKnown &&= !setsByName(statement, self);
    }
  });
  return isKnown;
}

function setBy(statement: Statement, attribute: (expr: Expr) => string | null): readonly string[] {
  const names: (string | null)[] = targetsOf(statement).flatMap((target) => [
    attribute(target),
    target.kind === "subscript" ? attribute(target.base) : null,
  ]);
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => {
      if (part.kind === "attribute" && CHANGES.test(part.name)) names.push(attribute(part.base));
    });
  return names.filter((name) => name !== null);
}

function targetsOf(statement: Statement): readonly Expr[] {
  const targets: Expr[] = [];
  const add = (expr: Expr | null): void => {
    if (expr !== null) visitExpressions(expr, (part) => targets.push(part));
  };
  if (statement.kind === "assign") statement.targets.forEach(add);
  else if (statement.kind === "augmented" || statement.kind === "for") add(statement.target);
  else if (statement.kind === "with") for (const { target } of statement.items) add(target);
  else if (statement.kind === "delete") statement.values.forEach(add);
  return targets;
}

/** `setattr(self, name, value)`, `self.__dict__.update(…)`. */
function setsByName(statement: Statement, self: string): boolean {
  let isFound = false;
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => {
      if (part.kind === "call" && keyOf(part.callee) === "setattr")
        isFound ||= part.args[0] !== undefined && keyOf(part.args[0]) === self;
      isFound ||= keyOf(part) === `${self}.__dict__`;
    });
  return isFound;
}
