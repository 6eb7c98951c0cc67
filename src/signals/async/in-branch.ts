// Whether code of a function runs in some cases only: an arm of an `if` that nothing decides, a handler, a later operand of `and`.
import { type Constants, truthOf } from "../../evaluation/test-truth.ts";
import type { Expr, Statement } from "../../model/code.ts";
import { isAround } from "../../text/extent.ts";
import { type Block, firstIndexOf, statementsAround } from "../../text/statements-around.ts";
import { expressionsOf, partsOf } from "../../text/visit-code.ts";

const firstGuard = firstIndexOf(isGuard);

/**
 * True for what stands at an offset of the body inside a branch that these literals do not decide, or after a guard on the state
 * of the object. Loops are taken to turn, and other statements before it not to leave.
 */
export function isInBranch(body: Block, offset: number, constants: Constants): boolean {
  for (const { block, index, inner, statement } of statementsAround(body, offset)) {
    if (firstGuard(block) < index) return true;
    const around = expressionsOf(statement).find((expr) => isAround(expr, offset));
    if (around !== undefined) return isInArm(around, offset, constants);
    if (inner === undefined) return false;
    const isDoubtful =
      (statement.kind === "if" && truthOf(statement.test, constants) === null) ||
      (statement.kind === "try" && statement.handlers.some((handler) => handler.body === inner)) ||
      statement.kind === "match";
    if (isDoubtful) return true;
  }
  return false;
}

function isInArm(expr: Expr, offset: number, constants: Constants): boolean {
  const isDecided = (part: Expr): boolean => truthOf(part, constants) !== null;
  let doubtful: readonly Expr[] = [];
  if (expr.kind === "conditional" && !isDecided(expr.test)) doubtful = [expr.whenTrue, expr.whenFalse];
  if (expr.kind === "boolean") {
    const unknown = expr.operands.findIndex((operand) => !isDecided(operand));
    doubtful = unknown === -1 ? [] : expr.operands.slice(unknown + 1);
  }
  if (doubtful.some((part) => isAround(part, offset))) return true;
  return partsOf(expr).some((part) => isAround(part, offset) && isInArm(part, offset, constants));
}

/** `if self.ready: return`, `if self.rows is None: …; return`: what follows depends on the state of the object. */
function isGuard(statement: Statement): boolean {
  if (statement.kind !== "if" || !statement.body.some(leaves)) return false;
  return isOfState(statement.test);
}

function leaves(statement: Statement): boolean {
  if (statement.kind === "return") return true;
  return statement.kind === "if" && (statement.body.some(leaves) || statement.orelse.some(leaves));
}

function isOfState(test: Expr): boolean {
  if (test.kind === "call")
    return test.callee.kind === "name" && test.callee.id === "hasattr" && isSelf(test.args[0]);
  if (test.kind === "unary" || test.kind === "comparison")
    return test.operands[0] !== undefined && isOfState(test.operands[0]);
  return test.kind === "attribute" && isSelf(test.base);
}

function isSelf(expr: Expr | undefined): boolean {
  return expr?.kind === "name" && (expr.id === "self" || expr.id === "cls");
}
