// What most files are asked for (imports, counts of functions) from their tokens alone. While reading, the shape of every statement
// is checked, so that a file which Python or the grammar would not accept is never taken for one that they would: null sends it to the parser.
import type { ImportStatement } from "../../model/code.ts";
import type { FileCounts, PlacedImport } from "../../model/facts.ts";
import { Token, type Tokens } from "../../syntax/lex-python.ts";
import { type Cursor, keywordAt, kindAt, textAt } from "./cursor.ts";
import { skipExpression } from "./skip-expression.ts";

/** What the tokens of a file tell. */
export interface Outline {
  readonly imports: readonly PlacedImport[];
  readonly counts: FileCounts;
  readonly isScript: boolean;
}

interface Reading extends Cursor {
  readonly imports: PlacedImport[];
  readonly counts: { functions: number; asyncFunctions: number; annotatedFunctions: number };
  isScript: boolean;
  /** Blocks around the statement at hand. */
  depth: number;
  /** True after a header whose block has not begun: `if x:` at the end of a line. */
  wantsBlock: boolean;
}

/** Reads the outline of a file; null where its shape is not certain. */
export function readOutline(text: string, tokens: Tokens): Outline | null {
  const reading: Reading = {
    text,
    tokens,
    index: 0,
    imports: [],
    counts: { functions: 0, asyncFunctions: 0, annotatedFunctions: 0 },
    isScript: false,
    depth: 0,
    wantsBlock: false,
  };
  while (reading.index < tokens.count) {
    const kind = kindAt(reading, 0);
    if (kind === Token.indent) {
      if (!reading.wantsBlock) return null;
      reading.wantsBlock = false;
      reading.depth += 1;
      reading.index += 1;
    } else if (reading.wantsBlock) return null;
    else if (kind === Token.dedent) {
      reading.depth -= 1;
      reading.index += 1;
    } else if (!readLine(reading)) return null;
  }
  return reading.wantsBlock ? null : reading;
}

/** One logical line: a header, or simple statements; false where its shape is not certain. */
function readLine(reading: Reading): boolean {
  const header = readHeader(reading);
  if (header === "broken") return false;
  if (header === "read") {
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
  return readSimpleStatements(reading);
}

function readSimpleStatements(reading: Reading): boolean {
  for (;;) {
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
  if (kindAt(reading, 0) === Token.at) {
    reading.index += 1;
    const isLine = skipExpression(reading, {}) && kindAt(reading, 0) === Token.newline;
    reading.index += 1;
    const next = keywordAt(reading, 0);
    const isFollowed =
      kindAt(reading, 0) === Token.at || next === "def" || next === "class" || next === "async";
    return isLine && isFollowed ? readHeader(reading) : "broken";
  }
  switch (keywordAt(reading, 0)) {
    case "if":
      return readIf(reading);
    case "elif":
    case "while":
      return headed(reading, skipWord(reading) && skipExpression(reading, {}));
    case "else":
    case "finally":
    case "try":
      return headed(reading, skipWord(reading));
    case "except":
      return headed(reading, readExcept(reading));
    case "for":
      return headed(reading, skipWord(reading) && skipExpression(reading, { isList: true, isLoop: true }));
    case "with":
      return headed(
        reading,
        skipWord(reading) && skipExpression(reading, { isList: true, hasAliases: true }),
      );
    case "class":
      return headed(reading, readClass(reading));
    case "def":
      return headed(reading, readFunction(reading, false));
    case "async":
      return readAsync(reading);
    default:
      return "none";
  }
}

function headed(reading: Reading, isFine: boolean): Header {
  if (!isFine || kindAt(reading, 0) !== Token.colon) return "broken";
  reading.index += 1;
  return "read";
}

function skipWord(reading: Reading): true {
  reading.index += 1;
  return true;
}

function readAsync(reading: Reading): Header {
  reading.index += 1;
  const word = keywordAt(reading, 0);
  if (word === "def") return headed(reading, readFunction(reading, true));
  return word === "for" || word === "with" ? readHeader(reading) : "broken";
}

/** `if __name__ == "__main__":` makes a module a script; a test that names `__name__` in any other way is left to the parser. */
function readIf(reading: Reading): Header {
  reading.index += 1;
  const from = reading.index;
  const isFine = skipExpression(reading, {});
  let isNamed = false;
  for (let index = from; index < reading.index; index += 1) {
    const { kinds, starts, ends } = reading.tokens;
    if (kinds[index] === Token.name && reading.text.slice(starts[index], ends[index]) === "__name__")
      isNamed = true;
  }
  if (isNamed && reading.depth === 0) {
    const [left, operator, right] = [from, from + 1, from + 2].map((index) => reading.tokens.kinds[index]);
    const isPlain =
      reading.index === from + 3 &&
      operator === Token.binary &&
      ((left === Token.name && right === Token.string) || (left === Token.string && right === Token.name));
    if (!isPlain) return "broken";
    reading.isScript = true;
  }
  return headed(reading, isFine);
}

function readExcept(reading: Reading): boolean {
  reading.index += 1;
  if (kindAt(reading, 0) === Token.colon) return true;
  if (kindAt(reading, 0) === Token.star) reading.index += 1;
  if (!skipExpression(reading, {})) return false;
  if (keywordAt(reading, 0) !== "as") return true;
  reading.index += 2;
  return kindAt(reading, -1) === Token.name;
}

function readClass(reading: Reading): boolean {
  if (kindAt(reading, 1) !== Token.name || keywordAt(reading, 1) !== null) return false;
  reading.index += 2;
  // What a class or function takes in square brackets is new syntax: the parser knows it.
  if (kindAt(reading, 0) !== Token.open) return true;
  return textAt(reading, 0) === "(" && skipExpression(reading, { isOneBracket: true });
}

function readFunction(reading: Reading, isAsync: boolean): boolean {
  if (kindAt(reading, 1) !== Token.name || keywordAt(reading, 1) !== null) return false;
  const name = textAt(reading, 1);
  reading.index += 2;
  if (kindAt(reading, 0) !== Token.open || textAt(reading, 0) !== "(") return false;
  reading.index += 1;
  const parameters = readParameters(reading);
  if (parameters === null) return false;
  let hasReturn = name === "__init__" && parameters.count > 0;
  if (kindAt(reading, 0) === Token.arrow) {
    reading.index += 1;
    if (!skipExpression(reading, {})) return false;
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
    const isMarker = (kind === Token.star || kind === Token.binary) && kindAt(reading, 1) === Token.comma;
    if (isMarker) {
      if (kind === Token.binary && textAt(reading, 0) !== "/") return null;
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
    if (kindAt(reading, 0) !== Token.name || keywordAt(reading, 0) !== null) return null;
    const name = textAt(reading, 0);
    reading.index += 1;
    const isReceiver = position === 0 && (name === "self" || name === "cls");
    if (kindAt(reading, 0) === Token.colon) {
      reading.index += 1;
      // `*args: *Ts` is new syntax: the parser knows it.
      if (!skipExpression(reading, {})) return null;
    } else if (!isReceiver) areAnnotated = false;
    if (!isReceiver) count += 1;
    if (kindAt(reading, 0) === Token.assign) {
      reading.index += 1;
      if (!skipExpression(reading, {})) return null;
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
      return skipWord(reading) && (isAtEnd(reading) || skipExpression(reading, { isList: true }));
    case "raise":
      return skipWord(reading) && (isAtEnd(reading) || skipRaised(reading));
    case "del":
    case "assert":
      return skipWord(reading) && skipExpression(reading, { isList: true });
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
  if (!skipExpression(reading, {})) return false;
  if (keywordAt(reading, 0) !== "from") return true;
  return skipWord(reading) && skipExpression(reading, {});
}

function readNames(reading: Reading): boolean {
  do {
    reading.index += 1;
    if (kindAt(reading, 0) !== Token.name || keywordAt(reading, 0) !== null) return false;
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
  if (!skipExpression(reading, { isList: true })) return false;
  if (kindAt(reading, 0) === Token.augmented) {
    reading.index += 1;
    return skipExpression(reading, { isList: true });
  }
  if (kindAt(reading, 0) === Token.colon) {
    reading.index += 1;
    if (!skipExpression(reading, {})) return false;
    if (kindAt(reading, 0) !== Token.assign) return true;
  }
  while (kindAt(reading, 0) === Token.assign) {
    reading.index += 1;
    if (!skipExpression(reading, { isList: true })) return false;
  }
  return true;
}

function addImport(reading: Reading, start: number, rest: Omit<ImportStatement, "kind" | "start">): void {
  reading.imports.push({
    statement: { kind: "import", start, ...rest },
    isTopLevel: reading.depth === 0,
  });
}

function readDottedName(reading: Reading): string | null {
  let name = "";
  for (;;) {
    if (kindAt(reading, 0) !== Token.name || keywordAt(reading, 0) !== null) return null;
    name += textAt(reading, 0);
    reading.index += 1;
    if (kindAt(reading, 0) !== Token.dot) return name;
    name += ".";
    reading.index += 1;
  }
}

/** `as x`; undefined where there is none, null where it is broken. */
function readAlias(reading: Reading): string | null | undefined {
  if (keywordAt(reading, 0) !== "as") return undefined;
  reading.index += 1;
  if (kindAt(reading, 0) !== Token.name || keywordAt(reading, 0) !== null) return null;
  reading.index += 1;
  return textAt(reading, -1);
}

function startOf(reading: Reading): number {
  return reading.tokens.starts[reading.index] as number;
}

function readImport(reading: Reading): boolean {
  const start = startOf(reading);
  do {
    reading.index += 1;
    const module = readDottedName(reading);
    const alias = module === null ? null : readAlias(reading);
    if (module === null || alias === null) return false;
    addImport(reading, start, { module, level: 0, name: null, alias: alias ?? null });
  } while (kindAt(reading, 0) === Token.comma);
  return true;
}

function readFromImport(reading: Reading): boolean {
  const start = startOf(reading);
  reading.index += 1;
  let level = 0;
  for (;;) {
    const kind = kindAt(reading, 0);
    if (kind === Token.dot) level += 1;
    else if (kind === Token.ellipsis) level += 3;
    else break;
    reading.index += 1;
  }
  const isNamed = keywordAt(reading, 0) !== "import";
  const module = isNamed ? readDottedName(reading) : "";
  if (module === null || (module === "" && level === 0) || keywordAt(reading, 0) !== "import") return false;
  reading.index += 1;
  if (kindAt(reading, 0) === Token.star && textAt(reading, 0) === "*") {
    addImport(reading, start, { module, level, name: "*", alias: null });
    return skipWord(reading);
  }
  const isBracketed = kindAt(reading, 0) === Token.open;
  if (isBracketed && textAt(reading, 0) !== "(") return false;
  if (isBracketed) reading.index += 1;
  for (;;) {
    if (kindAt(reading, 0) !== Token.name || keywordAt(reading, 0) !== null) return false;
    const name = textAt(reading, 0);
    reading.index += 1;
    const alias = readAlias(reading);
    if (alias === null) return false;
    addImport(reading, start, { module, level, name, alias: alias ?? null });
    if (kindAt(reading, 0) !== Token.comma) break;
    reading.index += 1;
    if (isBracketed && kindAt(reading, 0) === Token.close) break;
  }
  if (!isBracketed) return true;
  reading.index += 1;
  return kindAt(reading, -1) === Token.close;
}
