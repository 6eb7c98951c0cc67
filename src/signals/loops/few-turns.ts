// Loops whose turns are no rows: values that the code itself names, and batches, pages or attempts.
import type { ModuleInfo } from "../../evaluation/module-info.ts";
import type { Expr } from "../../model/code.ts";
import { bindingsOf } from "./bindings.ts";

/** Names that stand for names: further than this nobody writes constants. */
const MAX_STEPS = 4;

const WRAPPERS = /^(?:enumerate|sorted|reversed|list|tuple|set|frozenset|iter|tqdm|zip)$/;

/** True for as many turns as the code itself names: literals, constants, `range(3)`, and names that are bound to nothing else. */
export function isBounded(module: ModuleInfo, expr: Expr, steps = 0): boolean {
  const bounded = (part: Expr): boolean => isBounded(module, part, steps);
  switch (expr.kind) {
    case "list":
    case "tuple":
    case "set":
      return expr.items.every((item) => item.kind !== "star" || item.operands.every(bounded));
    case "dict":
    case "string":
      return true;
    case "name":
      // A constant, or a class: the members of an enumeration.
      return /^_?[A-Z]/.test(expr.id) || isBoundName(module, expr.id, expr.start, steps);
    case "attribute":
      return /^_?[A-Z][A-Z0-9_]+$/.test(expr.name) || expr.name === "databases";
    case "call":
      return isBoundedCall(expr, bounded);
    case "comprehension":
      return expr.clauses.every(({ iterable }) => bounded(iterable));
    case "conditional":
      return bounded(expr.whenTrue) && bounded(expr.whenFalse);
    case "binary":
      return expr.operator === "+" && expr.operands.every(bounded);
    default:
      return false;
  }
}

function isBoundName(module: ModuleInfo, name: string, offset: number, steps: number): boolean {
  if (steps >= MAX_STEPS) return false;
  const bindings = bindingsOf(module, name, offset);
  return (
    bindings.length > 0 &&
    bindings.every(({ value }) => value !== null && !isEmpty(value) && isBounded(module, value, steps + 1))
  );
}

/** What starts empty is filled by somebody. */
function isEmpty(expr: Expr): boolean {
  if (expr.kind === "dict") return expr.entries.length === 0;
  return (expr.kind === "list" || expr.kind === "tuple") && expr.items.length === 0;
}

function isBoundedCall(
  { callee, args }: Extract<Expr, { kind: "call" }>,
  bounded: (expr: Expr) => boolean,
): boolean {
  const [first] = args;
  if (callee.kind === "attribute") {
    if (callee.name === "cast") return args[1] !== undefined && bounded(args[1]);
    return (
      /^(?:items|keys|values|get_models|get_app_configs|all_tables)$/.test(callee.name) &&
      bounded(callee.base)
    );
  }
  if (callee.kind !== "name") return false;
  if (callee.id === "cast") return args[1] !== undefined && bounded(args[1]);
  // With a step, each turn handles a slice.
  if (callee.id === "range")
    return args.length === 3 || args.every((arg) => arg.kind === "constant" || bounded(arg));
  return WRAPPERS.test(callee.id) && first !== undefined && bounded(first);
}

const BATCH =
  /(?:^|_)(?:batch|batches|batched|chunk|chunks|chunked|page|pages|slices|page_range|retries|attempts?|tries)(?:_|$)/i;

/** Turns that each handle many rows, or try again, by their names: one query each is how it is done. */
export function isBatch(expr: Expr): boolean {
  switch (expr.kind) {
    case "name":
      return BATCH.test(expr.id);
    case "attribute":
      return BATCH.test(expr.name) || isBatch(expr.base);
    case "call":
      return isBatch(expr.callee) || expr.args.some((arg) => arg.kind !== "call" && isBatch(arg));
    case "tuple":
      return expr.items.some(isBatch);
    default:
      return false;
  }
}
