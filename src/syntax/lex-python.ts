// Cuts Python text into tokens in one pass, without a tree: enough to know what a file imports and defines. It is far faster than
// parsing, and gives up (null) on whatever it is not sure of, so that such a file is parsed instead.
// The lexical rules are those of https://docs.python.org/3/reference/lexical_analysis.html, f-strings taken whole.
import { stringEnd } from "./string-end.ts";

/** What a token is. Operators are grouped by where they can stand. */
export const Token = {
  name: 0,
  number: 1,
  string: 2,
  open: 3,
  close: 4,
  comma: 5,
  colon: 6,
  semicolon: 7,
  dot: 8,
  assign: 9,
  /** `+=` and its kind. */
  augmented: 10,
  walrus: 11,
  arrow: 12,
  at: 13,
  /** `*` and `**`. */
  star: 14,
  /** `+` and `-`. */
  sign: 15,
  tilde: 16,
  /** Every other operator, which stands between two operands. */
  binary: 17,
  ellipsis: 18,
  /** The end of a logical line. */
  newline: 19,
  indent: 20,
  dedent: 21,
} as const;

/** Tokens in source order, as parallel lists; offsets are UTF-16 units, end exclusive. The lists are used again for the next file. */
export interface Tokens {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** Start and end of each expression in a replacement field of an f-string, in turns; not of those inside another. */
  readonly fields: readonly number[];
}

const TAB = 9;
const LINE_FEED = 10;
const FORM_FEED = 12;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const DOT = 46;
const BACKSLASH = 92;

/** Brackets nested deeper than this are left to the parser, which has a bound of its own. */
const MAX_BRACKETS = 60;
const MAX_INDENTS = 40;

/** What each ASCII character can begin. */
const NOTHING = 0;
const NAME = 1;
const DIGIT = 2;
const OPERATOR = 3;
const classOf = new Uint8Array(128);
for (let unit = 0; unit < 128; unit += 1) {
  const character = String.fromCharCode(unit);
  if (/[A-Za-z_]/.test(character)) classOf[unit] = NAME;
  else if (/[0-9]/.test(character)) classOf[unit] = DIGIT;
  else if (/[-+*/%@&|^~<>=!:;,.(){}[\]]/.test(character)) classOf[unit] = OPERATOR;
  else classOf[unit] = NOTHING;
}

let kinds = new Uint8Array(1 << 14);
let starts = new Int32Array(1 << 14);
let ends = new Int32Array(1 << 14);

function grow(): void {
  const [oldKinds, oldStarts, oldEnds] = [kinds, starts, ends];
  kinds = new Uint8Array(oldKinds.length * 2);
  starts = new Int32Array(oldKinds.length * 2);
  ends = new Int32Array(oldKinds.length * 2);
  kinds.set(oldKinds);
  starts.set(oldStarts);
  ends.set(oldEnds);
}

/** Tokens of a text, or null where it is not sure to be read as Python's own tokenizer reads it. */
export function lexPython(text: string): Tokens | null {
  const { length } = text;
  const comments: { start: number; end: number }[] = [];
  const fields: number[] = [];
  const indents = [0];
  const brackets: number[] = [];
  let count = 0;
  let at = 0;
  let isLineStart = true;
  let hasTabs = false;

  const push = (kind: number, start: number, end: number): void => {
    if (count === kinds.length) grow();
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    count += 1;
  };

  while (at < length) {
    if (isLineStart) {
      const first = indentationEnd(text, at);
      if (first < 0) return null;
      const unit = text.charCodeAt(first);
      const width = first - at;
      const isTabbed = width > 0 && text.charCodeAt(at) === TAB;
      at = first;
      isLineStart = false;
      if (first < length && !isLineEnd(unit) && unit !== HASH) {
        // Tabs alone are as good as spaces while no line is indented otherwise; files are rarely so.
        if (isTabbed && !hasTabs && INDENTED_BY_SPACES.test(text)) return null;
        hasTabs ||= isTabbed;
        let top = indents[indents.length - 1] as number;
        if (width > top) {
          if (indents.length > MAX_INDENTS) return null;
          indents.push(width);
          push(Token.indent, first, first);
        }
        while (width < top) {
          indents.pop();
          top = indents[indents.length - 1] as number;
          push(Token.dedent, first, first);
          if (width > top) return null;
        }
      }
      continue;
    }
    const unit = text.charCodeAt(at);
    if (unit === SPACE || unit === TAB || unit === FORM_FEED) {
      at += 1;
    } else if (isLineEnd(unit)) {
      const end = lineEndAfter(text, at);
      if (end < 0) return null;
      if (brackets.length === 0) {
        if (count > 0 && kinds[count - 1] !== Token.newline && !isLayout(kinds[count - 1] as number))
          push(Token.newline, at, end);
        isLineStart = true;
      } else if (isOutdented(text, end, indents[indents.length - 1] as number)) return null;
      at = end;
    } else if (unit === HASH) {
      const start = at;
      while (at < length && !isLineEnd(text.charCodeAt(at))) at += 1;
      comments.push({ start, end: at });
    } else if (unit === BACKSLASH) {
      const end = isLineEnd(text.charCodeAt(at + 1)) ? lineEndAfter(text, at + 1) : -1;
      if (end < 0 || end >= length) return null;
      at = end;
    } else if (unit === QUOTE || unit === APOSTROPHE) {
      const end = stringEnd(text, at, at, fields);
      if (end < 0) return null;
      push(Token.string, at, end);
      at = end;
    } else if (unit > 127 || classOf[unit] === NAME) {
      const start = at;
      at = nameEnd(text, at);
      if (at < 0) return null;
      const next = text.charCodeAt(at);
      if ((next === QUOTE || next === APOSTROPHE) && at - start <= 2) {
        const end = stringEnd(text, start, at, fields);
        if (end < 0) return null;
        at = end;
        push(Token.string, start, at);
      } else push(Token.name, start, at);
    } else if (classOf[unit] === DIGIT || (unit === DOT && isDigit(text.charCodeAt(at + 1)))) {
      const end = numberEnd(text, at);
      if (end < 0) return null;
      push(Token.number, at, end);
      at = end;
    } else if (classOf[unit] === OPERATOR) {
      const size = operatorSize(text, at);
      const kind = operatorKind(text, at, size);
      if (kind < 0) return null;
      if (kind === Token.open) {
        if (brackets.length > MAX_BRACKETS) return null;
        brackets.push(unit === 40 ? 41 : unit + 2);
      } else if (kind === Token.close && brackets.pop() !== unit) return null;
      push(kind, at, at + size);
      at += size;
    } else return null;
  }
  if (brackets.length > 0) return null;
  if (count > 0 && kinds[count - 1] !== Token.newline && !isLayout(kinds[count - 1] as number))
    push(Token.newline, length, length);
  for (let open = indents.length; open > 1; open -= 1) push(Token.dedent, length, length);
  return { count, kinds, starts, ends, comments, fields };
}

function isLayout(kind: number): boolean {
  return kind === Token.indent || kind === Token.dedent;
}

function isLineEnd(unit: number): boolean {
  return unit === LINE_FEED || unit === CARRIAGE_RETURN;
}

/** The offset after a line's end; -1 for a carriage return alone, which ends a line for Python and none for the grammar. */
function lineEndAfter(text: string, at: number): number {
  if (text.charCodeAt(at) === LINE_FEED) return at + 1;
  return text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : -1;
}

/** Whether a line within brackets begins further left than the block that it is in: the grammar may take that for the block's end. */
function isOutdented(text: string, lineStart: number, width: number): boolean {
  let at = lineStart;
  while (isBlank(text.charCodeAt(at))) at += 1;
  if (at - lineStart >= width || at >= text.length) return false;
  const unit = text.charCodeAt(at);
  return !isLineEnd(unit) && unit !== HASH && !CLOSING.has(unit);
}

const CLOSING: ReadonlySet<number> = new Set([41, 93, 125]);

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** Where a line's indentation ends; -1 where tabs follow spaces, or spaces tabs, whose width is a matter of opinion. */
function indentationEnd(text: string, from: number): number {
  let at = from;
  const first = text.charCodeAt(at);
  while (text.charCodeAt(at) === first && (first === SPACE || first === TAB)) at += 1;
  const unit = text.charCodeAt(at);
  if (unit !== SPACE && unit !== TAB && unit !== FORM_FEED) return at;
  // A blank line's indentation means nothing.
  let rest = at;
  while (isBlank(text.charCodeAt(rest))) rest += 1;
  return rest >= text.length || isLineEnd(text.charCodeAt(rest)) || text.charCodeAt(rest) === HASH
    ? rest
    : -1;
}

const INDENTED_BY_SPACES = /^ +[^\s#]/m;

function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB || unit === FORM_FEED;
}

/** Identifiers beyond ASCII end where tree-sitter and Python agree that they do; -1 for a character that is none of a name's. */
function nameEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit < 128) {
      const kind = classOf[unit];
      if (kind !== NAME && kind !== DIGIT) return at;
    } else if (Number.isNaN(unit)) return at;
    else if (!/[\p{L}\p{Nl}]/u.test(text.charAt(at))) return -1;
    at += 1;
  }
}

const NUMBER =
  /^(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?)/;

/** Numbers longer than this are left to the parser. */
const MAX_NUMBER = 400;

function numberEnd(text: string, at: number): number {
  const digits = NUMBER.exec(text.slice(at, at + MAX_NUMBER))?.[0] ?? "";
  if (digits === "" || digits.length === MAX_NUMBER) return -1;
  const end = at + digits.length;
  const next = text.charCodeAt(end);
  // `1if x` is Python and `10L` is Python 2: rare enough to be left to the parser. So is `0777`.
  if (next > 127 || classOf[next] === NAME || classOf[next] === DIGIT) return -1;
  return /^0[0-9_]*[1-9][0-9_]*$/.test(digits) ? -1 : end;
}

/** Characters of the operator at an offset: the longest that Python has. */
function operatorSize(text: string, at: number): number {
  const three = text.substr(at, 3);
  if (three === "**=" || three === "//=" || three === ">>=" || three === "<<=" || three === "...") return 3;
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  // =  after one of  + - * / % @ & | ^ < > = ! :
  if (second === 61 && /[-+*/%@&|^<>=!:]/.test(text.charAt(at))) return 2;
  if (second === first && (first === 42 || first === 47 || first === 60 || first === 62)) return 2;
  return first === 45 && second === 62 ? 2 : 1;
}

const ONE: Readonly<Record<string, number>> = {
  "(": Token.open,
  "[": Token.open,
  "{": Token.open,
  ")": Token.close,
  "]": Token.close,
  "}": Token.close,
  ",": Token.comma,
  ":": Token.colon,
  ";": Token.semicolon,
  ".": Token.dot,
  "=": Token.assign,
  "@": Token.at,
  "*": Token.star,
  "+": Token.sign,
  "-": Token.sign,
  "~": Token.tilde,
  "/": Token.binary,
  "%": Token.binary,
  "&": Token.binary,
  "|": Token.binary,
  "^": Token.binary,
  "<": Token.binary,
  ">": Token.binary,
};
const MANY: Readonly<Record<string, number>> = {
  "...": Token.ellipsis,
  ":=": Token.walrus,
  "->": Token.arrow,
  "**": Token.star,
  "==": Token.binary,
  "!=": Token.binary,
  "<=": Token.binary,
  ">=": Token.binary,
  "//": Token.binary,
  "<<": Token.binary,
  ">>": Token.binary,
};

function operatorKind(text: string, at: number, size: number): number {
  if (size === 1) return ONE[text.charAt(at)] ?? -1;
  return MANY[text.substr(at, size)] ?? Token.augmented;
}
