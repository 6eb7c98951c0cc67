// Branches of a function that one call of it cannot enter: `if save:` where the call says `save=False`, or leaves the default `None`.
import type { Expr, Parameter, Statement } from "../model/code.ts";
import { blocksOf, expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import type { FunctionInfo } from "./function-info.ts";

/** Offsets of code in the function's file, the second one excluded. */
export type CodeRange = readonly [start: number, end: number];

type Constants = ReadonlyMap<string, "True" | "False" | "None">;

const NONE: readonly CodeRange[] = [];
const rebound = new WeakMap<FunctionInfo, ReadonlySet<string>>();

/**
 * Code that does not run when `call` calls the function. Only literal True, False and None count, of parameters that the body
 * never binds anew; a decorator may pass what the call does not, so decorated functions have none.
 *
 * @param hasReceiver true where the first parameter is bound already.
 */
export function shutBranches(
  fn: FunctionInfo,
  call: Expr | undefined,
  hasReceiver: boolean,
): readonly CodeRange[] {
  if (call?.kind !== "call" || fn.isLambda || !fn.decoratorNames.every(isPlain)) return NONE;
  if (fn.decorators.length > fn.decoratorNames.length) return NONE;
  if (call.args.some(({ kind }) => kind === "star") || call.keywords.some(({ name }) => name === null))
    return NONE;
  const args = hasReceiver ? [null, ...call.args] : call.args;
  const named = new Map(call.keywords.map(({ name, value }) => [name, value]));
  const constants = new Map<string, "True" | "False" | "None">();
  for (const [index, parameter] of fn.parameters.entries()) {
    const text = literal(argumentOf(parameter, args[index], named));
    if (text !== null && !reboundNames(fn).has(parameter.name)) constants.set(parameter.name, text);
  }
  if (constants.size === 0) return NONE;
  const found: CodeRange[] = [];
  collect(fn.body, fn.end, constants, found);
  return found;
}

/** True where code at an offset is in one of the ranges. */
export function isShut(ranges: readonly CodeRange[], offset: number): boolean {
  return ranges.some(([start, end]) => start <= offset && offset < end);
}

function isPlain(name: string): boolean {
  return name === "builtins.staticmethod" || name === "builtins.classmethod";
}

function argumentOf(
  { name, kind, default: fallback }: Parameter,
  given: Expr | null | undefined,
  named: ReadonlyMap<string | null, Expr>,
): Expr | null {
  if (kind === "args" || kind === "kwargs") return null;
  const value = kind === "positional" ? given : undefined;
  return value === undefined ? (named.get(name) ?? fallback) : value;
}

function literal(expr: Expr | null): "True" | "False" | "None" | null {
  if (expr?.kind !== "constant") return null;
  return expr.text === "True" || expr.text === "False" || expr.text === "None" ? expr.text : null;
}

/** Names that a body binds, those of functions inside it included. */
function reboundNames(fn: FunctionInfo): ReadonlySet<string> {
  const known = rebound.get(fn);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const addTargets = (target: Expr | null): void => {
    if (target !== null) visitExpressions(target, (part) => part.kind === "name" && names.add(part.id));
  };
  visitStatements(fn.body, (statement) => {
    if (statement.kind === "assign") for (const target of statement.targets) addTargets(target);
    else if (statement.kind === "augmented" || statement.kind === "for") addTargets(statement.target);
    else if (statement.kind === "with") for (const { target } of statement.items) addTargets(target);
    else if (statement.kind === "try") for (const { name } of statement.handlers) names.add(name ?? "");
    else if (statement.kind === "match")
      for (const { binds } of statement.cases) for (const name of binds) names.add(name);
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => part.kind === "walrus" && names.add(part.name));
  });
  rebound.set(fn, names);
  return names;
}

/** Adds the branches of a block that ends at an offset; what is shut is not looked into. */
function collect(block: readonly Statement[], end: number, constants: Constants, found: CodeRange[]): void {
  for (const [index, statement] of block.entries()) {
    if (statement.kind === "function" || statement.kind === "class") continue;
    const after = block[index + 1]?.start ?? end;
    const truth = statement.kind === "if" ? truthOf(statement.test, constants) : null;
    const blocks = blocksOf(statement).filter(({ length }) => length > 0);
    for (const [at, inner] of blocks.entries()) {
      const start = inner[0]?.start ?? after;
      const stop = blocks[at + 1]?.[0]?.start ?? after;
      const isBody = statement.kind === "if" && inner === statement.body;
      if (truth !== null && truth !== isBody) found.push([start, stop]);
      else collect(inner, stop, constants, found);
    }
  }
}

function truthOf(test: Expr, constants: Constants): boolean | null {
  if (test.kind === "name") {
    const text = constants.get(test.id);
    return text === undefined ? null : text === "True";
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
  return test.kind === "comparison" ? isNoneTest(test.operator, test.operands, constants) : null;
}

/** `name is None`, `name is not None`. */
function isNoneTest(operator: string, [left, right]: readonly Expr[], constants: Constants): boolean | null {
  if (left?.kind !== "name" || right?.kind !== "constant" || right.text !== "None") return null;
  const text = constants.get(left.id);
  if (text === undefined || (operator !== "is" && operator !== "is not")) return null;
  return (text === "None") === (operator === "is");
}
