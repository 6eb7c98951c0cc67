// Lowers expressions of the syntax tree to code facts. Arithmetic and other operators without meaning for data access
// keep only their operands.
import type {
  ComprehensionClause,
  DictExpr,
  Expr,
  KeywordArgument,
  OperatorExpr,
  Parameter,
  SequenceExpr,
  SliceExpr,
} from "../../model/code.ts";
import { childByField, childrenByField, type SyntaxNode } from "../../syntax/syntax-node.ts";
import { lowerString } from "./lower-string.ts";

/** Longer literals are data, not code: the first elements are enough to know what kind of thing they hold. */
const MAX_LITERAL_ITEMS = 2000;

/** The source text of a node. */
export type TextOf = (node: SyntaxNode) => string;

/** Lowers one expression node; a node of unknown type keeps the expressions inside it. */
export function lowerExpression(node: SyntaxNode, text: TextOf): Expr {
  const lower = (child: SyntaxNode): Expr => lowerExpression(child, text);
  const { start } = node;
  switch (node.type) {
    case "identifier":
      return { kind: "name", start, id: text(node) };
    case "keyword_identifier":
      return { kind: "name", start, id: text(node) };
    case "attribute":
      return lowerAttribute(node, text);
    case "call":
      return lowerCall(node, text);
    case "string":
    case "concatenated_string":
      return lowerString(node, text, lower);
    case "integer":
    case "float":
    case "none":
    case "true":
    case "false":
    case "ellipsis":
      return { kind: "constant", start, text: text(node) };
    case "list":
    case "list_pattern":
      return sequence("list", node, lower);
    case "tuple":
    case "tuple_pattern":
    case "pattern_list":
    case "expression_list":
      return sequence("tuple", node, lower);
    case "set":
      return sequence("set", node, lower);
    case "dictionary":
      return lowerDictionary(node, lower);
    case "subscript":
      return lowerSubscript(node, text);
    case "generic_type":
      return lowerGenericType(node, text);
    case "slice":
      return lowerSlice(node, text);
    case "await":
      return operator("await", "", node, lower);
    case "yield":
      return operator(node.children[0]?.type === "from" ? "yield-from" : "yield", "", node, lower);
    case "list_splat":
    case "list_splat_pattern":
    case "dictionary_splat":
    case "dictionary_splat_pattern":
    case "splat_pattern":
    case "splat_type":
      return operator("star", "", node, lower);
    case "not_operator":
      return operator("unary", "not", node, lower);
    case "unary_operator":
      return operator("unary", operatorText(node, text, "operator"), node, lower);
    case "binary_operator":
    case "union_type":
      return operator("binary", operatorText(node, text, "operator") || "|", node, lower);
    case "boolean_operator":
      return operator("boolean", operatorText(node, text, "operator"), node, lower);
    case "comparison_operator":
      return operator("comparison", operatorText(node, text, "operators"), node, lower);
    case "conditional_expression":
      return lowerConditional(node, lower);
    case "lambda":
      return lowerLambda(node, text);
    case "list_comprehension":
      return lowerComprehension("list", node, text);
    case "set_comprehension":
      return lowerComprehension("set", node, text);
    case "dictionary_comprehension":
      return lowerComprehension("dict", node, text);
    case "generator_expression":
      return lowerComprehension("generator", node, text);
    case "named_expression":
      return lowerWalrus(node, text);
    case "parenthesized_expression":
    case "type":
    case "as_pattern_target":
    case "interpolation":
    case "case_pattern":
      return lowerOnlyChild(node, lower);
    case "dotted_name":
      return lowerDottedName(node, text);
    default:
      return { kind: "other", start, parts: node.children.map(lower) };
  }
}

function lowerOnlyChild(node: SyntaxNode, lower: (child: SyntaxNode) => Expr): Expr {
  const [only] = node.children;
  return node.children.length === 1 && only !== undefined
    ? lower(only)
    : { kind: "other", start: node.start, parts: node.children.map(lower) };
}

function lowerAttribute(node: SyntaxNode, text: TextOf): Expr {
  const base = childByField(node, "object");
  const name = childByField(node, "attribute");
  if (base === undefined || name === undefined) return { kind: "other", start: node.start, parts: [] };
  return {
    kind: "attribute",
    start: node.start,
    end: node.end,
    base: lowerExpression(base, text),
    name: text(name),
    at: name.start,
  };
}

function lowerDottedName(node: SyntaxNode, text: TextOf): Expr {
  const [first, ...rest] = node.children;
  if (first === undefined) return { kind: "other", start: node.start, parts: [] };
  let expr: Expr = { kind: "name", start: first.start, id: text(first) };
  for (const part of rest) {
    expr = {
      kind: "attribute",
      start: node.start,
      end: part.end,
      base: expr,
      name: text(part),
      at: part.start,
    };
  }
  return expr;
}

/** The arguments of a call or the bases of a class. */
export function lowerArguments(
  list: SyntaxNode | undefined,
  text: TextOf,
): { args: Expr[]; keywords: KeywordArgument[] } {
  const args: Expr[] = [];
  const keywords: KeywordArgument[] = [];
  if (list?.type === "generator_expression") return { args: [lowerExpression(list, text)], keywords };
  for (const child of list?.children ?? []) {
    if (child.type === "keyword_argument") {
      const name = childByField(child, "name");
      const value = childByField(child, "value");
      if (name !== undefined && value !== undefined)
        keywords.push({ name: text(name), value: lowerExpression(value, text), at: child.start });
    } else if (child.type === "dictionary_splat") {
      const [value] = child.children.filter((part) => part.type !== "**");
      if (value !== undefined)
        keywords.push({ name: null, value: lowerExpression(value, text), at: child.start });
    } else {
      args.push(lowerExpression(child, text));
    }
  }
  return { args, keywords };
}

function lowerCall(node: SyntaxNode, text: TextOf): Expr {
  const callee = childByField(node, "function");
  if (callee === undefined) return { kind: "other", start: node.start, parts: [] };
  const { args, keywords } = lowerArguments(childByField(node, "arguments"), text);
  return {
    kind: "call",
    start: node.start,
    end: node.end,
    callee: lowerExpression(callee, text),
    args,
    keywords,
  };
}

function sequence(
  kind: SequenceExpr["kind"],
  node: SyntaxNode,
  lower: (child: SyntaxNode) => Expr,
): SequenceExpr {
  const items = node.children.slice(0, MAX_LITERAL_ITEMS).map(lower);
  return { kind, start: node.start, end: node.end, items };
}

function lowerDictionary(node: SyntaxNode, lower: (child: SyntaxNode) => Expr): DictExpr {
  const entries: { key: Expr | null; value: Expr }[] = [];
  for (const child of node.children.slice(0, MAX_LITERAL_ITEMS)) {
    const [first, second] = child.children.filter((part) => part.type !== "**");
    if (child.type === "pair" && first !== undefined && second !== undefined)
      entries.push({ key: lower(first), value: lower(second) });
    else if (child.type === "dictionary_splat" && first !== undefined)
      entries.push({ key: null, value: lower(first) });
  }
  return { kind: "dict", start: node.start, end: node.end, entries };
}

function lowerSubscript(node: SyntaxNode, text: TextOf): Expr {
  const base = childByField(node, "value");
  if (base === undefined) return { kind: "other", start: node.start, parts: [] };
  const indices = childrenByField(node, "subscript").map((index) => lowerExpression(index, text));
  return { kind: "subscript", start: node.start, end: node.end, base: lowerExpression(base, text), indices };
}

function lowerGenericType(node: SyntaxNode, text: TextOf): Expr {
  const [base, parameters] = node.children;
  if (base === undefined) return { kind: "other", start: node.start, parts: [] };
  const indices = (parameters?.children ?? []).map((index) => lowerExpression(index, text));
  return { kind: "subscript", start: node.start, end: node.end, base: lowerExpression(base, text), indices };
}

function lowerSlice(node: SyntaxNode, text: TextOf): SliceExpr {
  // The colons are anonymous tokens and not kept, so each bound's place is told by the colons before it.
  const bounds: (Expr | null)[] = [null, null, null];
  const source = text(node);
  let colons = 0;
  let cursor = 0;
  for (const child of node.children) {
    colons += countColons(source.slice(cursor, child.start - node.start));
    cursor = child.end - node.start;
    bounds[Math.min(colons, 2)] = lowerExpression(child, text);
  }
  const [lower = null, upper = null, step = null] = bounds;
  return { kind: "slice", start: node.start, lower, upper, step };
}

function countColons(text: string): number {
  return text.split(":").length - 1;
}

function operatorText(node: SyntaxNode, text: TextOf, field: string): string {
  return childrenByField(node, field)
    .map((token) => text(token).replace(/\s+/g, " "))
    .join(" ");
}

function operator(
  kind: OperatorExpr["kind"],
  symbol: string,
  node: SyntaxNode,
  lower: (child: SyntaxNode) => Expr,
): OperatorExpr {
  const operands = node.children.filter(isOperand).map(lower);
  return { kind, start: node.start, end: node.end, operator: symbol, operands };
}

function isOperand(child: SyntaxNode): boolean {
  if (child.field === "operator" || child.field === "operators") return false;
  return child.type !== "from" && child.type !== "*" && child.type !== "**";
}

function lowerConditional(node: SyntaxNode, lower: (child: SyntaxNode) => Expr): Expr {
  const [whenTrue, test, whenFalse] = node.children;
  if (whenTrue === undefined || test === undefined || whenFalse === undefined)
    return { kind: "other", start: node.start, parts: node.children.map(lower) };
  return {
    kind: "conditional",
    start: node.start,
    end: node.end,
    test: lower(test),
    whenTrue: lower(whenTrue),
    whenFalse: lower(whenFalse),
  };
}

function lowerLambda(node: SyntaxNode, text: TextOf): Expr {
  const body = childByField(node, "body");
  return {
    kind: "lambda",
    start: node.start,
    end: node.end,
    parameters: lowerParameters(childByField(node, "parameters"), text),
    body: body === undefined ? { kind: "other", start: node.start, parts: [] } : lowerExpression(body, text),
  };
}

function lowerWalrus(node: SyntaxNode, text: TextOf): Expr {
  const name = childByField(node, "name");
  const value = childByField(node, "value");
  if (name === undefined || value === undefined) return { kind: "other", start: node.start, parts: [] };
  return { kind: "walrus", start: node.start, name: text(name), value: lowerExpression(value, text) };
}

function lowerComprehension(of: "list" | "set" | "dict" | "generator", node: SyntaxNode, text: TextOf): Expr {
  const clauses: (ComprehensionClause & { conditions: Expr[] })[] = [];
  for (const child of node.children) {
    if (child.type === "for_in_clause") {
      const target = childByField(child, "left");
      const [iterable, ...more] = childrenByField(child, "right");
      if (target === undefined || iterable === undefined) continue;
      clauses.push({
        target: lowerExpression(target, text),
        iterable: lowerExpression(iterable, text),
        isAsync: child.children[0]?.type === "async",
        conditions: more.map((extra) => lowerExpression(extra, text)),
      });
    } else if (child.type === "if_clause") {
      for (const condition of child.children)
        clauses.at(-1)?.conditions.push(lowerExpression(condition, text));
    }
  }
  const body = childByField(node, "body");
  const [key, value] = body?.type === "pair" ? body.children : [body];
  const nothing: Expr = { kind: "other", start: node.start, parts: [] };
  return {
    kind: "comprehension",
    start: node.start,
    end: node.end,
    of,
    element: key === undefined ? nothing : lowerExpression(key, text),
    value: value === undefined ? null : lowerExpression(value, text),
    clauses,
  };
}

/** Parameters of a function or lambda, in order; markers (`/`, `*`) only change the kind of what follows. */
export function lowerParameters(list: SyntaxNode | undefined, text: TextOf): Parameter[] {
  const parameters: Parameter[] = [];
  let kind: Parameter["kind"] = "positional";
  for (const child of list?.children ?? []) {
    const lowered = lowerParameter(child, kind, text);
    if (child.type === "keyword_separator" || lowered?.kind === "args") kind = "keyword-only";
    if (lowered !== null) parameters.push(lowered);
  }
  return parameters;
}

function lowerParameter(node: SyntaxNode, kind: Parameter["kind"], text: TextOf): Parameter | null {
  const type = childByField(node, "type");
  const value = childByField(node, "value");
  const annotation = type === undefined ? null : lowerExpression(type, text);
  const fallback = value === undefined ? null : lowerExpression(value, text);
  switch (node.type) {
    case "identifier":
      return { name: text(node), kind, annotation: null, default: null };
    case "default_parameter":
    case "typed_default_parameter": {
      const name = childByField(node, "name");
      return name === undefined ? null : { name: text(name), kind, annotation, default: fallback };
    }
    case "typed_parameter": {
      const [inner] = node.children;
      const bare = inner === undefined ? null : lowerParameter(inner, kind, text);
      return bare === null ? null : { ...bare, annotation };
    }
    case "list_splat_pattern":
    case "dictionary_splat_pattern": {
      const name = node.children.find((child) => child.type === "identifier");
      if (name === undefined) return null;
      const starred = node.type === "list_splat_pattern" ? "args" : "kwargs";
      return { name: text(name), kind: starred, annotation: null, default: null };
    }
    default:
      return null;
  }
}
