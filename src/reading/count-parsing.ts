import type { PythonParser } from "../syntax/parse-python.ts";

/** A parser that counts what goes through it. */
export interface CountedParser {
  readonly parse: PythonParser;
  /** UTF-16 units parsed so far. */
  parsed(): number;
}

export function countParsing(parser: PythonParser): CountedParser {
  let parsed = 0;
  return {
    parse(text) {
      parsed += text.length;
      return parser(text);
    },
    parsed: () => parsed,
  };
}
