// What stands between brackets: calls, subscripts, displays and comprehensions.
import { Token } from "../../syntax/lex-python.ts";
import { type Cursor, isWord, keywordAt, kindAt, textAt } from "./cursor.ts";
import {
  Shape,
  type ShapeOf,
  skipExpression,
  skipNamed,
  skipOperation,
  skipTargets,
  skipYield,
} from "./skip-expression.ts";

/** Passes the closing bracket at hand. */
function skipClose(cursor: Cursor): boolean {
  if (kindAt(cursor, 0) !== Token.close) return false;
  cursor.index += 1;
  return true;
}

/** After an item: passes its comma, if it has one; false where the next is neither a comma nor the closing bracket. */
function skipComma(cursor: Cursor): boolean {
  if (kindAt(cursor, 0) === Token.comma) cursor.index += 1;
  else if (kindAt(cursor, 0) !== Token.close) return false;
  return true;
}

function isStar(cursor: Cursor, stars: string): boolean {
  return kindAt(cursor, 0) === Token.star && textAt(cursor, 0) === stars;
}

function isLoop(cursor: Cursor): boolean {
  const word = keywordAt(cursor, 0);
  return word === "for" || (word === "async" && keywordAt(cursor, 1) === "for");
}

/** `for a in b if c …` and the bracket that closes it. */
function skipLoops(cursor: Cursor): boolean {
  while (isLoop(cursor)) {
    cursor.index += keywordAt(cursor, 0) === "async" ? 2 : 1;
    if (!skipTargets(cursor)) return false;
    cursor.index += 1;
    if (skipOperation(cursor) === Shape.refused) return false;
    while (keywordAt(cursor, 0) === "if") {
      cursor.index += 1;
      if (skipOperation(cursor) === Shape.refused) return false;
    }
  }
  return skipClose(cursor);
}

/** `(…)`: an expression, a tuple, a generator, or `(yield)`. */
export function skipGroup(cursor: Cursor): ShapeOf {
  if (keywordAt(cursor, 1) !== "yield") return skipItems(cursor, true);
  cursor.index += 1;
  return skipYield(cursor) && skipClose(cursor) ? Shape.expression : Shape.refused;
}

/** `[…]`: a list or a comprehension. */
export function skipSquare(cursor: Cursor): ShapeOf {
  return skipItems(cursor, false);
}

function skipItems(cursor: Cursor, isGroup: boolean): ShapeOf {
  cursor.index += 1;
  let least: ShapeOf = Shape.targets;
  for (let count = 0; kindAt(cursor, 0) !== Token.close; count += 1) {
    const isStarred = isStar(cursor, "*");
    if (isStarred) cursor.index += 1;
    const shape = isStarred ? skipExpression(cursor) : skipNamed(cursor);
    if (shape === Shape.refused) return shape;
    if (shape < Shape.targets || (isStarred && shape < Shape.place)) least = Shape.expression;
    if (count === 0 && isLoop(cursor))
      return !isStarred && skipLoops(cursor) ? Shape.expression : Shape.refused;
    // `(*a)` is no tuple yet.
    if (isStarred && isGroup && count === 0 && kindAt(cursor, 0) !== Token.comma) return Shape.refused;
    if (!skipComma(cursor)) return Shape.refused;
  }
  cursor.index += 1;
  return least;
}

/** `{…}`: a dictionary or a set, written out or as a comprehension; never a mixture. */
export function skipBraces(cursor: Cursor): ShapeOf {
  cursor.index += 1;
  let isDictionary: boolean | null = null;
  for (let count = 0; kindAt(cursor, 0) !== Token.close; count += 1) {
    const item = skipBracesItem(cursor);
    if (item === "refused" || (isDictionary !== null && isDictionary !== item.isOfDictionary))
      return Shape.refused;
    isDictionary = item.isOfDictionary;
    if (count === 0 && isLoop(cursor))
      return !item.isSpread && skipLoops(cursor) ? Shape.expression : Shape.refused;
    if (!skipComma(cursor)) return Shape.refused;
  }
  cursor.index += 1;
  return Shape.expression;
}

interface BracesItem {
  readonly isOfDictionary: boolean;
  /** `*a` or `**a`. */
  readonly isSpread: boolean;
}

function skipBracesItem(cursor: Cursor): BracesItem | "refused" {
  if (kindAt(cursor, 0) === Token.star) {
    const isOfDictionary = textAt(cursor, 0) === "**";
    cursor.index += 1;
    return skipExpression(cursor) === Shape.refused ? "refused" : { isOfDictionary, isSpread: true };
  }
  if (skipNamed(cursor) === Shape.refused) return "refused";
  if (kindAt(cursor, 0) !== Token.colon) return { isOfDictionary: false, isSpread: false };
  cursor.index += 1;
  return skipExpression(cursor) === Shape.refused ? "refused" : { isOfDictionary: true, isSpread: false };
}

/**
 * `(…)` after what is called, or after a class's name.
 *
 * @param mayLoop whether a generator can be the only argument.
 */
export function skipArguments(cursor: Cursor, mayLoop: boolean): boolean {
  cursor.index += 1;
  for (let count = 0; kindAt(cursor, 0) !== Token.close; count += 1) {
    const isSpread = kindAt(cursor, 0) === Token.star;
    const isKeyword = isWord(cursor, 0) && kindAt(cursor, 1) === Token.assign;
    if (isSpread) cursor.index += 1;
    if (isKeyword) cursor.index += 2;
    const shape = isSpread || isKeyword ? skipExpression(cursor) : skipNamed(cursor);
    if (shape === Shape.refused) return false;
    if (isLoop(cursor)) return mayLoop && count === 0 && !isSpread && !isKeyword && skipLoops(cursor);
    if (!skipComma(cursor)) return false;
  }
  cursor.index += 1;
  return true;
}

/** `[…]` after what is subscripted. */
export function skipSubscript(cursor: Cursor): boolean {
  cursor.index += 1;
  if (kindAt(cursor, 0) === Token.close) return false;
  while (kindAt(cursor, 0) !== Token.close) {
    const isStarred = isStar(cursor, "*");
    if (isStarred) cursor.index += 1;
    if (!(isStarred ? skipExpression(cursor) >= Shape.place : skipSlice(cursor))) return false;
    if (!skipComma(cursor)) return false;
  }
  cursor.index += 1;
  return true;
}

/** `a`, or `a:b:c` with any of them left out. */
function skipSlice(cursor: Cursor): boolean {
  for (let colons = 0; ; colons += 1) {
    const kind = kindAt(cursor, 0);
    const isLeftOut = kind === Token.colon || (colons > 0 && (kind === Token.comma || kind === Token.close));
    if (!isLeftOut && (colons === 0 ? skipNamed(cursor) : skipExpression(cursor)) === Shape.refused)
      return false;
    if (kindAt(cursor, 0) !== Token.colon || colons === 2) return true;
    if (cursor.isInType) return false;
    cursor.index += 1;
  }
}
