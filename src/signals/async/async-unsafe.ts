// DJANGO_ALLOW_ASYNC_UNSAFE: where it is set, Django no longer raises SynchronousOnlyOperation, and queries stall the event loop.
// Source: docs.djangoproject.com, "Asynchronous support": for code that surely never runs concurrently, and not for production.
import type { Expr, Statement } from "../../model/code.ts";
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

/** `os.environ["…"] = "true"`, `os.environ.setdefault("…", "true")`, `os.putenv("…", "true")`. An empty text leaves the guard on. */
function setsVariable(statement: Statement): boolean {
  if (statement.kind === "assign")
    return statement.targets.some(isVariable) && statement.value !== null && textOf(statement.value) !== "";
  let isSet = false;
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => {
      if (part.kind !== "call" || part.callee.kind !== "attribute") return;
      const [name, value] = part.args;
      const isCall = /^(?:setdefault|putenv)$/.test(part.callee.name);
      isSet ||= isCall && textOf(name) === VARIABLE && value !== undefined && textOf(value) !== "";
    });
  return isSet;
}

function isVariable(target: Expr): boolean {
  return target.kind === "subscript" && textOf(target.indices[0]) === VARIABLE;
}

function textOf(expr: Expr | undefined): string | null {
  if (expr?.kind !== "string") return null;
  return expr.parts.every((part) => typeof part === "string") ? expr.parts.join("") : null;
}
