// What most files are asked for (imports, counts of functions) from their tokens alone. While reading, the shape of every statement
// is checked, so that a file which Python or the grammar would not accept is never taken for one that they would: null sends it to the parser.
import type { FileCounts, PlacedImport } from "../../model/facts.ts";
import { Token, type Tokens } from "../../syntax/lex-python.ts";
import { areFieldsFine } from "./check-fields.ts";
import { type Clause, clauseAfter } from "./clause-after.ts";
import { isWord, keywordAt, kindAt, textAt } from "./cursor.ts";
import { type ImportReading, readFromImport, readImport } from "./read-imports.ts";
import { skipArguments } from "./skip-brackets.ts";
import {
  Shape,
  skipExpression,
  skipList,
  skipNamed,
  skipPrimary,
  skipTargets,
  skipYield,
} from "./skip-expression.ts";

/** What the tokens of a file tell. */
export interface Outline {
  readonly imports: readonly PlacedImport[];
  readonly counts: FileCounts;
  readonly isScript: boolean;
}

interface Reading extends ImportReading {
  readonly counts: { functions: number; asyncFunctions: number; annotatedFunctions: number };
  isScript: boolean;
  /** True after a header whose block has not begun: `if x:` at the end of a line. */
  wantsBlock: boolean;
  /** What the next statement may go on with, for each block around it and the one at hand. */
  readonly clauses: Clause[];
}

/** Reads the outline of a file; null where its shape is not certain. */
export function readOutline(text: string, tokens: Tokens): Outline | null {
  const reading: Reading = {
    text,
    tokens,
    index: 0,
    nesting: 0,
    isInType: false,
    imports: [],
    counts: { functions: 0, asyncFunctions: 0, annotatedFunctions: 0 },
    isScript: false,
    depth: 0,
    wantsBlock: false,
    clauses: [null],
  };
  const { fields } = tokens;
  while (reading.index < tokens.count) {
    if (!readLayout(reading) && (reading.wantsBlock || !readLine(reading))) return null;
    if (reading.clauses.length === 0) return null;
  }
  const isWhole = !reading.wantsBlock && reading.clauses.at(-1) !== "try";
  return isWhole && areFieldsFine(text, fields) ? reading : null;
}

/** Passes the beginning or end of a block; false where there is none, or where none may be, which leaves the token for no one else. */
function readLayout(reading: Reading): boolean {
  const kind = kindAt(reading, 0);
  if (kind === Token.indent && reading.wantsBlock) {
    reading.wantsBlock = false;
    reading.depth += 1;
    reading.clauses.push(null);
  } else if (kind === Token.dedent && !reading.wantsBlock && reading.clauses.at(-1) !== "try") {
    reading.depth -= 1;
    reading.clauses.pop();
  } else return false;
  reading.index += 1;
  return true;
}

/** One logical line: a header, or simple statements; false where its shape is not certain. */
function readLine(reading: Reading): boolean {
  const header = readHeader(reading);
  if (header === "broken") return false;
  if (header === "none") return goOn(reading, null) && readSimpleStatements(reading);
  if (kindAt(reading, 0) === Token.newline) {
    reading.index += 1;
    reading.wantsBlock = true;
    return true;
  }
  // A statement on the header's own line stands inside the header's block.
  reading.depth += 1;
  const isFine = readSimpleStatements(reading);
  reading.depth -= 1;
  return isFine;
}

/** Notes which statement comes now; false where it cannot come after the one before it. */
function goOn(reading: Reading, word: string | null): boolean {
  const next = clauseAfter(reading.clauses.pop() ?? null, word);
  if (next === "broken") return false;
  reading.clauses.push(next);
  return true;
}

function readSimpleStatements(reading: Reading): boolean {
  for (;;) {
    reading.nesting = 0;
    if (!readSimple(reading)) return false;
    const kind = kindAt(reading, 0);
    reading.index += 1;
    if (kind === Token.newline) return true;
    if (kind !== Token.semicolon) return false;
    if (kindAt(reading, 0) === Token.newline) {
      reading.index += 1;
      return true;
    }
  }
}

type Header = "none" | "read" | "broken";

/** Reads a compound statement's header up to and with its colon. */
function readHeader(reading: Reading): Header {
  reading.nesting = 0;
  const isDecorated = kindAt(reading, 0) === Token.at;
  while (kindAt(reading, 0) === Token.at) {
    reading.index += 1;
    if (!skipNamed(reading) || kindAt(reading, 0) !== Token.newline) return "broken";
    reading.index += 1;
  }
  let word = keywordAt(reading, 0);
  const isAsync = word === "async";
  if (isAsync) {
    reading.index += 1;
    word = keywordAt(reading, 0);
    if (word !== "def" && word !== "for" && word !== "with") return "broken";
  }
  if (isDecorated && word !== "def" && word !== "class") return "broken";
  if (word === null || !HEADERS.has(word)) return "none";
  if (!goOn(reading, word) || !readHead(reading, word, isAsync)) return "broken";
  if (kindAt(reading, 0) !== Token.colon) return "broken";
  reading.index += 1;
  return "read";
}

const HEADERS = new Set("if elif while else finally try except for with class def".split(" "));

function readHead(reading: Reading, word: string, isAsync: boolean): boolean {
  if (word === "def") return readFunction(reading, isAsync);
  if (word === "class") return readClass(reading);
  reading.index += 1;
  switch (word) {
    case "if":
      return readIf(reading);
    case "elif":
    case "while":
      return skipNamed(reading) !== Shape.refused;
    case "except":
      return readExcept(reading);
    case "for":
      return skipTargets(reading) && skipWord(reading) && skipList(reading) !== Shape.refused;
    case "with":
      return readWith(reading);
    default:
      return true;
  }
}

function skipWord(reading: Reading): true {
  reading.index += 1;
  return true;
}

/** `if __name__ == "__main__":` makes a module a script; a test that names `__name__` in any other way is left to the parser. */
function readIf(reading: Reading): boolean {
  const from = reading.index;
  if (skipNamed(reading) === Shape.refused) return false;
  const { kinds, starts, ends } = reading.tokens;
  const wordAt = (index: number): string => reading.text.slice(starts[index], ends[index]);
  let isNamed = false;
  for (let index = from; index < reading.index; index += 1)
    isNamed ||= kinds[index] === Token.name && wordAt(index) === "__name__";
  if (!isNamed || reading.depth > 0) return true;
  const sides = [kinds[from], kinds[from + 2]];
  reading.isScript = true;
  return (
    reading.index === from + 3 &&
    wordAt(from + 1) === "==" &&
    sides.includes(Token.name) &&
    sides.includes(Token.string)
  );
}

function readExcept(reading: Reading): boolean {
  if (kindAt(reading, 0) === Token.colon) return true;
  if (textAt(reading, 0) === "*") reading.index += 1;
  if (skipExpression(reading) === Shape.refused) return false;
  if (keywordAt(reading, 0) !== "as") return true;
  reading.index += 2;
  return isWord(reading, -1);
}

/** The items may stand in brackets as a whole: `with (a as b, c):`. */
function readWith(reading: Reading): boolean {
  const from = reading.index;
  if (readWithItems(reading) && kindAt(reading, 0) === Token.colon) return true;
  reading.index = from + 1;
  if (textAt({ ...reading, index: from }, 0) !== "(" || !readWithItems(reading)) return false;
  reading.index += 1;
  return kindAt(reading, -1) === Token.close;
}

function readWithItems(reading: Reading): boolean {
  for (;;) {
    if (skipExpression(reading) === Shape.refused) return false;
    if (keywordAt(reading, 0) === "as") {
      reading.index += 1;
      if (skipPrimary(reading) < Shape.targets) return false;
    }
    if (kindAt(reading, 0) !== Token.comma) return true;
    reading.index += 1;
    // Only items in brackets may end in a comma.
    if (kindAt(reading, 0) === Token.close) return true;
  }
}

function readClass(reading: Reading): boolean {
  if (!isWord(reading, 1)) return false;
  reading.index += 2;
  // What a class or function takes in square brackets is new syntax: the parser knows it.
  if (kindAt(reading, 0) !== Token.open) return true;
  return textAt(reading, 0) === "(" && skipArguments(reading, false);
}

function readFunction(reading: Reading, isAsync: boolean): boolean {
  if (!isWord(reading, 1)) return false;
  const name = textAt(reading, 1);
  reading.index += 2;
  if (kindAt(reading, 0) !== Token.open || textAt(reading, 0) !== "(") return false;
  reading.index += 1;
  const parameters = readParameters(reading);
  if (parameters === null) return false;
  let hasReturn = name === "__init__" && parameters.count > 0;
  if (kindAt(reading, 0) === Token.arrow) {
    reading.index += 1;
    if (!skipType(reading)) return false;
    hasReturn = true;
  }
  const { counts } = reading;
  counts.functions += 1;
  if (isAsync) counts.asyncFunctions += 1;
  if (hasReturn && parameters.areAnnotated) counts.annotatedFunctions += 1;
  return true;
}

/** Reads to after the closing bracket. A first `self` or `cls` counts for nothing, as type checkers want no annotation there. */
function readParameters(reading: Reading): { count: number; areAnnotated: boolean } | null {
  let count = 0;
  let areAnnotated = true;
  for (let position = 0; ; position += 1) {
    const kind = kindAt(reading, 0);
    if (kind === Token.close) {
      reading.index += 1;
      return { count, areAnnotated };
    }
    const isSign = kind === Token.star || kind === Token.binary;
    if (isSign && kindAt(reading, 1) === Token.comma) {
      if (textAt(reading, 0) !== "*" && textAt(reading, 0) !== "/") return null;
      reading.index += 2;
      position -= 1;
      continue;
    }
    if (kind === Token.binary && textAt(reading, 0) === "/" && kindAt(reading, 1) === Token.close) {
      reading.index += 1;
      continue;
    }
    const isStarred = kind === Token.star;
    if (isStarred) reading.index += 1;
    if (!isWord(reading, 0)) return null;
    const name = textAt(reading, 0);
    reading.index += 1;
    const isReceiver = position === 0 && (name === "self" || name === "cls");
    if (kindAt(reading, 0) === Token.colon) {
      reading.index += 1;
      // `*args: *Ts` is new syntax: the parser knows it.
      if (!skipType(reading)) return null;
    } else if (!isReceiver) areAnnotated = false;
    if (!isReceiver) count += 1;
    if (kindAt(reading, 0) === Token.assign) {
      reading.index += 1;
      if (skipExpression(reading) === Shape.refused) return null;
    }
    if (kindAt(reading, 0) === Token.comma) reading.index += 1;
    else if (kindAt(reading, 0) !== Token.close) return null;
  }
}

/** One simple statement, up to the `;` or line end after it. */
function readSimple(reading: Reading): boolean {
  const word = keywordAt(reading, 0);
  switch (word) {
    case "pass":
    case "break":
    case "continue":
      return skipWord(reading);
    case "import":
      return readImport(reading);
    case "from":
      return readFromImport(reading);
    case "return":
      return skipWord(reading) && (isAtEnd(reading) || skipList(reading) !== Shape.refused);
    case "raise":
      return skipWord(reading) && (isAtEnd(reading) || skipRaised(reading));
    case "del":
      return skipWord(reading) && skipList(reading) >= Shape.targets;
    case "assert":
      return skipWord(reading) && skipAsserted(reading);
    case "global":
    case "nonlocal":
      return readNames(reading);
    default:
      return readExpressionStatement(reading);
  }
}

function isAtEnd(reading: Reading): boolean {
  const kind = kindAt(reading, 0);
  return kind === Token.newline || kind === Token.semicolon;
}

function skipRaised(reading: Reading): boolean {
  if (skipExpression(reading) === Shape.refused) return false;
  if (keywordAt(reading, 0) !== "from") return true;
  return skipWord(reading) && skipExpression(reading) !== Shape.refused;
}

function skipAsserted(reading: Reading): boolean {
  if (skipExpression(reading) === Shape.refused) return false;
  if (kindAt(reading, 0) !== Token.comma) return true;
  return skipWord(reading) && skipExpression(reading) !== Shape.refused;
}

function readNames(reading: Reading): boolean {
  do {
    reading.index += 1;
    if (!isWord(reading, 0)) return false;
    reading.index += 1;
  } while (kindAt(reading, 0) === Token.comma);
  return true;
}

/** Names that the grammar also knows as words of Python 2 or of newer statements. */
const AMBIGUOUS = new Set(["print", "exec", "match", "case", "type"]);

function readExpressionStatement(reading: Reading): boolean {
  if (kindAt(reading, 0) === Token.name && AMBIGUOUS.has(textAt(reading, 0))) {
    const { starts, ends } = reading.tokens;
    const isCall = kindAt(reading, 1) === Token.open && textAt(reading, 1) === "(";
    const isTouching = ends[reading.index] === starts[reading.index + 1];
    const isPlain = isCall
      ? isTouching
      : [Token.dot, Token.assign].some((kind) => kind === kindAt(reading, 1));
    if (!isPlain) return false;
  }
  if (keywordAt(reading, 0) === "yield") return skipYield(reading);
  let shape = skipList(reading);
  if (kindAt(reading, 0) === Token.augmented)
    return shape >= Shape.place && skipWord(reading) && skipValue(reading);
  if (kindAt(reading, 0) === Token.colon) {
    if (shape < Shape.place) return false;
    reading.index += 1;
    if (!skipType(reading)) return false;
    return kindAt(reading, 0) !== Token.assign || (skipWord(reading) && skipValue(reading));
  }
  while (kindAt(reading, 0) === Token.assign) {
    if (shape < Shape.targets) return false;
    reading.index += 1;
    if (keywordAt(reading, 0) === "yield") return skipYield(reading);
    shape = skipList(reading);
  }
  return shape !== Shape.refused;
}

function skipType(reading: Reading): boolean {
  reading.isInType = true;
  const shape = skipExpression(reading);
  reading.isInType = false;
  return shape !== Shape.refused;
}

/** What is assigned. */
function skipValue(reading: Reading): boolean {
  return keywordAt(reading, 0) === "yield" ? skipYield(reading) : skipList(reading) !== Shape.refused;
}
