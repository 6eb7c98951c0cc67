// A place in a list of tokens, and what stands around it.
import type { Tokens } from "../../syntax/lex-python.ts";
import { Token } from "../../syntax/lex-python.ts";

export interface Cursor {
  readonly text: string;
  readonly tokens: Tokens;
  /** Index of the token at hand. */
  index: number;
  /** Operators and brackets around the token at hand, within its statement. */
  nesting: number;
  /** True in an annotation, where the grammar knows no slices. */
  isInType: boolean;
}

/** What nests deeper is left to the parser: with the blocks around it, it could pass the parser's own bound. */
export const MAX_NESTING = 120;

const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
);

/** The kind of the token `ahead` of the one at hand; -1 beyond the last. */
export function kindAt({ tokens, index }: Cursor, ahead: number): number {
  const at = index + ahead;
  return at < tokens.count ? (tokens.kinds[at] as number) : -1;
}

/** The token's text; empty beyond the last. */
export function textAt({ text, tokens, index }: Cursor, ahead: number): string {
  const at = index + ahead;
  return at < tokens.count ? text.slice(tokens.starts[at], tokens.ends[at]) : "";
}

/** The keyword that the token is, or null for anything else. */
export function keywordAt(cursor: Cursor, ahead: number): string | null {
  if (kindAt(cursor, ahead) !== Token.name) return null;
  const at = cursor.index + ahead;
  const size = (cursor.tokens.ends[at] as number) - (cursor.tokens.starts[at] as number);
  if (size < 2 || size > 8) return null;
  const word = textAt(cursor, ahead);
  return KEYWORDS.has(word) ? word : null;
}

/** True for a name that is no keyword. */
export function isWord(cursor: Cursor, ahead: number): boolean {
  return kindAt(cursor, ahead) === Token.name && keywordAt(cursor, ahead) === null;
}
