// What tests on names with known literal values come to.
import type { Expr, Statement } from "../model/code.ts";
import { expressionsOf, visitExpressions } from "../text/visit-code.ts";

/** Names and the literals they hold, as literalOf() writes those. */
export type Constants = ReadonlyMap<string, string>;

/** Stands for an object that is neither None nor false, of which no more is known. */
export const OBJECT = "object";

/** "True", "False" and "None" as they are, a text in quotes; null for all else. */
export function literalOf(expr: Expr | null | undefined): string | null {
  if (expr?.kind === "constant") return /^(?:True|False|None)$/.test(expr.text) ? expr.text : null;
  if (expr?.kind !== "string" || expr.bytes || !expr.parts.every((part) => typeof part === "string"))
    return null;
  return JSON.stringify(expr.parts.join(""));
}

/** Whether a test is true or false with these; null where they do not tell. */
export function truthOf(test: Expr, constants: Constants): boolean | null {
  if (test.kind === "name") {
    const text = constants.get(test.id);
    return text === undefined ? null : text !== "False" && text !== "None" && text !== '""';
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
  if (left?.kind !== "name" || right === undefined || third !== undefined) return null;
  const text = constants.get(left.id);
  if (text === undefined) return null;
  if (text === OBJECT && (!/^is(?: not)?$/.test(operator) || literalOf(right) !== "None")) return null;
  const isNegated = operator === "is not" || operator === "!=" || operator === "not in";
  if (operator === "in" || operator === "not in") {
    const items = "items" in right ? right.items.map(literalOf) : [null];
    return items.includes(text) ? !isNegated : items.includes(null) ? null : isNegated;
  }
  const other = literalOf(right);
  if (other === null || !/^(?:is|is not|==|!=)$/.test(operator)) return null;
  return (text === other) !== isNegated;
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
