// Follows a body in order with what is known of some of its names, and notes what that keeps from running, which way its
// tests go, and what is known at each call.
import type { ConditionalExpr, Expr, OperatorExpr, Statement } from "../model/code.ts";
import { blocksOf, expressionsOf, partsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import { type Constants, isLiteral, literalOf, OBJECT, toldBy, truthOf } from "./test-truth.ts";

/** Offsets of code in one file, the second one excluded. */
export type CodeRange = readonly [start: number, end: number];

type Known = Map<string, string>;

/** How a body runs when some of its names are known. */
export interface Flow {
  /** Ranges that never run. */
  readonly shut: CodeRange[];
  /** Which way a test goes, where that is told: tests of `if` and conditional expressions, operands of `and` and `or`. */
  readonly truths: Map<Expr, boolean>;
  /** What is known where a call stands; nothing for calls that are not here. */
  readonly calls: Map<Expr, Constants>;
}

/** A flow being written. */
interface Following extends Flow {
  /** Attributes that keep their truth between the test and the call: "self.user". */
  readonly steady: ReadonlySet<string>;
  /** Names that other functions may bind at any time. */
  readonly shared: ReadonlySet<string>;
}

/** Follows a body, which ends at `end`, from what is known as it begins. */
export function followBody(
  body: readonly Statement[],
  end: number,
  constants: Constants,
  steady: ReadonlySet<string>,
): Flow {
  const shared = sharedNames(body);
  const flow: Following = { shut: [], truths: new Map(), calls: new Map(), steady, shared };
  const known = new Map(constants);
  for (const name of shared) known.delete(name);
  followBlock(body, end, known, flow);
  return flow;
}

/** Names that the body shares with others by `global`, or that a function inside binds by `nonlocal`. */
function sharedNames(body: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  visitStatements(body, (statement) => {
    if (statement.kind === "nonlocal" || statement.kind === "global")
      for (const name of statement.names) names.add(name);
  });
  return names;
}

/** Ranges of a body that do not run while these names, whatever binds them elsewhere, hold an object as it begins. */
export function shutWhileSet(body: readonly Statement[], end: number, names: readonly string[]): CodeRange[] {
  const shared = new Set(names);
  const flow: Following = { shut: [], truths: new Map(), calls: new Map(), steady: new Set(), shared };
  followBlock(body, end, new Map(names.map((name) => [name, OBJECT])), flow);
  return flow.shut;
}

/** Of the literals that names hold as a body begins, those that no part of it binds anew. */
export function keptThroughout(body: readonly Statement[], constants: Constants): Constants {
  if (constants.size === 0) return constants;
  const kept = new Map(constants);
  forget(kept, body);
  for (const name of sharedNames(body)) kept.delete(name);
  visitStatements(body, (statement) => {
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
function followBlock(block: readonly Statement[], end: number, known: Known, flow: Following): boolean {
  for (const [index, statement] of block.entries()) {
    const after = block[index + 1]?.start ?? end;
    const isLeft = followStatement(statement, after, known, flow);
    if (isLeft && after < end) flow.shut.push([after, end]);
    if (isLeft) return true;
  }
  return false;
}

function followStatement(statement: Statement, after: number, known: Known, flow: Following): boolean {
  if (statement.kind === "function" || statement.kind === "class") {
    known.delete(statement.name);
    return false;
  }
  const isLoop = statement.kind === "for" || statement.kind === "while";
  if (isLoop) forget(known, [statement]);
  for (const expr of expressionsOf(statement)) followExpression(expr, known, flow);
  if (statement.kind === "if") return followIf(statement, after, known, flow);
  const blocks = blocksOf(statement).filter(({ length }) => length > 0);
  if (statement.kind !== "assign" && !isLoop) forgetHeader(known, statement);
  for (const [at, inner] of blocks.entries()) {
    const stop = blocks[at + 1]?.[0]?.start ?? after;
    followBlock(inner, stop, new Map(known), flow);
    // What follows may come after any part of a block: a handler, a loop of no turns, another case.
    forget(known, inner);
  }
  if (statement.kind === "assign") assign(statement.targets, statement.value, known, flow);
  return statement.kind === "return" || statement.kind === "raise" || statement.kind === "break";
}

function followIf(
  { test, body, orelse }: Extract<Statement, { kind: "if" }>,
  after: number,
  known: Known,
  flow: Following,
): boolean {
  const truth = truthOf(test, known);
  const otherwise = orelse[0]?.start ?? after;
  if (truth !== null) flow.truths.set(test, truth);
  if (truth === false) {
    flow.shut.push([body[0]?.start ?? otherwise, otherwise]);
    return followBlock(orelse, after, known, flow);
  }
  if (truth === true) {
    if (orelse.length > 0) flow.shut.push([otherwise, after]);
    return followBlock(body, otherwise, known, flow);
  }
  const isLeftByBody = followBlock(body, otherwise, withTold(test, true, known, flow), flow);
  const isLeftByOrelse = followBlock(orelse, after, withTold(test, false, known, flow), flow);
  if (isLeftByBody !== isLeftByOrelse) addTold(test, isLeftByOrelse, known, flow);
  if (!isLeftByBody) forget(known, body);
  if (!isLeftByOrelse) forget(known, orelse);
  return isLeftByBody && isLeftByOrelse;
}

/** What is known in a branch: what was before, and what its test tells. */
function withTold(test: Expr, holds: boolean, known: Known, flow: Following): Known {
  const copy = new Map(known);
  addTold(test, holds, copy, flow);
  return copy;
}

/** A literal tells what a name is; that something is true or false may change with what it holds, unless it is steady. */
function addTold(test: Expr, holds: boolean, known: Known, flow: Following): void {
  for (const [key, text] of toldBy(test, holds)) {
    const isOwn = !key.includes(".") && !flow.shared.has(key);
    const isKept = flow.steady.has(key) || (isLiteral(text) && isOwn);
    if (isKept && !known.has(key)) known.set(key, text);
  }
}

/** `rows() if wanted else None`, `wanted and rows()`: the operands that are not evaluated. */
function followExpression(expr: Expr, known: Known, flow: Following): void {
  if (expr.kind === "walrus") known.delete(expr.name);
  // Their own names may be called the same, and they run when somebody calls or iterates them.
  if (expr.kind === "lambda" || expr.kind === "comprehension") {
    forgetWalrus(known, expr);
    return;
  }
  if (expr.kind === "call" && known.size > 0) flow.calls.set(expr, new Map(known));
  if (expr.kind === "conditional") followConditional(expr, known, flow);
  else if (expr.kind === "boolean") followOperands(expr, known, flow);
  else for (const part of partsOf(expr)) followExpression(part, known, flow);
}

function followConditional(
  { end, start, test, whenFalse, whenTrue }: ConditionalExpr,
  known: Known,
  flow: Following,
): void {
  followExpression(test, known, flow);
  const truth = truthOf(test, known);
  if (truth !== null) flow.truths.set(test, truth);
  if (truth === false) flow.shut.push([start, test.start]);
  if (truth === true) flow.shut.push([whenFalse.start, end]);
  for (const [part, holds] of [
    [whenTrue, true],
    [whenFalse, false],
  ] as const) {
    followExpression(part, withTold(test, holds, known, flow), flow);
    forgetWalrus(known, part);
  }
}

/** Each operand is reached where those before it did not decide. */
function followOperands({ end, operands, operator }: OperatorExpr, known: Known, flow: Following): void {
  const here = new Map(known);
  let isDecided = false;
  for (const [index, operand] of operands.entries()) {
    followExpression(operand, here, flow);
    forgetWalrus(known, operand);
    const truth = truthOf(operand, here);
    if (truth !== null) flow.truths.set(operand, truth);
    addTold(operand, operator === "and", here, flow);
    const next = operands[index + 1];
    if (isDecided || truth !== (operator === "or") || next === undefined) continue;
    isDecided = true;
    flow.shut.push([next.start, end]);
  }
}

function forgetWalrus(known: Known, expr: Expr): void {
  visitExpressions(expr, (part) => part.kind === "walrus" && known.delete(part.name));
}

function assign(targets: readonly Expr[], value: Expr | null, known: Known, { shared }: Following): void {
  if (value === null) return;
  for (const target of targets) forgetNames(known, target);
  const [target, another] = targets;
  const text = literalOf(value);
  if (target?.kind !== "name" || another !== undefined || shared.has(target.id)) return;
  if (text !== null) known.set(target.id, text);
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
  for (const expr of expressionsOf(statement)) forgetWalrus(known, expr);
}

function forgetNames(known: Known, target: Expr | undefined): void {
  if (target === undefined || known.size === 0) return;
  visitExpressions(target, (part) => {
    if (part.kind !== "name") return;
    known.delete(part.id);
    for (const key of known.keys()) if (key.startsWith(`${part.id}.`)) known.delete(key);
  });
}
