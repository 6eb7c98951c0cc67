// Follows a body in order with the literals that some of its names hold, and notes what they keep from running.
import type { Expr, Statement } from "../model/code.ts";
import { blocksOf, expressionsOf, partsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import { type Constants, literalOf, OBJECT, truthOf } from "./test-truth.ts";

/** Offsets of code in one file, the second one excluded. */
export type CodeRange = readonly [start: number, end: number];

type Known = Map<string, string>;

/** Ranges of a body, which ends at `end`, that never run when names hold these literals as it begins. */
export function shutCode(body: readonly Statement[], end: number, constants: Constants): CodeRange[] {
  const found: CodeRange[] = [];
  const known = new Map(constants);
  // A function inside may bind a name of this one at any time.
  visitStatements(body, (statement) => {
    if (statement.kind === "nonlocal" || statement.kind === "global")
      for (const name of statement.names) known.delete(name);
  });
  followBlock(body, end, known, found);
  return found;
}

/** Ranges of a body that do not run while these names, whatever binds them elsewhere, hold an object as it begins. */
export function shutWhileSet(body: readonly Statement[], end: number, names: readonly string[]): CodeRange[] {
  const found: CodeRange[] = [];
  followBlock(body, end, new Map(names.map((name) => [name, OBJECT])), found);
  return found;
}

/** Of the literals that names hold as a body begins, those that no part of it binds anew. */
export function keptThroughout(body: readonly Statement[], constants: Constants): Constants {
  if (constants.size === 0) return constants;
  const kept = new Map(constants);
  forget(kept, body);
  visitStatements(body, (statement) => {
    if (statement.kind === "nonlocal" || statement.kind === "global")
      for (const name of statement.names) kept.delete(name);
    for (const expr of expressionsOf(statement)) visitExpressions(expr, (part) => forgetInner(kept, part));
  });
  return kept;
}

/** Comprehensions and lambdas have names of their own. */
function forgetInner(known: Known, part: Expr): void {
  if (part.kind === "comprehension") for (const { target } of part.clauses) forgetNames(known, target);
  if (part.kind === "lambda") for (const { name } of part.parameters) known.delete(name);
}

/** True where the block is left for good: nothing after it in the block around runs. */
function followBlock(block: readonly Statement[], end: number, known: Known, found: CodeRange[]): boolean {
  for (const [index, statement] of block.entries()) {
    const after = block[index + 1]?.start ?? end;
    const isLeft = followStatement(statement, after, known, found);
    if (isLeft && after < end) found.push([after, end]);
    if (isLeft) return true;
  }
  return false;
}

function followStatement(statement: Statement, after: number, known: Known, found: CodeRange[]): boolean {
  if (statement.kind === "function" || statement.kind === "class") {
    known.delete(statement.name);
    return false;
  }
  const isLoop = statement.kind === "for" || statement.kind === "while";
  if (isLoop) forget(known, [statement]);
  for (const expr of expressionsOf(statement)) followExpression(expr, known, found);
  if (statement.kind === "if") return followIf(statement, after, known, found);
  const blocks = blocksOf(statement).filter(({ length }) => length > 0);
  if (statement.kind !== "assign" && !isLoop) forgetHeader(known, statement);
  for (const [at, inner] of blocks.entries()) {
    const stop = blocks[at + 1]?.[0]?.start ?? after;
    followBlock(inner, stop, new Map(known), found);
    // What follows may come after any part of a block: a handler, a loop of no turns, another case.
    forget(known, inner);
  }
  if (statement.kind === "assign") assign(statement.targets, statement.value, known);
  return statement.kind === "return" || statement.kind === "raise" || statement.kind === "break";
}

function followIf(
  { test, body, orelse }: Extract<Statement, { kind: "if" }>,
  after: number,
  known: Known,
  found: CodeRange[],
): boolean {
  const truth = truthOf(test, known);
  const otherwise = orelse[0]?.start ?? after;
  if (truth === false) {
    found.push([body[0]?.start ?? otherwise, otherwise]);
    return followBlock(orelse, after, known, found);
  }
  if (truth === true) {
    if (orelse.length > 0) found.push([otherwise, after]);
    return followBlock(body, otherwise, known, found);
  }
  const isLeftByBody = followBlock(body, otherwise, new Map(known), found);
  const isLeftByOrelse = followBlock(orelse, after, new Map(known), found);
  if (!isLeftByBody) forget(known, body);
  if (!isLeftByOrelse) forget(known, orelse);
  return isLeftByBody && isLeftByOrelse;
}

/** `rows() if wanted else None`, `wanted and rows()`: the operands that are not evaluated. */
function followExpression(expr: Expr, known: Known, found: CodeRange[]): void {
  if (expr.kind === "walrus") known.delete(expr.name);
  // Their own names may be called the same, and they run when somebody calls or iterates them.
  if (expr.kind === "lambda" || expr.kind === "comprehension") {
    visitExpressions(expr, (part) => part.kind === "walrus" && known.delete(part.name));
    return;
  }
  const parts = partsOf(expr);
  if (expr.kind === "conditional") {
    const truth = truthOf(expr.test, known);
    if (truth === false) found.push([expr.start, expr.test.start]);
    if (truth === true) found.push([expr.whenFalse.start, expr.end]);
  } else if (expr.kind === "boolean") {
    const isDecided = (part: Expr): boolean => truthOf(part, known) === (expr.operator === "or");
    const rest = parts[parts.findIndex(isDecided) + 1];
    if (rest !== undefined && rest !== parts[0]) found.push([rest.start, expr.end]);
  }
  for (const part of parts) followExpression(part, known, found);
}

function assign(targets: readonly Expr[], value: Expr | null, known: Known): void {
  if (value === null) return;
  for (const target of targets) forgetNames(known, target);
  const [target, another] = targets;
  const text = literalOf(value);
  if (target?.kind === "name" && another === undefined && text !== null) known.set(target.id, text);
}

/** Names that statements and the blocks inside them bind. */
function forget(known: Known, statements: readonly Statement[]): void {
  if (known.size > 0) visitStatements(statements, (statement) => forgetHeader(known, statement));
}

function forgetHeader(known: Known, statement: Statement): void {
  if (statement.kind === "assign") for (const target of statement.targets) forgetNames(known, target);
  else if (statement.kind === "augmented" || statement.kind === "for") forgetNames(known, statement.target);
  else if (statement.kind === "import")
    known.delete(statement.alias ?? statement.name ?? statement.module.split(".")[0] ?? "");
  else if (statement.kind === "with")
    for (const { target } of statement.items) forgetNames(known, target ?? undefined);
  else if (statement.kind === "try") for (const { name } of statement.handlers) known.delete(name ?? "");
  else if (statement.kind === "function" || statement.kind === "class") known.delete(statement.name);
  else if (statement.kind === "match")
    for (const { binds } of statement.cases) for (const name of binds) known.delete(name);
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => part.kind === "walrus" && known.delete(part.name));
}

function forgetNames(known: Known, target: Expr | undefined): void {
  if (target !== undefined) visitExpressions(target, (part) => part.kind === "name" && known.delete(part.id));
}
