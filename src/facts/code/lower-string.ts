import type { Expr, StringExpr, TextBreak } from "../../model/code.ts";
import type { SyntaxNode } from "../../syntax/syntax-node.ts";

/** Longer constant text (embedded data) is cut; SQL statements written by hand stay far below. */
const MAX_TEXT = 20_000;

/** Joins a literal, or adjacent literals, to one string of constant and interpolated parts. */
export function lowerString(
  node: SyntaxNode,
  text: (node: SyntaxNode) => string,
  lower: (node: SyntaxNode) => Expr,
): StringExpr {
  const parts: (string | Expr)[] = [];
  const breaks: TextBreak[] = [];
  let isFirst = true;
  let bytes = false;
  const append = (piece: string | Expr): void => {
    const last = parts.at(-1);
    if (typeof piece === "string" && typeof last === "string") parts[parts.length - 1] = last + piece;
    else if (piece !== "") parts.push(piece);
  };
  for (const literal of node.type === "concatenated_string" ? node.children : [node]) {
    const prefix = (literal.children[0] === undefined ? "" : text(literal.children[0])).toLowerCase();
    if (/^[a-z]*b/.test(prefix)) bytes = true;
    const isRaw = /^[a-z]*r/.test(prefix);
    for (const child of literal.children) {
      if (child.type === "string_content") {
        const before = parts.at(-1);
        const isNew = typeof before !== "string";
        const part = isNew ? parts.length : parts.length - 1;
        const offset = isNew ? 0 : before.length;
        const content = constantText(child, text, isRaw);
        if (!isFirst) breaks.push({ part, at: offset, start: child.start });
        for (const { at, start } of content.breaks) breaks.push({ part, at: offset + at, start });
        isFirst = false;
        append(content.constant);
      } else if (child.type === "interpolation") {
        const [expression] = child.children;
        if (expression !== undefined) append(lower(expression));
      }
    }
  }
  const base = { kind: "string", start: node.start, end: node.end, parts, bytes } as const;
  return breaks.length === 0 ? base : { ...base, breaks };
}

interface Content {
  readonly constant: string;
  /** Where an escape makes a line of the text that is none of the file, or the reverse. */
  readonly breaks: readonly { readonly at: number; readonly start: number }[];
}

function constantText(content: SyntaxNode, text: (node: SyntaxNode) => string, isRaw: boolean): Content {
  const source = text(content);
  const breaks: { at: number; start: number }[] = [];
  let result = "";
  let cursor = 0;
  for (const child of content.children) {
    result += source.slice(cursor, child.start - content.start);
    cursor = child.end - content.start;
    const piece = text(child);
    if (child.type === "escape_interpolation") result += piece.slice(1);
    else {
      const meant = isRaw ? piece : unescapeOnce(piece);
      result += meant;
      if (meant.includes("\n") !== piece.includes("\n")) breaks.push({ at: result.length, start: child.end });
    }
  }
  const constant = (result + source.slice(cursor)).slice(0, MAX_TEXT);
  return { constant, breaks: breaks.filter(({ at }) => at < constant.length) };
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\u0007",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
  "\r": "",
};

/** One escape sequence of Python's lexical analysis, section "Escape sequences"; `\N{…}` names stay as written. */
function unescapeOnce(sequence: string): string {
  const code = sequence[1] ?? "";
  const simple = SIMPLE_ESCAPES[code];
  if (simple !== undefined) return simple;
  const hex = /^\\[xuU]([0-9a-fA-F]+)$/.exec(sequence)?.[1];
  const octal = /^\\([0-7]{1,3})$/.exec(sequence)?.[1];
  const point =
    hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : -1;
  return point >= 0 && point <= 0x10ffff ? String.fromCodePoint(point) : sequence;
}
