// A statement written so that the grammars accept it. They know one style of placeholder and not every vendor's operators; since
// only the structure is asked of them, what stands for a value or an operator may be written otherwise. Places come from tokens.
import type { SqlToken } from "./sql-tokens.ts";

/** Bounds of what is given to a grammar, which backtracks: more than these is no statement that people write. */
const MAX_LENGTH = 12_000;
const MAX_TOKENS = 2500;
const MAX_DEPTH = 12;

const COMPARISONS = new Set(["@@", "@>", "<@", "?|", "?&", "~", "!~", "~*", "!~*", "&&"]);
const JSON_STEPS = new Set(["->", "->>", "#>", "#>>"]);

/** Null for what is too long or too deep to be handed to a grammar. */
export function parseableText(tokens: readonly SqlToken[], text: string): string | null {
  if (tokens.length > MAX_TOKENS) return null;
  let result = "";
  let end = tokens[0]?.at ?? 0;
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index] as SqlToken;
    if (token.depth > MAX_DEPTH) return null;
    const [written, count] = rewrite(tokens, index, text);
    const spaced = token.at > end || written === "=" || written === "+";
    result += `${spaced && result !== "" ? " " : ""}${written}`;
    index += count;
    end = tokens[index - 1]?.end ?? end;
    if (written === "=" || written === "+") end = -1;
  }
  return result.length > MAX_LENGTH ? null : result;
}

/** What is written for the tokens at `index`, and how many they are. */
function rewrite(tokens: readonly SqlToken[], index: number, text: string): readonly [string, number] {
  const token = tokens[index] as SqlToken;
  const raw = text.slice(token.at, token.end);
  if (token.kind === "parameter") return [":p", 1];
  if (token.kind === "operator") {
    const symbol = operatorAt(tokens, index, text);
    if (symbol === "%%") return ["%", 2];
    const count = symbol === raw ? 1 : symbol.length - raw.length + 1;
    if (COMPARISONS.has(symbol)) return ["=", count];
    if (JSON_STEPS.has(symbol)) return ["+", 1];
  }
  if (token.kind !== "word") return [raw, 1];
  const next = (ahead: number): string => tokens[index + ahead]?.text ?? "";
  if (token.text === "for" && /^(?:update|share|no|key)$/.test(next(1))) {
    const last = tokens.findIndex(
      ({ kind, depth }, at) =>
        at > index && (kind === "close" || kind === "end") && depth === token.depth - 1,
    );
    return ["", (last < 0 ? tokens.length : last) - index];
  }
  if (token.text === "is" && next(1) === "distinct" && next(2) === "from") return ["=", 3];
  if (token.text === "is" && next(1) === "not" && next(2) === "distinct" && next(3) === "from")
    return ["=", 4];
  if (token.text === "nulls" && /^(?:first|last)$/.test(next(1))) return ["", 2];
  return [raw, 1];
}

/** `~*`, `!~` and `&&` come as single characters that touch. */
function operatorAt(tokens: readonly SqlToken[], index: number, text: string): string {
  const first = tokens[index] as SqlToken;
  let { end } = first;
  if (!/^[~!&%]$/.test(first.text)) return first.text;
  for (const token of tokens.slice(index + 1, index + 3)) {
    if (token.kind !== "operator" || token.at !== end || !/^[~*&%]$/.test(token.text)) break;
    end = token.end;
  }
  return text.slice(first.at, end);
}
