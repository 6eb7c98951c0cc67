import { lexPython, Token } from "../../src/syntax/lex-python.ts";

/** What CPython's tokenizer calls the kinds that are not operators. */
const KINDS = new Map<number, string>([
  [Token.name, "NAME"],
  [Token.number, "NUMBER"],
  [Token.string, "STRING"],
]);
const LAYOUT = new Map<number, string>([
  [Token.newline, "NEWLINE"],
  [Token.indent, "INDENT"],
  [Token.dedent, "DEDENT"],
]);

/** Our tokens in the words of tokens_of.py: `NAME x`, `OP +`, `NEWLINE`. */
export interface DescribedTokens {
  readonly tokens: readonly string[];
  readonly comments: readonly string[];
}

/** Null where the lexer leaves the file to the parser. */
export function describeTokens(text: string): DescribedTokens | null {
  const found = lexPython(text);
  if (found === null) return null;
  // Python's tokenizer is given line feeds alone.
  const written = (start = 0, end = 0): string =>
    text.slice(start, end).replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const tokens = Array.from({ length: found.count }, (_, index) => {
    const kind = found.kinds[index] ?? -1;
    const layout = LAYOUT.get(kind);
    return layout ?? `${KINDS.get(kind) ?? "OP"} ${written(found.starts[index], found.ends[index])}`;
  });
  return { tokens, comments: found.comments.map(({ start, end }) => written(start, end)) };
}
