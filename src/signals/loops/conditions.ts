// What runs whatever the case, what runs in one turn only, and after what a loop is left: read from the blocks around an offset.
import type { Expr, Statement } from "../../model/code.ts";
import { isAround } from "../../text/extent.ts";
import { blocksOf, expressionsOf, partsOf, visitStatements } from "../../text/visit-code.ts";
import { writtenForm } from "../../text/written-form.ts";

type Block = readonly Statement[];

/** True when the loop is left, in the block of the expression or one around it, once the expression has run. */
export function leavesAfter(body: Block, offset: number): boolean {
  const index = body.findLastIndex((statement) => statement.start <= offset);
  const holder = body[index];
  if (holder === undefined) return false;
  if (body.slice(index).some(leaves)) return true;
  const block = blockAround(holder, offset);
  return block !== undefined && leavesAfter(block, offset);
}

function leaves({ kind }: Statement): boolean {
  return kind === "return" || kind === "raise" || kind === "break";
}

function blockAround(holder: Statement, offset: number): Block | undefined {
  return blocksOf(holder).findLast((block) => startsInside(block, offset));
}

function startsInside(block: Block, offset: number): boolean {
  const [first] = block;
  return first !== undefined && first.start <= offset;
}

/** True for what is kept once it was fetched: `if rows is None: rows = …`, `if key not in seen: seen[key] = …`. */
export function isKeptAfterFirst(body: Block, offset: number): boolean {
  let block: Block | undefined = body;
  while (block !== undefined) {
    const holder: Statement | undefined = block.findLast((statement) => statement.start <= offset);
    if (holder === undefined) return false;
    const inner = blockAround(holder, offset);
    if (holder.kind === "if" && inner !== undefined && inner === holder.body) {
      const kept = absentIn(holder.test).filter((form) => assigns(inner, form));
      const elsewhere = body.flatMap((statement) => outside(statement, holder));
      if (kept.some((form) => !assigns(elsewhere, form))) return true;
    }
    block = inner;
  }
  return false;
}

/** True for a branch that is taken for one value of the loop's own: `if kind == "page": …` runs in one turn of all kinds. */
export function isForOneValue(body: Block, offset: number, target: Expr): boolean {
  const own = targetForms(target);
  let block: Block | undefined = body;
  while (block !== undefined) {
    const holder: Statement | undefined = block.findLast((statement) => statement.start <= offset);
    if (holder === undefined) return false;
    const inner = blockAround(holder, offset);
    if (holder.kind === "if" && inner !== undefined && inner === holder.body && namesOne(holder.test, own))
      return true;
    block = inner;
  }
  return false;
}

/** True for what a turn runs only when something fails: the body of an `except`. */
export function isInHandler(body: Block, offset: number): boolean {
  let block: Block | undefined = body;
  while (block !== undefined) {
    const holder: Statement | undefined = block.findLast((statement) => statement.start <= offset);
    if (holder === undefined) return false;
    const inner = blockAround(holder, offset);
    if (holder.kind === "try" && holder.handlers.some((handler) => handler.body === inner)) return true;
    block = inner;
  }
  return false;
}

/** True for what is done with many at once: `if len(rows) >= 100: save(rows); rows = []`, `if index % 100 == 0: …`. */
export function isForBatch(body: Block, offset: number): boolean {
  let block: Block | undefined = body;
  while (block !== undefined) {
    const holder: Statement | undefined = block.findLast((statement) => statement.start <= offset);
    if (holder === undefined) return false;
    const inner = blockAround(holder, offset);
    if (holder.kind === "if" && inner !== undefined && inner === holder.body && isFull(holder.test, inner))
      return true;
    block = inner;
  }
  return false;
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
  const index = body.findLastIndex((statement) => statement.start <= offset);
  const holder = body[index];
  if (holder === undefined) return false;
  // A guard that leaves early may answer without the query.
  if (body.slice(0, index).some(mayLeave)) return false;
  if (!expressionsOf(holder).every((expr) => !isAround(expr, offset) || isCertain(expr, offset)))
    return false;
  switch (holder.kind) {
    case "with":
      return startsInside(holder.body, offset) ? runsAlways(holder.body, offset) : true;
    case "try":
      return (
        runsAlways(holder.body, offset) && !holder.handlers.some(({ body: one }) => startsInside(one, offset))
      );
    case "if":
    case "while":
      return !startsInside(holder.body, offset) && !startsInside(holder.orelse, offset);
    case "for":
      return !startsInside(holder.body, offset);
    case "function":
    case "class":
    case "match":
      return false;
    default:
      return true;
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

function mayLeave(statement: Statement): boolean {
  if (statement.kind === "return" || statement.kind === "raise") return true;
  if (statement.kind === "if") return [...statement.body, ...statement.orelse].some(mayLeave);
  return statement.kind === "try" || statement.kind === "with" ? statement.body.some(mayLeave) : false;
}
