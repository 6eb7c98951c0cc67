// What a call says of the parameters of the function it calls: literals, objects that are certainly there, defaults left alone.
import type { CallExpr, Expr, Parameter, Statement } from "../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import type { Frame } from "./frame.ts";
import type { FunctionInfo } from "./function-info.ts";
import { isDatabaseHandle } from "./orm/database-handle.ts";
import { type Constants, literalOf, OBJECT } from "./test-truth.ts";
import type { Value } from "./value.ts";

const NOTHING: Constants = new Map();

/** A call whose arguments are its own, as it is written. */
export interface WrittenCall {
  readonly expr: CallExpr;
  /** True where the first parameter is bound already. */
  readonly hasReceiver: boolean;
  /** Arguments that are certainly a session, a connection or an engine, and so neither None nor false. */
  readonly objects: ReadonlySet<Expr>;
}

/** What the code around a call knows. */
export interface Caller {
  /** Literals that names hold wherever the caller uses them. */
  readonly constants: Constants;
  /** What `**` of this name may give: keywords that nobody passes are left out. */
  readonly spread: { readonly name: string; readonly keywords: ReadonlySet<string> } | null;
}

/**
 * Literals that parameters hold when this call enters the function. Decorators may pass what the call does not, so that
 * decorated functions have none.
 */
export function constantArguments(fn: FunctionInfo, written: WrittenCall, caller: Caller | null): Constants {
  if (fn.isLambda || !isPlain(fn)) return NOTHING;
  const { expr, hasReceiver } = written;
  const star = expr.args.findIndex(({ kind }) => kind === "star");
  const spread = expr.keywords.filter(({ name }) => name === null).map(({ value }) => value);
  const isSpreadKnown = spread.every((value) => value.kind === "name" && value.id === caller?.spread?.name);
  const given = star === -1 ? expr.args : expr.args.slice(0, star);
  const args = hasReceiver ? [null, ...given] : given;
  const named = new Map(expr.keywords.map(({ name, value }) => [name, value]));
  const mayBeGiven = ({ kind, name }: Parameter): boolean => {
    if (star !== -1 && kind === "positional") return true;
    return spread.length > 0 && (!isSpreadKnown || caller?.spread?.keywords.has(name) === true);
  };
  const constants = new Map<string, string>();
  for (const [index, parameter] of fn.parameters.entries()) {
    const { kind, name } = parameter;
    if (kind === "args" || kind === "kwargs") continue;
    const value = (kind === "positional" ? args[index] : undefined) ?? named.get(name);
    const isReceiver = hasReceiver && index === 0;
    if (value === undefined && (isReceiver || mayBeGiven(parameter))) continue;
    const text = value === undefined ? literalOf(parameter.default) : saidOf(value, written, caller);
    if (text !== null) constants.set(name, text);
  }
  return constants;
}

function saidOf(value: Expr, { objects }: WrittenCall, caller: Caller | null): string | null {
  const known = value.kind === "name" ? caller?.constants.get(value.id) : undefined;
  return known ?? literalOf(value) ?? (objects.has(value) ? OBJECT : null);
}

function isPlain(fn: FunctionInfo): boolean {
  const isBuiltin = (name: string): boolean =>
    name === "builtins.staticmethod" || name === "builtins.classmethod";
  return fn.decoratorNames.every(isBuiltin) && fn.decorators.length === fn.decoratorNames.length;
}

/** The arguments that are certainly sessions, connections or engines. */
export function objectArguments(
  frame: Frame,
  { args, keywords }: CallExpr,
  values: readonly Value[],
  named: ReadonlyMap<string, Value>,
): ReadonlySet<Expr> {
  const found = new Set<Expr>();
  const note = (expr: Expr, value: Value): void => {
    if (value.length === 0 || !value.every(isDatabaseHandle)) return;
    if (expr.kind === "name" && frame.fn !== null && certainNames(frame.fn).has(expr.id)) found.add(expr);
  };
  for (const [index, expr] of args.entries()) note(expr, values[index] ?? []);
  for (const { name, value } of keywords) if (name !== null) note(value, named.get(name) ?? []);
  return found;
}

const certain = new WeakMap<FunctionInfo, ReadonlySet<string>>();

/** Names that only `with` and calls bind, and parameters that have no None among what they are declared to be. */
function certainNames(fn: FunctionInfo): ReadonlySet<string> {
  const known = certain.get(fn);
  if (known !== undefined) return known;
  const bound = new Map<string, boolean>();
  const bind = (target: Expr | null, isCertain: boolean): void => {
    if (target !== null)
      visitExpressions(target, (part) => {
        if (part.kind === "name") bound.set(part.id, isCertain && bound.get(part.id) !== false);
      });
  };
  for (const { annotation, default: fallback, name } of fn.parameters)
    bound.set(name, !mayBeNone(annotation) && (fallback === null || fallback.kind === "call"));
  visitStatements(fn.body, (statement) => bindStatement(statement, bind));
  const found = new Set([...bound].flatMap(([name, isCertain]) => (isCertain ? [name] : [])));
  certain.set(fn, found);
  return found;
}

function bindStatement(statement: Statement, bind: (target: Expr | null, isCertain: boolean) => void): void {
  if (statement.kind === "with") for (const { target } of statement.items) bind(target, true);
  else if (statement.kind === "assign")
    for (const target of statement.targets) bind(target, statement.value?.kind === "call");
  else if (statement.kind === "for" || statement.kind === "augmented") bind(statement.target, false);
  for (const expr of expressionsOf(statement))
    visitExpressions(expr, (part) => {
      if (part.kind === "walrus")
        bind({ kind: "name", start: part.start, id: part.name }, part.value.kind === "call");
    });
}

/** `Optional[Session]`, `Session | None`; without an annotation nobody says. */
function mayBeNone(annotation: Expr | null): boolean {
  if (annotation === null) return true;
  let found = annotation.kind === "string";
  visitExpressions(annotation, (part) => {
    if (part.kind === "constant" && part.text === "None") found = true;
    if (
      (part.kind === "name" && part.id === "Optional") ||
      (part.kind === "attribute" && part.name === "Optional")
    )
      found = true;
  });
  return found;
}
