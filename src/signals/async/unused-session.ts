// Sessions that are made and closed, with nothing in between that could have begun a transaction: closing them waits for nothing.
import type { Site } from "../../evaluation/query.ts";
import type { Expr, Statement } from "../../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import type { ProjectView } from "../project-view.ts";
import { expressionAt } from "./places.ts";

/**
 * True where the call closes what its own function put there and nobody takes: a name that is only bound and closed, or an
 * attribute that is read nowhere else. Attributes are told apart by their last two names: a heuristic.
 */
export function closesUnused(view: ProjectView, site: Site): boolean {
  const call = expressionAt(site);
  if (call?.kind !== "call" || call.callee.kind !== "attribute" || site.fn === null) return false;
  const session = call.callee.base;
  const form = shortForm(session);
  if (form === null || !bindsFromCall(site.fn.body, form)) return false;
  if (session.kind === "name") return usesOf(site.fn.body, form) === closesIn(site.fn.body, form);
  const inside = usesOf(site.fn.body, form);
  const everywhere = view.files.reduce((sum, { body }) => sum + usesOf(body, form), 0);
  return inside === everywhere && inside === closesIn(site.fn.body, form);
}

/** "db", "state.db": the last two names of a dotted path. */
function shortForm(expr: Expr): string | null {
  if (expr.kind === "name") return expr.id;
  if (expr.kind !== "attribute") return null;
  const { base, name } = expr;
  if (base.kind === "attribute") return `${base.name}.${name}`;
  return base.kind === "name" && base.id !== "self" && base.id !== "cls" ? `${base.id}.${name}` : `.${name}`;
}

function bindsFromCall(body: readonly Statement[], form: string): boolean {
  let isBound = false;
  visitStatements(body, (statement) => {
    if (statement.kind === "assign" && statement.value?.kind === "call")
      isBound ||= statement.targets.some((target) => shortForm(target) === form);
  });
  return isBound;
}

/** How often it is read, where it is not the target of an assignment. */
function usesOf(body: readonly Statement[], form: string): number {
  let count = 0;
  visitStatements(body, (statement) => {
    const targets = statement.kind === "assign" ? statement.targets : [];
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (shortForm(part) === form && !targets.includes(part)) count += 1;
      });
  });
  return count;
}

function closesIn(body: readonly Statement[], form: string): number {
  let count = 0;
  visitStatements(body, (statement) => {
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (part.kind === "call" && part.callee.kind === "attribute" && part.callee.name === "close")
          count += shortForm(part.callee.base) === form ? 1 : 0;
      });
  });
  return count;
}
