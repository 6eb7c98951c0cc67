// What a condition tells of a name in the branch where it holds, and in the one where it does not.
import type { CallExpr, Expr } from "../model/code.ts";
import { instancesOfTypes } from "./annotation.ts";
import { externalAncestors } from "./class-info.ts";
import { evaluate } from "./evaluate-expression.ts";
import type { Frame } from "./frame.ts";
import { isDatabaseHandle } from "./orm/database-handle.ts";
import { bindName, lookupName } from "./scope.ts";
import type { Atom, Value } from "./value.ts";
import type { World } from "./world.ts";

const CONTAINERS = new Set([
  "builtins.list",
  "builtins.tuple",
  "builtins.set",
  "builtins.dict",
  "builtins.str",
]);

/** `isinstance(name, Type)`, alone or among conditions that all hold: an unknown name is an instance of the type. */
export function narrow(world: World, frame: Frame, test: Expr): void {
  if (test.kind === "boolean" && test.operator === "and") {
    for (const operand of test.operands) narrow(world, frame, operand);
    return;
  }
  const [subject, types] = typeTest(test) ?? [];
  if (subject === undefined || types === undefined) return;
  const value = lookupName(world, frame, subject);
  if (value.every(isAnyModel)) {
    const known = instancesOfTypes(world, frame, types);
    if (known.length > 0) bindName(frame, subject, known);
  } else if (names(world, frame, types).every((name) => CONTAINERS.has(name)))
    dropQueries(frame, subject, value);
  else if (!names(world, frame, types).includes(""))
    keepHandles(frame, subject, value, ofTypes(names(world, frame, types)));
}

/** The other branch: what is no QuerySet runs no statement. */
export function narrowAway(world: World, frame: Frame, test: Expr): void {
  const [subject, types] = typeTest(test) ?? [];
  if (subject === undefined || types === undefined) return;
  const value = lookupName(world, frame, subject);
  if (names(world, frame, types).includes("django.db.models.QuerySet")) dropQueries(frame, subject, value);
  const isOfTypes = ofTypes(names(world, frame, types));
  keepHandles(frame, subject, value, (atom) => !isOfTypes(atom));
}

/** Tells sessions, connections and engines by the last part of their names: libraries have them in several modules. */
function ofTypes(types: readonly string[]): (atom: Atom) => boolean {
  const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
  const wanted = new Set(types.map(last));
  return (atom) => {
    if (atom.kind !== "instance") return false;
    const named = atom.class === null ? [atom.external ?? ""] : externalAncestors(atom.class);
    return named.some((name) => wanted.has(last(name)));
  };
}

/** Of sessions, connections and engines of several kinds, leaves those that the test tells of. */
function keepHandles(frame: Frame, subject: string, value: Value, isKept: (atom: Atom) => boolean): void {
  const rest = value.filter((atom) => !isDatabaseHandle(atom) || isKept(atom));
  if (rest.length < value.length && rest.length > 0) bindName(frame, subject, rest);
}

/** What is declared as a row of some Django model, and no more. */
function isAnyModel(atom: Atom): boolean {
  return atom.kind === "instance" && atom.external === "django.db.models.Model";
}

/** True for `isinstance(name, Type)`. */
export function isTypeTest(test: Expr): boolean {
  return typeTest(test) !== null;
}

function typeTest(test: Expr): readonly [subject: string, types: Expr] | null {
  if (test.kind !== "call" || !isNamed(test, "isinstance")) return null;
  const [subject, types] = test.args;
  return subject?.kind === "name" && types !== undefined ? [subject.id, types] : null;
}

function isNamed({ callee }: CallExpr, name: string): boolean {
  return callee.kind === "name" && callee.id === name;
}

function names(world: World, frame: Frame, types: Expr): readonly string[] {
  const parts = types.kind === "tuple" ? types.items : [types];
  return parts.flatMap((part) =>
    evaluate(world, frame, part).map((atom) => (atom.kind === "external" ? atom.name : "")),
  );
}

function dropQueries(frame: Frame, subject: string, value: Value): void {
  const rest = value.filter(({ kind }) => kind !== "query");
  if (rest.length < value.length) bindName(frame, subject, rest);
}
