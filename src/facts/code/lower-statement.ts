// Lowers statements of the syntax tree to code facts. Docstrings and `pass` leave nothing behind.
import type {
  AssignStatement,
  ClassStatement,
  Expr,
  FunctionStatement,
  ImportStatement,
  LoopStatement,
  MatchStatement,
  Statement,
  TryStatement,
  WithStatement,
} from "../../model/code.ts";
import { childByField, childrenByField, type SyntaxNode } from "../../syntax/syntax-node.ts";
import { lowerArguments, lowerExpression, lowerParameters, type TextOf } from "./lower-expression.ts";

/** Lowers the statements of a module or block, in order. */
export function lowerBlock(block: SyntaxNode | undefined, text: TextOf): Statement[] {
  return (block?.children ?? []).flatMap((child) => lowerStatement(child, text));
}

function lowerStatement(node: SyntaxNode, text: TextOf): Statement[] {
  const { start } = node;
  const expr = (child: SyntaxNode): Expr => lowerExpression(child, text);
  switch (node.type) {
    case "expression_statement":
      return node.children.flatMap((child) => lowerExpressionStatement(child, text));
    case "decorated_definition":
      return lowerDecorated(node, text);
    case "function_definition":
      return [lowerFunction(node, [], text)];
    case "class_definition":
      return [lowerClass(node, [], text)];
    case "import_statement":
    case "import_from_statement":
    case "future_import_statement":
      return lowerImport(node, text);
    case "return_statement":
      return [
        { kind: "return", start, value: node.children[0] === undefined ? null : expr(node.children[0]) },
      ];
    case "if_statement":
      return lowerIf(node, childrenByField(node, "alternative"), text);
    case "for_statement":
      return [lowerFor(node, text)];
    case "while_statement": {
      const test = childByField(node, "condition");
      if (test === undefined) return lowerBlock(childByField(node, "body"), text);
      const body = lowerBlock(childByField(node, "body"), text);
      return [{ kind: "while", start, end: node.end, test: expr(test), body, orelse: lowerElse(node, text) }];
    }
    case "with_statement":
      return [lowerWith(node, text)];
    case "try_statement":
      return [lowerTry(node, text)];
    case "match_statement":
      return [lowerMatch(node, text)];
    case "global_statement":
    case "nonlocal_statement":
      return [
        {
          kind: node.type === "global_statement" ? "global" : "nonlocal",
          start,
          names: node.children.map(text),
        },
      ];
    case "raise_statement":
      return [
        { kind: "raise", start, values: node.children.filter((child) => child.type !== "from").map(expr) },
      ];
    case "delete_statement":
      return [{ kind: "delete", start, values: node.children.map(expr) }];
    case "assert_statement":
      return [{ kind: "assert", start, values: node.children.map(expr) }];
    case "break_statement":
      return [{ kind: "break", start, values: [] }];
    case "pass_statement":
    case "continue_statement":
    case "comment":
      return [];
    case "type_alias_statement": {
      const left = childByField(node, "left");
      const right = childByField(node, "right");
      if (left === undefined || right === undefined) return [];
      return [
        { kind: "assign", start, end: node.end, targets: [expr(left)], annotation: null, value: expr(right) },
      ];
    }
    case "ERROR":
    case "block":
    case "module":
      return lowerRecovered(node, text);
    default:
      return [{ kind: "other", start, values: node.children.map(expr) }];
  }
}

/** What the grammar could still make out inside a region it could not follow: whole statements, else expressions. */
function lowerRecovered(node: SyntaxNode, text: TextOf): Statement[] {
  return node.children.flatMap((child) =>
    /_statement$|_definition$|^block$|^ERROR$/.test(child.type)
      ? lowerStatement(child, text)
      : [{ kind: "other" as const, start: child.start, values: [lowerExpression(child, text)] }],
  );
}

function lowerExpressionStatement(node: SyntaxNode, text: TextOf): Statement[] {
  const { start } = node;
  if (node.type === "assignment") return [lowerAssignment(node, text)];
  if (node.type === "augmented_assignment") {
    const target = childByField(node, "left");
    const value = childByField(node, "right");
    const operator = childByField(node, "operator");
    if (target === undefined || value === undefined) return [];
    return [
      {
        kind: "augmented",
        start,
        target: lowerExpression(target, text),
        operator: operator === undefined ? "" : text(operator),
        value: lowerExpression(value, text),
      },
    ];
  }
  const value = lowerExpression(node, text);
  const isDocstring = value.kind === "string" && value.parts.every((part) => typeof part === "string");
  return isDocstring ? [] : [{ kind: "expression", start, value }];
}

/** `a = b = value` nests to the right in the grammar; the fact has all targets and one value. */
function lowerAssignment(node: SyntaxNode, text: TextOf): AssignStatement {
  const targets: Expr[] = [];
  let current: SyntaxNode = node;
  for (;;) {
    const left = childByField(current, "left");
    if (left !== undefined) targets.push(lowerExpression(left, text));
    const right = childByField(current, "right");
    if (right?.type === "assignment") {
      current = right;
      continue;
    }
    const type = childByField(current, "type");
    return {
      kind: "assign",
      start: node.start,
      end: node.end,
      targets,
      annotation: type === undefined ? null : lowerExpression(type, text),
      value: right === undefined ? null : lowerExpression(right, text),
    };
  }
}

function lowerDecorated(node: SyntaxNode, text: TextOf): Statement[] {
  const definition = childByField(node, "definition");
  const decorators = node.children
    .filter((child) => child.type === "decorator")
    .flatMap((decorator) => decorator.children.slice(0, 1))
    .map((expression) => lowerExpression(expression, text));
  if (definition === undefined) return [];
  return definition.type === "class_definition"
    ? [lowerClass(definition, decorators, text)]
    : [lowerFunction(definition, decorators, text)];
}

function lowerFunction(node: SyntaxNode, decorators: Expr[], text: TextOf): FunctionStatement {
  const name = childByField(node, "name");
  const returns = childByField(node, "return_type");
  const body = childByField(node, "body");
  return {
    kind: "function",
    start: node.start,
    end: node.end,
    name: name === undefined ? "" : text(name),
    isAsync: node.children.some((child) => child.type === "async"),
    isGenerator: body !== undefined && hasYield(body),
    decorators,
    parameters: lowerParameters(childByField(node, "parameters"), text),
    returns: returns === undefined ? null : lowerExpression(returns, text),
    body: lowerBlock(body, text),
  };
}

function hasYield(node: SyntaxNode): boolean {
  return node.children.some(
    (child) =>
      child.type === "yield" ||
      (child.type !== "function_definition" && child.type !== "lambda" && hasYield(child)),
  );
}

function lowerClass(node: SyntaxNode, decorators: Expr[], text: TextOf): ClassStatement {
  const name = childByField(node, "name");
  const { args, keywords } = lowerArguments(childByField(node, "superclasses"), text);
  return {
    kind: "class",
    start: node.start,
    end: node.end,
    name: name === undefined ? "" : text(name),
    decorators,
    bases: args,
    keywords,
    body: lowerBlock(childByField(node, "body"), text),
  };
}

function lowerImport(node: SyntaxNode, text: TextOf): ImportStatement[] {
  const { start } = node;
  const moduleNode = childByField(node, "module_name");
  const source =
    node.type === "future_import_statement" ? "__future__" : moduleNode === undefined ? "" : text(moduleNode);
  const dotted = source.replace(/\s+/g, "");
  const level = /^\.*/.exec(dotted)?.[0].length ?? 0;
  const module = dotted.slice(level);
  if (node.type !== "import_statement" && node.children.some((child) => child.type === "wildcard_import"))
    return [{ kind: "import", start, module, level, name: "*", alias: null }];
  return childrenByField(node, "name").map((child) => {
    const named = child.type === "aliased_import" ? childByField(child, "name") : child;
    const alias = child.type === "aliased_import" ? childByField(child, "alias") : undefined;
    const name = named === undefined ? "" : text(named).replace(/\s+/g, "");
    const aliasText = alias === undefined ? null : text(alias);
    return node.type === "import_statement"
      ? { kind: "import", start, module: name, level: 0, name: null, alias: aliasText }
      : { kind: "import", start, module, level, name, alias: aliasText };
  });
}

/** `elif` branches are nested in one another, but no deeper than this: generated code has thousands. */
const MAX_ELIF = 100;

function lowerIf(
  node: SyntaxNode,
  alternatives: readonly SyntaxNode[],
  text: TextOf,
  depth = 0,
): Statement[] {
  const test = childByField(node, "condition");
  const body = lowerBlock(childByField(node, "consequence"), text);
  if (test === undefined) return body;
  const orelse = lowerAlternatives(alternatives, text, depth + 1);
  return [{ kind: "if", start: node.start, test: lowerExpression(test, text), body, orelse }];
}

/** Past the bound, branches stand side by side, as if several of them could run. */
function lowerAlternatives(alternatives: readonly SyntaxNode[], text: TextOf, depth: number): Statement[] {
  const [next, ...rest] = alternatives;
  if (next === undefined) return [];
  if (next.type !== "elif_clause") return lowerBlock(childByField(next, "body"), text);
  if (depth < MAX_ELIF) return lowerIf(next, rest, text, depth);
  return alternatives.flatMap((one) =>
    one.type === "elif_clause" ? lowerIf(one, [], text, depth) : lowerBlock(childByField(one, "body"), text),
  );
}

function lowerElse(node: SyntaxNode, text: TextOf): Statement[] {
  const alternative = childByField(node, "alternative");
  return alternative === undefined ? [] : lowerBlock(childByField(alternative, "body"), text);
}

function lowerFor(node: SyntaxNode, text: TextOf): LoopStatement {
  const target = childByField(node, "left");
  const iterables = childrenByField(node, "right");
  const nothing: Expr = { kind: "other", start: node.start, parts: [] };
  const [iterable] = iterables;
  return {
    kind: "for",
    start: node.start,
    end: node.end,
    isAsync: node.children[0]?.type === "async",
    target: target === undefined ? nothing : lowerExpression(target, text),
    iterable: iterable === undefined ? nothing : lowerExpression(iterable, text),
    body: lowerBlock(childByField(node, "body"), text),
    orelse: lowerElse(node, text),
  };
}

function lowerWith(node: SyntaxNode, text: TextOf): WithStatement {
  const clause = node.children.find((child) => child.type === "with_clause");
  const items = (clause?.children ?? []).flatMap((item) => withItems(item, text));
  return {
    kind: "with",
    start: node.start,
    isAsync: node.children[0]?.type === "async",
    items,
    body: lowerBlock(childByField(node, "body"), text),
  };
}

/** `with (a as b, c as d):` may be parsed as one item that holds a tuple. */
function withItems(item: SyntaxNode, text: TextOf): { context: Expr; target: Expr | null }[] {
  const value = childByField(item, "value") ?? item;
  if (value.type === "tuple" || value.type === "parenthesized_expression") {
    const inner = value.children.filter((child) => child.type === "as_pattern");
    if (inner.length > 0) return value.children.flatMap((child) => withItems(child, text));
  }
  if (value.type !== "as_pattern") return [{ context: lowerExpression(value, text), target: null }];
  const [context] = value.children;
  const alias = childByField(value, "alias");
  if (context === undefined) return [];
  return [
    {
      context: lowerExpression(context, text),
      target: alias === undefined ? null : lowerExpression(alias, text),
    },
  ];
}

function lowerTry(node: SyntaxNode, text: TextOf): TryStatement {
  const blockOf = (clause: SyntaxNode | undefined): SyntaxNode | undefined =>
    clause?.children.find((child) => child.type === "block");
  const handlers = node.children
    .filter((child) => child.type === "except_clause" || child.type === "except_group_clause")
    .map((clause) => {
      const value = childByField(clause, "value") ?? clause.children.find((child) => child.type !== "block");
      const isNamed = value?.type === "as_pattern";
      const types = isNamed ? value.children[0] : value;
      const alias = isNamed ? childByField(value, "alias") : undefined;
      return {
        types: types === undefined ? null : lowerExpression(types, text),
        name: alias === undefined ? null : text(alias),
        body: lowerBlock(blockOf(clause), text),
      };
    });
  const elseClause = node.children.find((child) => child.type === "else_clause");
  return {
    kind: "try",
    start: node.start,
    body: lowerBlock(childByField(node, "body"), text),
    handlers,
    orelse: elseClause === undefined ? [] : lowerBlock(childByField(elseClause, "body"), text),
    finally: lowerBlock(blockOf(node.children.find((child) => child.type === "finally_clause")), text),
  };
}

function lowerMatch(node: SyntaxNode, text: TextOf): MatchStatement {
  const subject = childByField(node, "subject");
  const cases = (childByField(node, "body")?.children ?? []).filter((child) => child.type === "case_clause");
  return {
    kind: "match",
    start: node.start,
    subject:
      subject === undefined
        ? { kind: "other", start: node.start, parts: [] }
        : lowerExpression(subject, text),
    cases: cases.map((clause) => {
      const guard = childByField(clause, "guard")?.children[0];
      const patterns = clause.children.filter((child) => child.type === "case_pattern");
      return {
        binds: patterns.flatMap((pattern) => boundNames(pattern, text)),
        guard: guard === undefined ? null : lowerExpression(guard, text),
        body: lowerBlock(childByField(clause, "consequence"), text),
      };
    }),
  };
}

/** Capture patterns are bare names; dotted names and class names are looked up, not bound. */
function boundNames(pattern: SyntaxNode, text: TextOf): string[] {
  if (pattern.type === "dotted_name") return pattern.children.length === 1 ? [text(pattern)] : [];
  if (pattern.type === "as_pattern" || pattern.type === "splat_pattern")
    return pattern.children.flatMap((child) =>
      child.type === "identifier" ? [text(child)] : boundNames(child, text),
    );
  const inner = pattern.type === "class_pattern" ? pattern.children.slice(1) : pattern.children;
  return inner.flatMap((child) => boundNames(child, text));
}
