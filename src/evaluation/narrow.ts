// What a condition tells of a name in the branch where it holds, and in the one where it does not.
import type { CallExpr, Expr } from "../model/code.ts";
import { instancesOfTypes } from "./annotation.ts";
import { evaluate } from "./evaluate-expression.ts";
import type { Frame } from "./frame.ts";
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
}

/** The other branch: what is no QuerySet runs no statement. */
export function narrowAway(world: World, frame: Frame, test: Expr): void {
  const [subject, types] = typeTest(test) ?? [];
  if (subject === undefined || types === undefined) return;
  if (names(world, frame, types).includes("django.db.models.QuerySet"))
    dropQueries(frame, subject, lookupName(world, frame, subject));
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
