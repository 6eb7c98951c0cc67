// The TOML library gives values without positions. This scan of the same, already accepted text finds the offset of every
// key, list item and table; it judges nothing, and on text it does not understand it merely loses positions.
import { lineAt, lineTable } from "../../text/source-position.ts";

/** Keys and list indices that lead to a value: ["project", "dependencies", 2]. */
export type TomlPath = readonly (string | number)[];

/** Positions beyond this number are not kept; the line of the enclosing table stands in for them. */
const MAX_POSITIONS = 200_000;
const MAX_DEPTH = 100;

/** "statements" leaves out what stands inside lists and inline tables, of which lock files have ten thousands. */
export type TomlDetail = "values" | "statements";

/**
 * The 1-based line of the value at a path; for a path without a position of its own, that of the nearest value around it,
 * at last line 1. `[[package]]` tables are reached as ["package", 0], ["package", 1], …
 */
export function tomlLines(text: string, detail: TomlDetail = "values"): (path: TomlPath) => number {
  const offsets = scanPositions(text, detail);
  const table = lineTable(text);
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = offsets.get(keyOf(path.slice(0, length)));
      if (offset !== undefined) return lineAt(table, offset);
    }
    return 1;
  };
}

function keyOf(path: TomlPath): string {
  return path.join("\0");
}

function scanPositions(text: string, detail: TomlDetail): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  /** How many tables each `[[name]]` list has so far. */
  const listLengths = new Map<string, number>();
  let at = 0;

  const skip = (pattern: RegExp): void => {
    pattern.lastIndex = at;
    if (pattern.exec(text) !== null) at = pattern.lastIndex;
  };
  const record = (path: TomlPath): void => {
    const key = keyOf(path);
    if (offsets.size < MAX_POSITIONS && !offsets.has(key)) offsets.set(key, at);
  };
  const keyPart = (): string | null => {
    const quote = text[at];
    const isQuoted = quote === '"' || quote === "'";
    const start = at;
    if (isQuoted) at = stringEnd(text, at);
    else skip(/[\w-]+/y);
    if (at === start) return null;
    const raw = isQuoted ? text.slice(start + 1, at - 1) : text.slice(start, at);
    return quote === '"' ? unescapeKey(raw) : raw;
  };
  const dottedKey = (): string[] | null => {
    const parts: string[] = [];
    for (;;) {
      skip(/[ \t]*/y);
      const part = keyPart();
      if (part === null) return null;
      parts.push(part);
      skip(/[ \t]*/y);
      if (text[at] !== ".") return parts;
      at += 1;
    }
  };
  const keyAndValue = (table: TomlPath, depth: number): void => {
    const start = at;
    const key = dottedKey();
    if (key === null || text[at] !== "=") {
      skip(/[^\n\]},]*/y);
      return;
    }
    const end = at;
    at = start;
    for (let length = 1; length <= key.length; length += 1) record([...table, ...key.slice(0, length)]);
    at = end + 1;
    value([...table, ...key], depth);
  };
  const value = (path: TomlPath, depth: number): void => {
    skip(/[ \t]*/y);
    const open = text[at];
    if ((open === "[" || open === "{") && (detail === "statements" || depth >= MAX_DEPTH)) {
      at = bracketEnd(text, at);
    } else if (open === "[" || open === "{") {
      at += 1;
      for (let index = 0; at < text.length; index += 1) {
        skip(VOID);
        if (text[at] === "]" || text[at] === "}") break;
        const before = at;
        if (open === "{") keyAndValue(path, depth + 1);
        else {
          record([...path, index]);
          value([...path, index], depth + 1);
        }
        skip(VOID);
        if (text[at] === ",") at += 1;
        else if (at === before) break;
      }
      at += 1;
    } else if (open === '"' || open === "'") at = stringEnd(text, at);
    else skip(/[^,\]}#\n]*/y);
  };
  const header = (): TomlPath => {
    const start = at;
    const isList = text.startsWith("[[", at);
    at += isList ? 2 : 1;
    const parts = dottedKey() ?? [];
    const end = at;
    at = start;
    const path: (string | number)[] = [];
    for (const [index, part] of parts.entries()) {
      path.push(part);
      record(path);
      const key = keyOf(path);
      const isLast = index === parts.length - 1;
      const length = (listLengths.get(key) ?? 0) + (isList && isLast ? 1 : 0);
      if (length === 0) continue;
      listLengths.set(key, length);
      path.push(length - 1);
      record(path);
    }
    at = end;
    skip(/[^\n]*/y);
    return path;
  };

  let table: TomlPath = [];
  if (text.charCodeAt(0) === 0xfeff) at = 1;
  for (skip(VOID); at < text.length; skip(VOID)) {
    if (text[at] === "[") table = header();
    else {
      keyAndValue(table, 0);
      skip(/[^\n]*/y);
    }
  }
  return offsets;
}

/** White space, line ends and comments. */
const VOID = /(?:[ \t\r\n]+|#[^\n]*)*/y;

/** The offset behind the list or inline table that starts at `start`. */
function bracketEnd(text: string, start: number): number {
  const next = /[[\]{}"'#]/g;
  let depth = 0;
  for (let at = start; at < text.length; ) {
    next.lastIndex = at;
    const match = next.exec(text);
    if (match === null) break;
    at = match.index;
    const found = match[0];
    if (found === "#") at = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    else if (found === '"' || found === "'") at = stringEnd(text, at);
    else {
      at += 1;
      depth += found === "[" || found === "{" ? 1 : -1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** The offset behind the string that starts at `start`, by any of TOML's four kinds of quotes. */
function stringEnd(text: string, start: number): number {
  const quote = text[start] ?? "";
  const isLong = text.startsWith(quote.repeat(3), start);
  const closing = isLong ? quote.repeat(3) : quote;
  let at = start + closing.length;
  while (at < text.length && !text.startsWith(closing, at)) {
    if (!isLong && text[at] === "\n") return at;
    at += quote === '"' && text[at] === "\\" ? 2 : 1;
  }
  at += closing.length;
  // A long string may end in one or two quotes of its own.
  while (isLong && text[at] === quote) at += 1;
  return at;
}

function unescapeKey(raw: string): string {
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}
