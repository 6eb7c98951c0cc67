// SQL text as tokens: enough to see clauses, nesting and names in any dialect, whole or with unknown parts.

export interface SqlToken {
  /** Lower case for words; quoted identifiers and strings are opaque. */
  readonly kind:
    | "word"
    | "identifier"
    | "string"
    | "number"
    | "parameter"
    | "operator"
    | "open"
    | "close"
    | "comma"
    | "end";
  readonly text: string;
  /** Nesting in parentheses: 0 outside all. */
  readonly depth: number;
  /** Where it begins in the text, and where it is over. */
  readonly at: number;
  readonly end: number;
}

const PIECES =
  /(--[^\n]*|\/\*[\s\S]*?\*\/)|('(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\3\$)|("(?:[^"]|"")*"|`[^`]*`|\[[A-Za-z_][^\]]*\])|(%s|%\(\w+\)s|:\w+(?!:)|\$\d+|\?(?![|&]))|([A-Za-z_][\w$]*)|(\d[\w.]*)|(\()|(\))|(,)|(;)|(->>|->|#>>|#>|@>|<@|@@|\?\||\?&|\|\||::|<>|!=|<=|>=|[-+*/=<>~!^&|%@#.:?])|(\s+)|([\s\S])/g;

/** Splits text of at most `limit` characters; the rest is left out. */
export function tokenize(text: string, limit = 50_000): SqlToken[] {
  const tokens: SqlToken[] = [];
  let depth = 0;
  for (const match of text.slice(0, limit).matchAll(PIECES)) {
    const [whole, , string, , identifier, parameter, word, number, open, close, comma, end, operator] = match;
    const add = (kind: SqlToken["kind"], value: string): void => {
      tokens.push({ kind, text: value, depth, at: match.index, end: match.index + whole.length });
    };
    if (word !== undefined) add("word", word.toLowerCase());
    else if (identifier !== undefined) add("identifier", identifier.slice(1, -1));
    else if (string !== undefined) add("string", string);
    else if (parameter !== undefined) add("parameter", parameter);
    else if (number !== undefined) add("number", number);
    else if (open !== undefined) {
      add("open", open);
      depth += 1;
    } else if (close !== undefined) {
      depth = Math.max(0, depth - 1);
      add("close", close);
    } else if (comma !== undefined) add("comma", comma);
    else if (end !== undefined) add("end", end);
    else if (operator !== undefined) add("operator", operator);
  }
  return tokens;
}
