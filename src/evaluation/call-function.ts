// Calls of functions of the repository: parameters are bound, the body is evaluated once per context, results remembered.
import { handOverForm } from "../knowledge/async-tools.ts";
import type { Expr, Parameter } from "../model/code.ts";
import { annotatedValue } from "./annotation.ts";
import { joinAll, joinValues, mapping, sequence } from "./atoms.ts";
import { flowOfCall, type ToldFlow } from "./call-flow.ts";
import { defaultReceivers } from "./default-receiver.ts";
import { evaluate } from "./evaluate-expression.ts";
import { evaluateBlock } from "./evaluate-statement.ts";
import { fixtureParameter } from "./fixture-parameter.ts";
import type { Environment, Frame } from "./frame.ts";
import { isInAsync } from "./frame.ts";
import { type FunctionContext, functionContext } from "./function-context.ts";
import type { FunctionInfo } from "./function-info.ts";
import { asGiven, passReads } from "./given-instances.ts";
import { forgetOrigins } from "./instances-in-scope.ts";
import { consume } from "./orm/build-query.ts";
import { declaredRows, noteFilled } from "./orm/django/given-rows.ts";
import { plainReceiver, withReceiver } from "./orm/django/plain-receiver.ts";
import { frameworkParameter } from "./orm/framework-parameter.ts";
import { provideDependency } from "./orm/provide-dependency.ts";
import { kitParameter } from "./orm/sqlalchemy/testing-kit.ts";
import { preferPassed, withoutFetched } from "./prefer-passed.ts";
import type { Query } from "./query.ts";
import { functionFrame } from "./scope.ts";
import { type Atom, type FunctionAtom, UNKNOWN, type Value } from "./value.ts";
import { NO_CUT, type World } from "./world.ts";
import { objectArguments, type WrittenCall } from "./written-call.ts";

/** How deep results are looked into through calls, and for how many contexts of one function. */
const MAX_DEPTH = 8;
export const MAX_CONTEXTS = 10;
/** Statements after which calls are no longer looked into: code made to exhaust the analysis ends, and the report says so. */
export const MAX_STEPS = 5_000_000;

export interface FunctionCall {
  readonly start: number;
  readonly end: number;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** True when the call is handed to a thread. */
  readonly isThreaded?: boolean;
  /** How many methods of libraries the call may be instead. */
  readonly others?: number;
  /** The call as it is written; none where something else stands for it. */
  readonly expr?: Expr;
}

/** What calling the function gives: a coroutine, generator or context manager where it is one. */
export function callFunction(world: World, frame: Frame, callee: FunctionAtom, call: FunctionCall): Value {
  const { fn } = callee;
  const receiver = plainReceiver(fn, callee.receiver);
  const bound = bindParameters(fn, receiver, call);
  const grew = passParameters(fn, bound);
  noteFilled(fn, receiver, call);
  const written = writtenCall(frame, call, receiver !== null);
  if (frame.isRecording) recordCall(world, frame, fn, call, written);
  // Code that may wait for the database may fill or empty what it is given.
  if (fn.isAsync || call.isThreaded)
    forgetOrigins(frame, [
      ...call.args,
      ...call.keywords.values(),
      ...(callee.receiver ? [[callee.receiver]] : []),
    ]);
  const isWrapped = fn.decoratorNames.some((name) => handOverForm(name) !== null);
  const isThreaded = (call.isThreaded ?? false) || frame.isThreaded || isWrapped;
  const context = toldContext(
    fn,
    functionContext(fn, receiver, bound),
    flowOfCall(world, fn, frame, written),
  );
  const before = fn.evaluations;
  const result = resultOf(world, frame, fn, context, isThreaded);
  if (grew && fn.evaluations === before) world.stale.add(fn);
  const reads = fn.reads.get(context.key) ?? [];
  passReads(world, frame, { fn, start: call.start, end: call.end, isThreaded }, reads);
  const value = withReceiver(fn, callee.receiver, result);
  goOn(world, frame, callee.receiver, value);
  return wrapResult(fn, value);
}

/** A queryset whose own method gives a further step of it is no statement of its own. */
function goOn(world: World, frame: Frame, receiver: Atom | null, value: Value): void {
  if (receiver?.kind !== "query") return;
  const { origin, site } = receiver.query;
  if (value.some((atom) => atom.kind === "query" && atom.query.origin === origin && atom.query.site !== site))
    consume(world, frame, receiver.query);
}

/** The call's own arguments, unless another call (of a partial, of a hand-over to a thread) gave them. */
function writtenCall(frame: Frame, call: FunctionCall, hasReceiver: boolean): WrittenCall | undefined {
  const { args, expr, keywords } = call;
  if (expr?.kind !== "call" || expr.args.length !== args.length) return undefined;
  const isOwn = expr.keywords.some(({ name }) => name === null) || expr.keywords.length === keywords.size;
  if (!isOwn) return undefined;
  return { expr, hasReceiver, objects: objectArguments(frame, expr, args, keywords) };
}

function recordCall(
  world: World,
  frame: Frame,
  fn: FunctionInfo,
  call: FunctionCall,
  written: WrittenCall | undefined,
): void {
  const from = { module: frame.module, fn: frame.fn, start: call.start, end: call.end };
  world.recorder.internalCalls.set(`${frame.module.path}:${call.start}:${fn.id}`, {
    from,
    to: fn,
    isThreaded: (call.isThreaded ?? false) || frame.isThreaded,
    isAwaited: isInAsync(frame),
    ...(written !== undefined && { written }),
    ...(call.others !== undefined && { others: call.others }),
    handsOnQuery: [...call.args, ...call.keywords.values()].some((value) =>
      value.some(
        (atom) => atom.kind === "query" && !atom.query.isManager && atom.query.origin.fn !== frame.fn,
      ),
    ),
    givesQuery: [...call.args, ...call.keywords.values()].some((value) =>
      value.some((atom) => atom.kind === "query" && isUnrun(atom.query) && atom.query.origin.fn === frame.fn),
    ),
  });
}

function isUnrun({ isCached, isFetched, isManager }: Query): boolean {
  return !isManager && !isFetched && isCached !== true;
}

function bindParameters(fn: FunctionInfo, receiver: Atom | null, call: FunctionCall): Map<string, Value> {
  const bound = new Map<string, Value>();
  const args = receiver === null ? call.args : [[receiver], ...call.args];
  let index = 0;
  for (const parameter of fn.parameters) {
    if (parameter.kind === "positional") {
      const value = args[index];
      index += 1;
      if (value !== undefined && value.length > 0) bound.set(parameter.name, asGiven(value));
    } else if (parameter.kind === "args" && args.length > index) {
      bound.set(parameter.name, [sequence("tuple", args.slice(index).map(asGiven))]);
      index = args.length;
    }
    const named = call.keywords.get(parameter.name);
    if (named !== undefined && named.length > 0) bound.set(parameter.name, asGiven(named));
  }
  return bound;
}

/** Call sites tell what a function's parameters may be. True where they tell something new, with which it is to be evaluated. */
function passParameters(fn: FunctionInfo, bound: ReadonlyMap<string, Value>): boolean {
  let grew = false;
  for (const [name, value] of bound) {
    const known = fn.passed.get(name) ?? UNKNOWN;
    const joined = joinValues(known, value);
    if (joined === known) continue;
    fn.passed.set(name, joined);
    grew = true;
  }
  return grew;
}

/** A context, and what the call tells of the function's tests. */
interface ToldContext extends FunctionContext {
  readonly flow: ToldFlow | null;
}

/** Told contexts have a bound of their own: past it, calls share what they give without what they tell. */
function toldContext(fn: FunctionInfo, context: FunctionContext, told: ToldFlow | null): ToldContext {
  const { bound, receiver } = context;
  if (told === null) return { bound, receiver, key: context.key, flow: null };
  const key = `${told.key} ${context.key}`;
  const hasRoom = fn.results.has(key) || [...fn.results.keys()].filter(isTold).length < MAX_CONTEXTS;
  return hasRoom ? { bound, receiver, key, flow: told } : { bound, receiver, key: context.key, flow: null };
}

function isTold(key: string): boolean {
  return key.startsWith("[");
}

function isFull(fn: FunctionInfo, { flow }: ToldContext): boolean {
  return flow === null && [...fn.results.keys()].filter((key) => !isTold(key)).length >= MAX_CONTEXTS;
}

function resultOf(
  world: World,
  frame: Frame,
  fn: FunctionInfo,
  context: ToldContext,
  isThreaded: boolean,
): Value {
  const known = fn.results.get(context.key);
  const cut = fn.cuts.get(context.key);
  // A result that a bound cut short holds for calls at the same depth or deeper: from further up more can be seen.
  if (known !== undefined && (cut === undefined || frame.depth >= cut.depth)) {
    if (cut !== undefined) world.lowestCut = Math.min(world.lowestCut, cut.lowest);
    return known;
  }
  const declared = (): Value =>
    fn.returnAnnotation === null ? UNKNOWN : annotatedValue(world, fn.closure, fn.returnAnnotation);
  if (world.steps > MAX_STEPS) return declared();
  const isDeep = frame.depth >= MAX_DEPTH;
  if (fn.evaluatedAt !== null || isDeep) world.lowestCut = Math.min(world.lowestCut, fn.evaluatedAt ?? 0);
  if (fn.evaluatedAt !== null) return declared();
  if (isDeep || (known === undefined && isFull(fn, context))) {
    if (givesStatements(fn)) world.cut.add(fn);
    return declared();
  }
  const outer = world.lowestCut;
  world.lowestCut = NO_CUT;
  const made = evaluateBody(world, frame, fn, context, isThreaded);
  const result = made.length > 0 ? made : unwrapDeclared(fn, declared());
  fn.results.set(context.key, result);
  const isCut = world.lowestCut <= frame.depth;
  if (isCut) fn.cuts.set(context.key, { depth: frame.depth, lowest: world.lowestCut });
  else fn.cuts.delete(context.key);
  world.lowestCut = Math.min(outer, isCut ? world.lowestCut : NO_CUT);
  return result;
}

function evaluateBody(
  world: World,
  frame: Frame,
  fn: FunctionInfo,
  { bound, flow, key, receiver }: ToldContext,
  isThreaded: boolean,
): Value {
  const inner = functionFrame(fn, parameterEnvironment(world, fn, receiver, bound), {
    receiver,
    depth: frame.depth + 1,
    isRecording: false,
    isThreaded,
    loopDepth: 0,
    ...(flow !== null && { flow }),
  });
  fn.evaluatedAt = inner.depth;
  fn.evaluations += 1;
  evaluateBlock(world, inner, fn.body);
  fn.evaluatedAt = null;
  // A generator's body runs later, when nothing is known of what it was given.
  if (inner.reads !== undefined && inner.reads.length > 0 && !fn.isGenerator) fn.reads.set(key, inner.reads);
  return fn.isGenerator ? inner.yields : inner.returns;
}

/** What callers do with the statement is lost where a call is not followed; of other functions little is. */
function givesStatements({ results }: FunctionInfo): boolean {
  return [...results.values()].some((value) => value.some(({ kind }) => kind === "query"));
}

/** An annotated generator says what it returns, not what it yields: `-> Iterator[Session]`. */
function unwrapDeclared(fn: FunctionInfo, declared: Value): Value {
  if (!fn.isGenerator) return declared;
  return joinAll(declared.map((atom) => (atom.kind === "sequence" ? atom.element : UNKNOWN)));
}

/** The names a body starts with: what this call passes, else what annotations, defaults and other call sites tell. */
export function parameterEnvironment(
  world: World,
  fn: FunctionInfo,
  receiver: Atom | null,
  bound: ReadonlyMap<string, Value>,
  isFinal = false,
): Environment {
  const environment: Environment = new Map();
  for (const [index, parameter] of fn.parameters.entries()) {
    const given = bound.get(parameter.name);
    const isReceiver =
      index === 0 && fn.owner !== null && !fn.decoratorNames.includes("builtins.staticmethod");
    if (isReceiver && given === undefined) {
      environment.set(parameter.name, receiver === null ? defaultReceivers(world, fn) : [receiver]);
      continue;
    }
    const declared = declaredRows(fn, parameter, declaredParameter(world, fn, parameter), isFinal);
    const passed = given ?? fn.passed.get(parameter.name) ?? UNKNOWN;
    const told = given === undefined ? declared : withoutFetched(declared, given);
    const known = preferPassed(fn, parameter, passed, told);
    const isMapping = parameter.kind === "kwargs" && known.length === 0;
    environment.set(
      parameter.name,
      isMapping ? NAMED : known.length > 0 ? known : conventionalParameter(world, fn, parameter.name),
    );
  }
  return environment;
}

/** What `**kwargs` is where no call tells: a dictionary, so that `kwargs.get(name, default)` may be the default. */
const NAMED: Value = [mapping(new Map(), UNKNOWN)];

/** What a framework's convention, or a test's fixture of that name, gives a parameter that nothing else tells. */
function conventionalParameter(world: World, fn: FunctionInfo, name: string): Value {
  const given = frameworkParameter(fn, name);
  if (given.length > 0) return given;
  const fixture = fixtureParameter(world, fn, name);
  return fixture.length > 0 ? fixture : kitParameter(fn, name);
}

function declaredParameter(world: World, fn: FunctionInfo, parameter: Parameter): Value {
  const annotated =
    parameter.annotation === null ? UNKNOWN : annotatedValue(world, fn.closure, parameter.annotation);
  const value =
    parameter.kind === "args" && annotated.length > 0 ? [sequence("tuple", null, annotated)] : annotated;
  if (parameter.default === null) return value;
  const fallback = evaluate(world, fn.closure, parameter.default);
  const provided = provideDependency(world, fn.closure, fallback, parameter.annotation);
  const plain = fallback.filter(
    (atom) =>
      atom.kind === "query" || atom.kind === "class" || (atom.kind === "instance" && atom.class !== null),
  );
  return provided.length > 0 ? joinValues(provided, value) : joinValues(value, plain);
}

function wrapResult(fn: FunctionInfo, result: Value): Value {
  const names = fn.decoratorNames;
  if (names.some((name) => /(?:^|\.)(?:async)?contextmanager$/.test(name)))
    return [{ kind: "context", entered: result }];
  if (names.some((name) => handOverForm(name) === "wraps"))
    return [{ kind: "awaitable", value: result, executions: [] }];
  if (fn.isGenerator) return [{ ...sequence("generator", null, result), generator: fn }];
  if (fn.isAsync) return [{ kind: "awaitable", value: result, executions: [] }];
  return result;
}
