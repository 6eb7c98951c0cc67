// What runs whatever the case, what runs in one turn only, and after what a loop is left: read from the blocks around an offset.
import type { Expr, IfStatement, Statement } from "../../model/code.ts";
import { isAround } from "../../text/extent.ts";
import { type Block, firstIndexOf, statementsAround } from "../../text/statements-around.ts";
import { blocksOf, expressionsOf, partsOf, visitStatements } from "../../text/visit-code.ts";
import { writtenForm } from "../../text/written-form.ts";

/** True when the loop is left, in the block of the expression or one around it, once the expression has run. */
export function leavesAfter(body: Block, offset: number): boolean {
  return statementsAround(body, offset).some(({ block, index }) => block.slice(index).some(leaves));
}

function leaves({ kind }: Statement): boolean {
  return kind === "return" || kind === "raise" || kind === "break";
}

/** The `if` statements in whose first branch the offset is. */
function conditionsAround(body: Block, offset: number): readonly IfStatement[] {
  return statementsAround(body, offset).flatMap(({ inner, statement }) =>
    statement.kind === "if" && inner === statement.body ? [statement] : [],
  );
}

/** True for what is kept once it was fetched: `if rows is None: rows = …`, `if key not in seen: seen[key] = …`. */
export function isKeptAfterFirst(body: Block, offset: number): boolean {
  return conditionsAround(body, offset).some((condition) => {
    const kept = absentIn(condition.test).filter((form) => assigns(condition.body, form));
    if (kept.length === 0) return false;
    const elsewhere = body.flatMap((statement) => outside(statement, condition));
    return kept.some((form) => !assigns(elsewhere, form));
  });
}

/** True for a branch that is taken for one value of the loop's own: `if kind == "page": …` runs in one turn of all kinds. */
export function isForOneValue(body: Block, offset: number, target: Expr): boolean {
  const own = targetForms(target);
  return conditionsAround(body, offset).some(({ test }) => namesOne(test, own));
}

/** True for what a turn runs only when something fails: the body of an `except`. */
export function isInHandler(body: Block, offset: number): boolean {
  return statementsAround(body, offset).some(
    ({ inner, statement }) =>
      statement.kind === "try" && statement.handlers.some((handler) => handler.body === inner),
  );
}

/** True for what is done with many at once: `if len(rows) >= 100: save(rows); rows = []`, `if index % 100 == 0: …`. */
export function isForBatch(body: Block, offset: number): boolean {
  return conditionsAround(body, offset).some((condition) => isFull(condition.test, condition.body));
}

/** Whether a test finds that enough was gathered, which the block then starts anew. */
function isFull(test: Expr, block: Block): boolean {
  if (test.kind === "boolean") return test.operands.some((operand) => isFull(operand, block));
  if (test.kind === "unary") return test.operands.some(isRemainder);
  if (test.kind !== "comparison" || !/^(?:==|>=|>)$/.test(test.operator)) return false;
  const [left] = test.operands;
  if (left === undefined) return false;
  if (isRemainder(left)) return true;
  const gathered =
    left.kind === "call" && left.callee.kind === "name" && left.callee.id === "len"
      ? left.args[0]
      : undefined;
  if (gathered === undefined) return false;
  const form = writtenForm(gathered);
  return assigns(block, form) || block.some((statement) => clears(statement, form));
}

/** `rows.clear()`. */
function clears(statement: Statement, form: string): boolean {
  if (statement.kind !== "expression" || statement.value.kind !== "call") return false;
  const { callee } = statement.value;
  return callee.kind === "attribute" && callee.name === "clear" && writtenForm(callee.base) === form;
}

function isRemainder(expr: Expr): boolean {
  return expr.kind === "binary" && expr.operator === "%";
}

function namesOne(test: Expr, own: readonly string[]): boolean {
  if (test.kind === "boolean" && test.operator === "and")
    return test.operands.some((part) => namesOne(part, own));
  if (test.kind !== "comparison" || (test.operator !== "==" && test.operator !== "is")) return false;
  const [left, right] = test.operands;
  return left?.kind === "name" && own.includes(left.id) && right !== undefined && isConstant(right);
}

/** A literal, or a name written as a constant: `Kind.PAGE`. */
function isConstant(expr: Expr): boolean {
  if (expr.kind === "string") return true;
  if (expr.kind === "constant") return expr.text !== "None";
  return expr.kind === "attribute" && /^[A-Z][A-Z0-9_]*$/.test(expr.name);
}

/** The statements of a block with one left out, with all inside it. */
function outside(statement: Statement, left: Statement): Statement[] {
  if (statement === left) return [];
  const blocks = blocksOf(statement);
  if (!blocks.some((block) => block.some((one) => one.start <= left.start))) return [statement];
  return blocks.flatMap((block) => block.flatMap((one) => outside(one, left)));
}

/** The forms of what a test finds missing. */
function absentIn(test: Expr): string[] {
  if (test.kind === "boolean") return test.operands.flatMap(absentIn);
  if (test.kind === "unary" && test.operator === "not") return test.operands.map((one) => writtenForm(one));
  if (test.kind !== "comparison") return [];
  const [left, right] = test.operands;
  if (left === undefined || right === undefined) return [];
  if (test.operator === "is" && right.kind === "constant" && right.text === "None")
    return [writtenForm(left)];
  return test.operator === "not in" ? [`${writtenForm(right)}[${writtenForm(left)}]`] : [];
}

function assigns(block: Block, form: string): boolean {
  let isAssigned = false;
  visitStatements(block, (statement) => {
    const targets =
      statement.kind === "assign" ? statement.targets : statement.kind === "for" ? [statement.target] : [];
    isAssigned ||= targets.some((target) => targetForms(target).includes(form));
  });
  return isAssigned;
}

function targetForms(target: Expr): string[] {
  return target.kind === "tuple" ? target.items.flatMap(targetForms) : [writtenForm(target)];
}

/** True when no condition stands between a function's start and what runs at `offset`. */
export function runsAlways(body: Block, offset: number): boolean {
  // A guard that leaves early may answer without the query.
  return statementsAround(body, offset).every(
    ({ block, index, inner, statement }) =>
      firstLeaving(block) >= index &&
      expressionsOf(statement).every((expr) => !isAround(expr, offset) || isCertain(expr, offset)) &&
      isAlwaysEntered(statement, inner),
  );
}

/** True when a statement runs the block inside it that the offset is in, or when there is none. */
function isAlwaysEntered(statement: Statement, inner: Block | undefined): boolean {
  switch (statement.kind) {
    case "with":
      return true;
    case "try":
      return inner === statement.body || inner === statement.finally;
    case "function":
    case "class":
    case "match":
      return false;
    default:
      return inner === undefined;
  }
}

/** True when evaluating the expression evaluates what stands at `offset`: no branch, no second operand of `and` and `or`, no loop. */
function isCertain(expr: Expr, offset: number): boolean {
  if (expr.kind === "lambda") return false;
  const doubtful =
    expr.kind === "conditional"
      ? [expr.whenTrue, expr.whenFalse]
      : expr.kind === "boolean"
        ? expr.operands.slice(1)
        : expr.kind === "comprehension"
          ? partsOf(expr).slice(1)
          : [];
  if (doubtful.some((part) => isAround(part, offset))) return false;
  return partsOf(expr).every((part) => !isAround(part, offset) || isCertain(part, offset));
}

const firstLeaving = firstIndexOf(mayLeave);

function mayLeave(statement: Statement): boolean {
  if (statement.kind === "return" || statement.kind === "raise") return true;
  if (statement.kind === "if") return [...statement.body, ...statement.orelse].some(mayLeave);
  return statement.kind === "try" || statement.kind === "with" ? statement.body.some(mayLeave) : false;
}
