// What a parameter is, where calls say one thing and its annotation another.
import type { Parameter } from "../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import { joinValues } from "./atoms.ts";
import { externalAncestors, ownAncestors } from "./class-info.ts";
import type { FunctionInfo } from "./function-info.ts";
import { isDjangoModel } from "./orm/django/model-class.ts";
import { keyOf } from "./test-truth.ts";
import type { Atom, Value } from "./value.ts";

/** What is passed is more exact than what is declared, unless it is only text or a constant. */
export function preferPassed(fn: FunctionInfo, parameter: Parameter, passed: Value, declared: Value): Value {
  const known = passed.filter((atom) => atom.kind !== "constant");
  const exact = isOneRow(fn, parameter, declared) ? known.filter((atom) => !isQueryset(atom)) : known;
  if (exact.length === 0) return declared.length > 0 ? declared : passed;
  // A queryset of some model is no more than the one that is passed, nor is a class more than one that descends from it.
  const isTold = exact.some((atom) => atom.kind === "query");
  const rest = declared.filter((atom) => {
    if (atom.kind === "query") return !isTold || atom.query.model !== null;
    return !exact.some((other) => isBelow(other, atom));
  });
  return joinValues(exact, rest);
}

/** What is declared, less what is known better: an instance of the same class that says what it holds. */
export function withoutFetched(declared: Value, given: Value): Value {
  const fetched = given.flatMap((atom) =>
    atom.kind === "instance" && atom.origin !== undefined ? [atom.class] : [],
  );
  if (fetched.length === 0) return declared;
  return declared.filter((atom) => atom.kind !== "instance" || !fetched.includes(atom.class));
}

/**
 * True for `order: Model`: what a caller has that may be a row or a queryset, as `Model | QuerySet` says, is a row here. Not where
 * the body asks what it was given, and so expects more than it says.
 */
function isOneRow(fn: FunctionInfo, { annotation, name }: Parameter, declared: Value): boolean {
  return annotation !== null && declared.length > 0 && declared.every(isRow) && !asksTypeOf(fn, name);
}

function isRow(atom: Atom): boolean {
  if (atom.kind !== "instance") return false;
  return atom.class === null ? atom.external === "django.db.models.Model" : isDjangoModel(atom.class);
}

function isQueryset(atom: Atom): boolean {
  return atom.kind === "query" && atom.query.style === "django";
}

function isBelow(atom: Atom, declared: Atom): boolean {
  if (atom.kind !== "class") return false;
  if (declared.kind === "external") return externalAncestors(atom.class).includes(declared.name);
  return (
    declared.kind === "class" &&
    declared.class !== atom.class &&
    ownAncestors(atom.class).includes(declared.class)
  );
}

function asksTypeOf(fn: FunctionInfo, name: string): boolean {
  let isAsked = false;
  visitStatements(fn.body, (statement) => {
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (part.kind !== "call" || keyOf(part.callee) !== "isinstance") return;
        isAsked ||= keyOf(part.args[0]) === name;
      });
  });
  return isAsked;
}
