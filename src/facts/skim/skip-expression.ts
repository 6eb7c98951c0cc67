// Goes over expressions token by token as Python's grammar has them. What it lets pass is Python to the parser too, and what it is not
// sure of it refuses, which sends the file to the parser. Rules: https://docs.python.org/3/reference/grammar.html
import { Token } from "../../syntax/lex-python.ts";
import { type Cursor, isWord, keywordAt, kindAt, MAX_NESTING, textAt } from "./cursor.ts";
import { skipArguments, skipBraces, skipGroup, skipSquare, skipSubscript } from "./skip-brackets.ts";

/** What was passed, in ascending order of what may be done with it. */
export const Shape = {
  /** No expression, or not surely one. */
  refused: 0,
  expression: 1,
  /** `(a, b)` or `[a, b]`, which can be assigned to. */
  targets: 2,
  /** `a.b` or `a[b]`. */
  place: 3,
  name: 4,
} as const;

export type ShapeOf = (typeof Shape)[keyof typeof Shape];

/** `a if b else c`, a lambda, or less. The cursor then stands at the first token that belongs to no expression. */
export function skipExpression(cursor: Cursor): ShapeOf {
  const before = cursor.nesting;
  cursor.nesting += 1;
  const shape = keywordAt(cursor, 0) === "lambda" ? skipLambda(cursor) : skipConditional(cursor);
  cursor.nesting = before;
  return shape;
}

function skipConditional(cursor: Cursor): ShapeOf {
  const shape = skipOperation(cursor);
  if (shape === Shape.refused || keywordAt(cursor, 0) !== "if") return shape;
  cursor.index += 1;
  if (skipOperation(cursor) === Shape.refused || keywordAt(cursor, 0) !== "else") return Shape.refused;
  cursor.index += 1;
  return skipExpression(cursor) === Shape.refused ? Shape.refused : Shape.expression;
}

/** An expression, or `name := expression`. */
export function skipNamed(cursor: Cursor): ShapeOf {
  if (kindAt(cursor, 1) !== Token.walrus) return skipExpression(cursor);
  if (!isWord(cursor, 0)) return Shape.refused;
  cursor.index += 2;
  return skipExpression(cursor) === Shape.refused ? Shape.refused : Shape.expression;
}

/** Operands and the operators between them, without `if` and lambdas. */
export function skipOperation(cursor: Cursor): ShapeOf {
  const before = cursor.nesting;
  const shape = skipOperands(cursor);
  cursor.nesting = before;
  return shape;
}

function skipOperands(cursor: Cursor): ShapeOf {
  let count = 0;
  let mayNegate = true;
  let shape: ShapeOf;
  do {
    while (mayNegate && keywordAt(cursor, 0) === "not") {
      cursor.index += 1;
      cursor.nesting += 1;
      count += 1;
    }
    for (
      let kind = kindAt(cursor, 0);
      kind === Token.sign || kind === Token.tilde;
      kind = kindAt(cursor, 0)
    ) {
      cursor.index += 1;
      cursor.nesting += 1;
      count += 1;
    }
    shape = skipPrimary(cursor);
    if (shape === Shape.refused) return shape;
    mayNegate = isLogical(cursor);
    cursor.nesting += 1;
    count += 1;
  } while (skipOperator(cursor));
  return count > 1 ? Shape.expression : shape;
}

function isLogical(cursor: Cursor): boolean {
  const word = keywordAt(cursor, 0);
  return word === "and" || word === "or";
}

function skipOperator(cursor: Cursor): boolean {
  switch (kindAt(cursor, 0)) {
    case Token.binary:
    case Token.sign:
    case Token.star:
    case Token.at:
      cursor.index += 1;
      return true;
    case Token.name:
      return skipWordOperator(cursor);
    default:
      return false;
  }
}

function skipWordOperator(cursor: Cursor): boolean {
  switch (keywordAt(cursor, 0)) {
    case "and":
    case "or":
    case "in":
      cursor.index += 1;
      return true;
    case "is":
      cursor.index += keywordAt(cursor, 1) === "not" ? 2 : 1;
      return true;
    case "not":
      if (keywordAt(cursor, 1) !== "in") return false;
      cursor.index += 2;
      return true;
    default:
      return false;
  }
}

/** A name, literal or display with the attributes, calls and subscripts that follow it. */
export function skipPrimary(cursor: Cursor): ShapeOf {
  if (cursor.nesting > MAX_NESTING) return Shape.refused;
  const before = cursor.nesting;
  const isAwaited = keywordAt(cursor, 0) === "await";
  if (isAwaited) cursor.index += 1;
  let shape = skipAtom(cursor);
  while (shape !== Shape.refused) {
    const kind = kindAt(cursor, 0);
    if (kind === Token.dot) {
      shape = isWord(cursor, 1) ? Shape.place : Shape.refused;
      cursor.index += 2;
    } else if (kind === Token.open && textAt(cursor, 0) !== "{") {
      const isCall = textAt(cursor, 0) === "(";
      const isFine = isCall ? skipArguments(cursor, true) : skipSubscript(cursor);
      if (!isFine) shape = Shape.refused;
      else shape = isCall ? Shape.expression : Shape.place;
    } else break;
    cursor.nesting += 1;
    if (cursor.nesting > MAX_NESTING) shape = Shape.refused;
  }
  cursor.nesting = before;
  return isAwaited && shape !== Shape.refused ? Shape.expression : shape;
}

function skipAtom(cursor: Cursor): ShapeOf {
  switch (kindAt(cursor, 0)) {
    case Token.name: {
      const word = keywordAt(cursor, 0);
      if (word !== null && word !== "None" && word !== "True" && word !== "False") return Shape.refused;
      cursor.index += 1;
      return word === null ? Shape.name : Shape.expression;
    }
    case Token.number:
    case Token.ellipsis:
      cursor.index += 1;
      return Shape.expression;
    case Token.string:
      while (kindAt(cursor, 0) === Token.string) cursor.index += 1;
      return Shape.expression;
    case Token.open:
      return skipDisplay(cursor);
    default:
      return Shape.refused;
  }
}

function skipDisplay(cursor: Cursor): ShapeOf {
  const bracket = textAt(cursor, 0);
  if (bracket === "(") return skipGroup(cursor);
  return bracket === "[" ? skipSquare(cursor) : skipBraces(cursor);
}

function skipLambda(cursor: Cursor): ShapeOf {
  cursor.index += 1;
  while (kindAt(cursor, 0) !== Token.colon) {
    if (!skipLambdaParameter(cursor)) return Shape.refused;
    if (kindAt(cursor, 0) === Token.comma) cursor.index += 1;
    else if (kindAt(cursor, 0) !== Token.colon) return Shape.refused;
  }
  cursor.index += 1;
  // An expression that nests without a bracket still nests.
  if (cursor.nesting > MAX_NESTING) return Shape.refused;
  return skipExpression(cursor) === Shape.refused ? Shape.refused : Shape.expression;
}

function skipLambdaParameter(cursor: Cursor): boolean {
  const isMarker =
    kindAt(cursor, 1) === Token.comma && (textAt(cursor, 0) === "*" || textAt(cursor, 0) === "/");
  if (isMarker) {
    cursor.index += 1;
    return true;
  }
  if (kindAt(cursor, 0) === Token.star) cursor.index += 1;
  if (!isWord(cursor, 0)) return false;
  cursor.index += 1;
  if (kindAt(cursor, 0) !== Token.assign) return true;
  cursor.index += 1;
  return skipExpression(cursor) !== Shape.refused;
}

/** `a`, `a, b` or `*a, b`, without brackets around them. */
export function skipList(cursor: Cursor): ShapeOf {
  let least: ShapeOf = Shape.name;
  for (let isList = false; ; ) {
    const isStarred = kindAt(cursor, 0) === Token.star && textAt(cursor, 0) === "*";
    if (isStarred) cursor.index += 1;
    const shape = skipExpression(cursor);
    // The grammar knows no star before a call outside of brackets.
    if (shape === Shape.refused || (isStarred && shape < Shape.place)) return Shape.refused;
    if (shape < least) least = shape;
    isList ||= isStarred;
    if (kindAt(cursor, 0) !== Token.comma) return isList ? asTargets(least) : shape;
    cursor.index += 1;
    if (isListEnd(cursor)) return asTargets(least);
    isList = true;
  }
}

function asTargets(least: ShapeOf): ShapeOf {
  return least > Shape.targets ? Shape.targets : least;
}

/** What may follow the comma at the end of a list without brackets. */
function isListEnd(cursor: Cursor): boolean {
  const kind = kindAt(cursor, 0);
  return (
    kind === Token.newline ||
    kind === Token.semicolon ||
    kind === Token.assign ||
    kind === Token.colon ||
    kind === Token.close
  );
}

/** What a loop assigns to, up to its `in`. */
export function skipTargets(cursor: Cursor): boolean {
  for (;;) {
    const isStarred = kindAt(cursor, 0) === Token.star && textAt(cursor, 0) === "*";
    if (isStarred) cursor.index += 1;
    const shape = skipPrimary(cursor);
    if (shape < Shape.targets || (isStarred && shape < Shape.place)) return false;
    if (kindAt(cursor, 0) === Token.comma) cursor.index += 1;
    else if (keywordAt(cursor, 0) !== "in") return false;
    if (keywordAt(cursor, 0) === "in") return true;
  }
}

/** `yield`, `yield a, b` or `yield from a`. */
export function skipYield(cursor: Cursor): boolean {
  cursor.index += 1;
  if (keywordAt(cursor, 0) === "from") {
    cursor.index += 1;
    return skipExpression(cursor) !== Shape.refused;
  }
  return isListEnd(cursor) || skipList(cursor) !== Shape.refused;
}
