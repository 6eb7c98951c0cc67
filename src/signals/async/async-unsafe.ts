// DJANGO_ALLOW_ASYNC_UNSAFE: where it is set, Django no longer raises SynchronousOnlyOperation, and queries stall the event loop.
// Source: docs.djangoproject.com, "Asynchronous support": for code that surely never runs concurrently, and not for production.
import type { CallExpr, Expr, Statement } from "../../model/code.ts";
import { compareText } from "../../text/compare-text.ts";
import { positionAt } from "../../text/source-position.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import type { ProjectView } from "../project-view.ts";

const VARIABLE = "DJANGO_ALLOW_ASYNC_UNSAFE";

/** Where the project's own code sets the variable first, as "settings.py:3"; null where it does not. */
export function whereAsyncUnsafe({ files }: ProjectView): string | null {
  for (const file of [...files].sort((left, right) => compareText(left.path, right.path))) {
    let start: number | null = null;
    visitStatements(file.body, (statement) => {
      if (start === null && setsVariable(statement)) start = statement.start;
    });
    if (start !== null) return `${file.path}:${positionAt(file, start).line}`;
  }
  return null;
}

/**
 * `os.environ["…"] = "true"`, `os.environ.setdefault("…", "true")`, `os.putenv("…", "true")`, `os.environ.update({"…": "true"})` and
 * `os.environ |= {"…": "true"}`. An empty text leaves the guard on.
 */
function setsVariable(statement: Statement): boolean {
  if (statement.kind === "assign") {
    const { value } = statement;
    if (value !== null && isOn(value) && statement.targets.some(isVariable)) return true;
  }
  if (statement.kind === "augmented" && isEnvironment(statement.target) && givesVariable(statement.value))
    return true;
  let isSet = false;
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => {
      if (part.kind === "call") isSet ||= callSetsVariable(part);
    });
  return isSet;
}

function callSetsVariable({ callee, args, keywords }: CallExpr): boolean {
  if (callee.kind !== "attribute") return false;
  const [first, value] = args;
  if (callee.name === "update" && isEnvironment(callee.base))
    return args.some(givesVariable) || keywords.some(({ name, value }) => name === VARIABLE && isOn(value));
  return (
    /^(?:setdefault|putenv)$/.test(callee.name) &&
    textOf(first) === VARIABLE &&
    value !== undefined &&
    isOn(value)
  );
}

/** `os.environ`, or `environ` imported from it: by name, as the variable's own name says the rest. */
function isEnvironment(expr: Expr): boolean {
  return (
    (expr.kind === "attribute" && expr.name === "environ") || (expr.kind === "name" && expr.id === "environ")
  );
}

function givesVariable(expr: Expr): boolean {
  if (expr.kind !== "dict") return false;
  return expr.entries.some(({ key, value }) => key !== null && textOf(key) === VARIABLE && isOn(value));
}

function isVariable(target: Expr): boolean {
  return target.kind === "subscript" && textOf(target.indices[0]) === VARIABLE;
}

function isOn(value: Expr): boolean {
  return textOf(value) !== "";
}

function textOf(expr: Expr | undefined): string | null {
  if (expr?.kind !== "string") return null;
  return expr.parts.every((part) => typeof part === "string") ? expr.parts.join("") : null;
}
