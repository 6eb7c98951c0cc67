import type { Expr, Statement } from "../model/code.ts";

/** The blocks of statements directly inside a statement, in source order. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "function":
    case "class":
    case "with":
      return [statement.body];
    case "if":
    case "for":
    case "while":
      return [statement.body, statement.orelse];
    case "try":
      return [
        statement.body,
        ...statement.handlers.map((handler) => handler.body),
        statement.orelse,
        statement.finally,
      ];
    case "match":
      return statement.cases.map((branch) => branch.body);
    default:
      return [];
  }
}

/** Visits every statement of a block and of the blocks inside it, outer ones first. */
export function visitStatements(body: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of body) {
    visit(statement);
    for (const block of blocksOf(statement)) visitStatements(block, visit);
  }
}

/** The expressions directly inside an expression. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "name":
    case "constant":
      return [];
    case "attribute":
      return [expr.base];
    case "call":
      return [expr.callee, ...expr.args, ...expr.keywords.map((keyword) => keyword.value)];
    case "string":
      return expr.parts.filter((part): part is Expr => typeof part !== "string");
    case "list":
    case "tuple":
    case "set":
      return expr.items;
    case "dict":
      return expr.entries.flatMap(({ key, value }) => (key === null ? [value] : [key, value]));
    case "subscript":
      return [expr.base, ...expr.indices];
    case "slice":
      return [expr.lower, expr.upper, expr.step].filter((part): part is Expr => part !== null);
    case "conditional":
      return [expr.test, expr.whenTrue, expr.whenFalse];
    case "lambda":
      return [expr.body];
    case "comprehension":
      return [
        ...expr.clauses.flatMap((clause) => [clause.iterable, ...clause.conditions]),
        expr.element,
        ...(expr.value === null ? [] : [expr.value]),
      ];
    case "walrus":
      return [expr.value];
    case "other":
      return expr.parts;
    default:
      return expr.operands;
  }
}

/** Visits an expression and every expression inside it, outer ones first. */
export function visitExpressions(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const part of partsOf(expr)) visitExpressions(part, visit);
}

/** The expressions directly inside a statement, those of its blocks left out. */
export function expressionsOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case "function":
      return [
        ...statement.decorators,
        ...statement.parameters.flatMap((parameter) =>
          [parameter.annotation, parameter.default].filter((part): part is Expr => part !== null),
        ),
        ...(statement.returns === null ? [] : [statement.returns]),
      ];
    case "class":
      return [
        ...statement.decorators,
        ...statement.bases,
        ...statement.keywords.map((keyword) => keyword.value),
      ];
    case "expression":
      return [statement.value];
    case "assign":
      return [...statement.targets, statement.annotation, statement.value].filter(
        (part): part is Expr => part !== null,
      );
    case "augmented":
      return [statement.target, statement.value];
    case "return":
      return statement.value === null ? [] : [statement.value];
    case "if":
    case "while":
      return [statement.test];
    case "for":
      return [statement.target, statement.iterable];
    case "with":
      return statement.items.flatMap(({ context, target }) =>
        target === null ? [context] : [context, target],
      );
    case "try":
      return statement.handlers.flatMap((handler) => (handler.types === null ? [] : [handler.types]));
    case "match":
      return [statement.subject, ...statement.cases.flatMap(({ guard }) => (guard === null ? [] : [guard]))];
    case "raise":
    case "delete":
    case "assert":
    case "break":
    case "other":
      return statement.values;
    default:
      return [];
  }
}
