// What stands in the replacement fields of f-strings is code as well.
import { lexPython, Token } from "../../syntax/lex-python.ts";
import { type Cursor, kindAt } from "./cursor.ts";
import { Shape, skipList } from "./skip-expression.ts";

const PLAIN_NAME = /^[A-Za-z_]\w*$/;
/** Keywords are lower-case, but for three that are expressions. */
const SURELY_NO_KEYWORD = /[A-Z_0-9]|.{9}/;

/**
 * Whether all fields hold expressions. Cuts them into tokens, after which the tokens of the file are gone.
 *
 * @param fields start and end of each field's expression, in turns.
 */
export function areFieldsFine(text: string, fields: readonly number[]): boolean {
  for (let index = 0; index < fields.length; index += 2) {
    const expression = text.slice(fields[index], fields[index + 1]);
    const isPlain = PLAIN_NAME.test(expression) && SURELY_NO_KEYWORD.test(expression);
    if (!isPlain && !isExpression(expression)) return false;
  }
  return true;
}

function isExpression(expression: string): boolean {
  // Brackets make the line ends that a triple-quoted string may hold mean nothing, as they do there.
  const text = `(${expression})`;
  const tokens = lexPython(text);
  if (tokens === null) return false;
  const { count, fields } = tokens;
  const cursor: Cursor = { text, tokens, index: 1, nesting: 0, isInType: false };
  if (skipList(cursor) === Shape.refused || kindAt(cursor, 0) !== Token.close) return false;
  return cursor.index === count - 2 && areFieldsFine(text, fields);
}
