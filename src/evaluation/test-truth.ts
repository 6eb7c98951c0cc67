// What tests on names and attributes come to where something is known of these, and what a test that held tells of them.
import type { Expr, Statement } from "../model/code.ts";
import { expressionsOf, visitExpressions } from "../text/visit-code.ts";

/** Names, and attributes as "self.user", with the literals they hold, as literalOf() writes those, or with their truth. */
export type Constants = ReadonlyMap<string, string>;

/** Stands for an object that is neither None nor false, of which no more is known. */
export const OBJECT = "object";
/** Stands for what was tested and is not true: None, False, an empty text or collection. */
const FALSY = "falsy";

/** "True", "False" and "None" as they are, a text in quotes; null for all else. */
export function literalOf(expr: Expr | null | undefined): string | null {
  if (expr?.kind === "constant") return /^(?:True|False|None)$/.test(expr.text) ? expr.text : null;
  if (expr?.kind !== "string" || expr.bytes || !expr.parts.every((part) => typeof part === "string"))
    return null;
  return JSON.stringify(expr.parts.join(""));
}

/** True for what literalOf() gives, false for what is known by its truth alone. */
export function isLiteral(text: string): boolean {
  return text !== OBJECT && text !== FALSY;
}

/** What stands for an expression among constants: "name", "self.user"; null for any other. */
export function keyOf(expr: Expr | undefined): string | null {
  if (expr?.kind === "name") return expr.id;
  return expr?.kind === "attribute" && expr.base.kind === "name" ? `${expr.base.id}.${expr.name}` : null;
}

/** Whether a test is true or false with these; null where they do not tell. */
export function truthOf(test: Expr, constants: Constants): boolean | null {
  const key = keyOf(test);
  if (key !== null) {
    const text = constants.get(key);
    return text === undefined ? null : !["False", "None", '""', FALSY].includes(text);
  }
  if (test.kind === "unary" && test.operator === "not") {
    const [operand] = test.operands;
    const truth = operand === undefined ? null : truthOf(operand, constants);
    return truth === null ? null : !truth;
  }
  if (test.kind === "boolean") {
    const decides = test.operator === "or";
    const truths = test.operands.map((operand) => truthOf(operand, constants));
    if (truths.includes(decides)) return decides;
    return truths.includes(null) ? null : !decides;
  }
  return test.kind === "comparison" ? comparisonTruth(test.operator, test.operands, constants) : null;
}

/** `name is None`, `name != "csv"`, `name in ("csv", "json")`. */
function comparisonTruth(
  operator: string,
  [left, right, third]: readonly Expr[],
  constants: Constants,
): boolean | null {
  const key = keyOf(left);
  const text = key === null ? undefined : constants.get(key);
  if (right === undefined || third !== undefined || text === undefined) return null;
  const isNegated = operator === "is not" || operator === "!=" || operator === "not in";
  if (operator === "in" || operator === "not in") {
    if (!isLiteral(text)) return null;
    const items = "items" in right ? right.items.map(literalOf) : [null];
    return items.includes(text) ? !isNegated : items.includes(null) ? null : isNegated;
  }
  const other = literalOf(right);
  if (other === null || !/^(?:is|is not|==|!=)$/.test(operator)) return null;
  // What is true is not None; what is not true may be any of several things.
  if (!isLiteral(text)) return text === OBJECT && other === "None" ? isNegated : null;
  return (text === other) !== isNegated;
}

/** What is known of names and attributes where a test holds, or where it does not. */
export function toldBy(test: Expr, holds: boolean): readonly (readonly [key: string, text: string])[] {
  const key = keyOf(test);
  if (key !== null) return [[key, holds ? OBJECT : FALSY]];
  if (test.kind === "unary" && test.operator === "not")
    return test.operands.flatMap((operand) => toldBy(operand, !holds));
  // Only where every operand came out alike is each of them known.
  if (test.kind === "boolean")
    return (test.operator === "and") === holds ? test.operands.flatMap((one) => toldBy(one, holds)) : [];
  if (test.kind !== "comparison") return [];
  const [left, right, third] = test.operands;
  const subject = keyOf(left);
  const text = literalOf(right);
  if (subject === null || text === null || third !== undefined) return [];
  const isSame = /^(?:is|==)$/.test(test.operator);
  const isOther = /^(?:is not|!=)$/.test(test.operator);
  return (holds && isSame) || (!holds && isOther) ? [[subject, text]] : [];
}

/** The tests that decide what of a statement is evaluated: its own, and those of conditional expressions, `and` and `or`. */
export function testsOf(statement: Statement): readonly Expr[] {
  const tests: Expr[] = statement.kind === "if" ? [statement.test] : [];
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => {
      if (part.kind === "conditional") tests.push(part.test);
      else if (part.kind === "boolean") tests.push(part);
    });
  return tests;
}
