import type { Expr } from "../../../model/code.ts";
import { visitExpressions } from "../../../text/visit-code.ts";
import { constantText, descend, type Reading } from "./constant-text.ts";

/**
 * The requirements files that an expression names: `open("requirements.txt")`, `here / "requirements" / "base.txt"`,
 * `os.path.join(here, "requirements", name)`. Parts that are not constant (`here`) count as the folder of setup.py.
 */
export function namedFiles(expr: Expr, reading: Reading): string[] {
  const files = new Set<string>();
  const inner = new Set<Expr>();
  visitExpressions(expr, (part) => {
    if (inner.has(part)) return;
    if (
      part.kind === "call" &&
      part.callee.kind === "name" &&
      reading.bindings.functions.has(part.callee.id)
    ) {
      // What the function does with its arguments is seen where it is looked into.
      visitExpressions(part, (used) => inner.add(used));
      return;
    }
    const pieces = piecesOf(part, reading);
    const path = pieces.join("/");
    if (!/[^/]\.(txt|in|pip)$/i.test(path) || /[\s<>=*]/.test(path)) return;
    files.add(path);
    // What a path is made of is no path of its own.
    visitExpressions(part, (used) => inner.add(used));
  });
  return [...files];
}

/** The constant pieces of a path expression, in order. */
function piecesOf(expr: Expr, reading: Reading): string[] {
  if (expr.kind === "star") return expr.operands.flatMap((operand) => piecesOf(operand, reading));
  const text = constantText(expr, reading);
  if (text !== null) return [text];
  return descend<string[]>(reading, [], () => innerPieces(expr, reading));
}

function innerPieces(expr: Expr, reading: Reading): string[] {
  if (expr.kind === "name") {
    const locals = reading.locals.get(expr.id);
    if (locals !== undefined) return locals.flatMap((value) => constantText(value, reading) ?? []);
    // `folder = Path(__file__).parent / "requirements"`
    const values = reading.bindings.values.get(expr.id) ?? [];
    return values.length === 1 ? values.flatMap((value) => piecesOf(value, reading)) : [];
  }
  if (expr.kind === "binary" && expr.operator === "/") {
    return expr.operands.flatMap((operand) => piecesOf(operand, reading));
  }
  if (expr.kind === "call") {
    const name =
      expr.callee.kind === "attribute" ? expr.callee.name : expr.callee.kind === "name" ? expr.callee.id : "";
    const base =
      expr.callee.kind === "attribute" && name === "joinpath" ? piecesOf(expr.callee.base, reading) : [];
    if (["join", "joinpath", "Path", "abspath", "str"].includes(name)) {
      return [...base, ...expr.args.flatMap((argument) => piecesOf(argument, reading))];
    }
  }
  return [];
}
