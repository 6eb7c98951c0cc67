// Code written anew from its facts: one line, no comments, one kind of quotes. Long enough to tell expressions apart, not meant to run.
import type { Expr } from "../model/code.ts";

/** Expressions nested deeper than this are cut: hostile code must not exhaust the stack. */
const MAX_DEPTH = 40;

/** An expression as text that is the same however it is laid out. */
export function writtenForm(expr: Expr, depth = 0): string {
  if (depth > MAX_DEPTH) return "…";
  const form = (part: Expr): string => writtenForm(part, depth + 1);
  const list = (parts: readonly Expr[]): string => parts.map(form).join(", ");
  switch (expr.kind) {
    case "name":
      return expr.id;
    case "constant":
      return expr.text;
    case "attribute":
      return `${form(expr.base)}.${expr.name}`;
    case "call": {
      const keywords = expr.keywords.map(({ name, value }) =>
        name === null ? `**${form(value)}` : `${name}=${form(value)}`,
      );
      return `${form(expr.callee)}(${[...expr.args.map(form), ...keywords].join(", ")})`;
    }
    case "string":
      return `"${expr.parts.map((part) => (typeof part === "string" ? part : `{${form(part)}}`)).join("")}"`;
    case "list":
      return `[${list(expr.items)}]`;
    case "tuple":
      return `(${list(expr.items)})`;
    case "set":
      return `{${list(expr.items)}}`;
    case "dict":
      return `{${expr.entries
        .map(({ key, value }) => (key === null ? `**${form(value)}` : `${form(key)}: ${form(value)}`))
        .join(", ")}}`;
    case "subscript":
      return `${form(expr.base)}[${list(expr.indices)}]`;
    case "slice":
      return [expr.lower, expr.upper, expr.step].map((part) => (part === null ? "" : form(part))).join(":");
    case "conditional":
      return `${form(expr.whenTrue)} if ${form(expr.test)} else ${form(expr.whenFalse)}`;
    case "lambda":
      return `lambda ${expr.parameters.map(({ name }) => name).join(", ")}: ${form(expr.body)}`;
    case "comprehension":
      return comprehensionForm(expr, form);
    case "walrus":
      return `${expr.name} := ${form(expr.value)}`;
    case "other":
      return `(${list(expr.parts)})`;
    default:
      return operatorForm(expr, form);
  }
}

function comprehensionForm(
  expr: Extract<Expr, { kind: "comprehension" }>,
  form: (part: Expr) => string,
): string {
  const head = expr.value === null ? form(expr.element) : `${form(expr.element)}: ${form(expr.value)}`;
  const clauses = expr.clauses.map(({ target, iterable, isAsync, conditions }) => {
    const tests = conditions.map((condition) => ` if ${form(condition)}`).join("");
    return ` ${isAsync ? "async " : ""}for ${form(target)} in ${form(iterable)}${tests}`;
  });
  const [open, close] = expr.of === "list" ? ["[", "]"] : expr.of === "generator" ? ["(", ")"] : ["{", "}"];
  return `${open}${head}${clauses.join("")}${close}`;
}

type Operator = "await" | "yield" | "yield-from" | "star" | "unary" | "binary" | "boolean" | "comparison";

function operatorForm(expr: Extract<Expr, { kind: Operator }>, form: (part: Expr) => string): string {
  const operands = expr.operands.map(form);
  switch (expr.kind) {
    case "await":
    case "yield":
      return [expr.kind, ...operands].join(" ");
    case "yield-from":
      return ["yield from", ...operands].join(" ");
    case "star":
      return `*${operands.join("")}`;
    case "unary":
      return `${expr.operator} ${operands.join("")}`;
    default:
      return operands.join(` ${expr.operator} `);
  }
}
