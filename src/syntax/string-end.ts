// Where string literals end. Replacement fields of f-strings may hold strings with the same quotes (PEP 701), so they are followed.

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const HASH = 35;
const EXCLAMATION = 33;
const APOSTROPHE = 39;
const EQUALS = 61;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Replacement fields nested deeper than this are left to the parser. */
const MAX_FIELDS = 8;

/**
 * The offset after the string literal whose prefix starts at `start` and whose quotes start at `quote`; -1 where it does not end,
 * or the prefix is none of Python 3's.
 *
 * @param fields takes start and end of the expression of each replacement field, but of those inside another.
 */
export function stringEnd(text: string, start: number, quote: number, fields: number[]): number {
  return literalEnd(text, start, quote, 0, fields);
}

type Fields = number[] | null;

function literalEnd(text: string, start: number, quote: number, depth: number, fields: Fields): number {
  if (start === quote) return plainEnd(text, quote);
  const prefix = text.slice(start, quote).toLowerCase();
  if (!/^(?:[rbuf]|rb|br|rf|fr)$/.test(prefix)) return -1;
  return prefix.includes("f")
    ? formattedEnd(text, quote, prefix.includes("r"), depth, fields)
    : plainEnd(text, quote);
}

function isTriple(text: string, quote: number): boolean {
  const mark = text.charCodeAt(quote);
  return text.charCodeAt(quote + 1) === mark && text.charCodeAt(quote + 2) === mark;
}

function plainEnd(text: string, quote: number): number {
  const mark = text.charCodeAt(quote);
  const triple = isTriple(text, quote);
  let at = quote + (triple ? 3 : 1);
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at += escapeSize(text, at) - 1;
    else if (unit === mark) {
      if (!triple) return at + 1;
      if (isTriple(text, at)) return at + 3;
    } else if (!triple && (unit === LINE_FEED || unit === CARRIAGE_RETURN)) return -1;
  }
  return -1;
}

/** A backslash also protects a line's end, which may be two characters. */
function escapeSize(text: string, at: number): number {
  return text.charCodeAt(at + 1) === CARRIAGE_RETURN && text.charCodeAt(at + 2) === LINE_FEED ? 3 : 2;
}

function formattedEnd(text: string, quote: number, isRaw: boolean, depth: number, fields: Fields): number {
  if (depth > MAX_FIELDS) return -1;
  const mark = text.charCodeAt(quote);
  const triple = isTriple(text, quote);
  let at = quote + (triple ? 3 : 1);
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) {
      const named = isRaw ? null : /^\\N\{[^{}"'\n]*\}/.exec(text.slice(at, at + 80));
      // A backslash protects no brace: the field after it is a field.
      if (named !== null) at += named[0].length;
      else at += text.charCodeAt(at + 1) === OPEN_BRACE ? 1 : escapeSize(text, at);
    } else if (unit === mark && (!triple || isTriple(text, at))) return at + (triple ? 3 : 1);
    else if (unit === OPEN_BRACE && text.charCodeAt(at + 1) === OPEN_BRACE) at += 2;
    else if (unit === OPEN_BRACE) {
      at = fieldEnd(text, at + 1, mark, triple, isRaw, depth, fields);
      if (at < 0) return -1;
    } else if (unit === CLOSE_BRACE) {
      if (text.charCodeAt(at + 1) !== CLOSE_BRACE) return -1;
      at += 2;
    } else if (!triple && (unit === LINE_FEED || unit === CARRIAGE_RETURN)) return -1;
    else at += 1;
  }
  return -1;
}

/** The offset after the `}` of a replacement field whose content starts at `from`. */
function fieldEnd(
  text: string,
  from: number,
  mark: number,
  triple: boolean,
  isRaw: boolean,
  depth: number,
  fields: Fields,
): number {
  let nesting = 0;
  let at = from;
  /** Where the expression ends, once what follows it has begun: `=`, `!r`. */
  let end = -1;
  const note = (): unknown => fields?.push(from, end < 0 ? at : end);
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE || unit === APOSTROPHE) {
      // The same quotes inside a field end the literal before Python 3.12, and make it wrong: the parser shall say.
      if (unit === mark && !(triple && !isTriple(text, at))) return -1;
      let start = at;
      while (start > from && /[rbufRBUF]/.test(text.charAt(start - 1))) start -= 1;
      at = literalEnd(text, start, at, depth + 1, null);
      if (at < 0) return -1;
    } else if (unit === 40 || unit === 91 || unit === OPEN_BRACE) {
      nesting += 1;
      at += 1;
    } else if (unit === 41 || unit === 93) {
      nesting -= 1;
      at += 1;
    } else if (unit === CLOSE_BRACE) {
      if (nesting === 0) {
        note();
        return at + 1;
      }
      nesting -= 1;
      at += 1;
    } else if (unit === 58 && nesting === 0) {
      note();
      return specEnd(text, at + 1, mark, triple, isRaw, depth, fields);
    } else if (nesting === 0 && (unit === EXCLAMATION || unit === EQUALS)) {
      const size = comparisonSize(text, at);
      if (size === 0) {
        if (end < 0) end = at;
        at = suffixEnd(text, at);
        if (at < 0) return -1;
      } else at += size;
    } else if (unit === BACKSLASH || unit === HASH) return -1;
    else if (!triple && (unit === LINE_FEED || unit === CARRIAGE_RETURN)) return -1;
    else at += 1;
    if (nesting < 0) return -1;
  }
  return -1;
}

/** Characters of `==`, `!=`, or of the `=` that `<` and `>` leave; 0 for what ends an expression. */
function comparisonSize(text: string, at: number): number {
  if (text.charCodeAt(at + 1) === EQUALS) return 2;
  return text.charCodeAt(at) === EQUALS && /[<>]/.test(text.charAt(at - 1)) ? 1 : 0;
}

/** Where the `=` or `!r` ends that follows an expression; -1 where neither is written as it should be. */
function suffixEnd(text: string, at: number): number {
  const suffix = /^(?:= *(?=[}:!])|![rsa](?=[}:]))/.exec(text.slice(at, at + 20));
  return suffix === null ? -1 : at + suffix[0].length;
}

/** A format specification is text, with fields of its own. */
function specEnd(
  text: string,
  from: number,
  mark: number,
  triple: boolean,
  isRaw: boolean,
  depth: number,
  fields: Fields,
): number {
  let at = from;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === CLOSE_BRACE) return at + 1;
    if (unit === OPEN_BRACE) {
      if (depth > MAX_FIELDS) return -1;
      at = fieldEnd(text, at + 1, mark, triple, isRaw, depth + 1, fields);
      if (at < 0) return -1;
    } else if (unit === LINE_FEED || unit === CARRIAGE_RETURN || unit === BACKSLASH) return -1;
    else if (unit === mark && (!triple || isTriple(text, at))) return -1;
    else at += 1;
  }
  return -1;
}
