import type { CallExpr, Expr } from "../model/code.ts";
import { externalInstance, instanceOf, joinEach, joinValues } from "./atoms.ts";
import { attributeNamed } from "./attribute.ts";
import { callBuiltin } from "./builtins.ts";
import { callFunction } from "./call-function.ts";
import { type ClassInfo, externalAncestors, ownAncestors } from "./class-info.ts";
import { evaluate } from "./evaluate-expression.ts";
import { externalName } from "./external-name.ts";
import type { FetchOrigin } from "./fetch-origin.ts";
import type { Frame } from "./frame.ts";
import { keepAttribute } from "./keep-attribute.ts";
import type { CallContext } from "./orm/call-context.ts";
import { ormCall } from "./orm/call-hook.ts";
import { isDatabaseHandle } from "./orm/database-handle.ts";
import { constructedOrigin } from "./orm/django/constructed.ts";
import { isDjangoModel } from "./orm/django/model-class.ts";
import { type NamedCall, useArguments } from "./orm/evaluating-call.ts";
import { mappedBy } from "./orm/sqlalchemy/mapped-class.ts";
import { pendingOrigin, settlePending } from "./orm/sqlalchemy/pending.ts";
import { type Atom, type ClassAtom, type Construction, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** A call's arguments, evaluated. `expr` is the call, or the expression that stands for one (a decorator, a with item). */
export interface Call {
  readonly expr: Expr;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly isThreaded?: boolean;
  /** How many other things, methods of libraries, it may be that is called. */
  readonly others?: number;
}

const NO_KEYWORDS: ReadonlyMap<string, Value> = new Map();

export function evaluateArguments(
  world: World,
  frame: Frame,
  expr: CallExpr,
): { readonly args: readonly Value[]; readonly keywords: ReadonlyMap<string, Value> } {
  const args = expr.args.map((argument) => evaluate(world, frame, argument));
  if (expr.keywords.length === 0) return { args, keywords: NO_KEYWORDS };
  const keywords = new Map<string, Value>();
  for (const { name, value } of expr.keywords) {
    const evaluated = evaluate(world, frame, value);
    if (name !== null) keywords.set(name, evaluated);
    else spreadMapping(evaluated, keywords);
  }
  return { args, keywords };
}

function spreadMapping(value: Value, keywords: Map<string, Value>): void {
  for (const atom of value) {
    if (atom.kind !== "mapping") continue;
    for (const [name, inner] of atom.entries) if (!keywords.has(name)) keywords.set(name, inner);
  }
}

/** What calling any of the callee's atoms gives. */
export function callValue(world: World, frame: Frame, callee: Value, call: Call): Value {
  const shared = callee.length > 1 ? sharedCall(callee, call) : call;
  return joinEach(callee, (atom) => callAtom(world, frame, atom, shared));
}

/** Tells the functions among the callees of the methods of libraries among them. */
function sharedCall(callee: Value, call: Call): Call {
  const others = callee.filter((atom) => atom.kind === "method" && atom.receiver.kind === "instance").length;
  return others > 0 && others < callee.length ? { ...call, others } : call;
}

function callAtom(world: World, frame: Frame, atom: Atom, call: Call): Value {
  const { expr, args, keywords } = call;
  // Field by field, since every call makes one: copies by spreading are slow where shapes differ.
  const context: CallContext = {
    expr,
    args,
    keywords,
    isThreaded: call.isThreaded ?? false,
    site: siteOf(frame, expr),
  };
  const named = { atom, call: context, names: calledNames(atom) };
  recordExternalCall(world, frame, named);
  useArguments(world, frame, named);
  settlePending(frame, atom.kind === "method" ? atom.name : null, allArguments(call));
  const known = ormCall(world, frame, atom, context);
  if (known !== null) return known;
  const { start, end } = context.site;
  switch (atom.kind) {
    case "function":
      return callFunction(world, frame, atom, { ...call, start, end });
    case "lambda":
      return callFunction(
        world,
        frame,
        { kind: "function", fn: atom.fn, receiver: null },
        { ...call, start, end },
      );
    case "class":
      return instantiate(world, frame, atom, call);
    case "external":
      return atom.name.startsWith("builtins.")
        ? callBuiltin(world, frame, atom.name, context)
        : callExternal(frame, atom.name, call);
    case "partial":
      return callValue(world, frame, atom.callee, {
        ...call,
        args: [...atom.args, ...call.args],
        keywords: new Map([...atom.keywords, ...call.keywords]),
      });
    case "threaded":
      return [
        {
          kind: "awaitable",
          value: callValue(world, { ...frame, isThreaded: true }, atom.callee, { ...call, isThreaded: true }),
          executions: [],
        },
      ];
    case "instance":
      return atom.class === null
        ? UNKNOWN
        : callValue(
            world,
            frame,
            attributeNamed(world, frame, atom, "__call__", start).filter(
              (member) => member.kind === "function",
            ),
            call,
          );
    default:
      return UNKNOWN;
  }
}

function allArguments({ args, keywords }: Call): readonly Value[] {
  return keywords.size === 0 ? args : [...args, ...keywords.values()];
}

function siteOf(frame: Frame, expr: Expr): CallContext["site"] {
  const end = "end" in expr ? expr.end : expr.start;
  return { module: frame.module, fn: frame.fn, start: expr.start, end };
}

function recordExternalCall(world: World, frame: Frame, { atom, call, names }: NamedCall): void {
  if (!frame.isRecording) return;
  const at = atom.kind === "method" ? atom.at : call.site.start;
  for (const name of names) {
    if (name.startsWith("builtins.")) continue;
    const key = `${frame.module.path}:${at}:${name}`;
    const { site, args, keywords } = call;
    const receiver = atom.kind === "method" ? atom.receiver : atom.kind === "instance" ? atom : null;
    world.recorder.externalCalls.set(key, { name, site, at, args, keywords, receiver });
  }
}

/** A class of the repository is called by the name of each external class it descends from: `class Api(FastAPI)`. */
function calledNames(atom: Atom): readonly string[] {
  if (atom.kind === "class") return externalAncestors(atom.class);
  if (atom.kind === "method" && atom.receiver.kind === "instance" && atom.receiver.class !== null)
    return externalAncestors(atom.receiver.class).map((name) => `${name}.${atom.name}`);
  const name = externalName(atom);
  return name === null ? [] : [name];
}

/** What is known of an instance that the code makes itself. */
function madeOrigin(world: World, cls: ClassInfo, call: Call): FetchOrigin | null {
  if (isDjangoModel(cls)) return constructedOrigin(world, cls, call);
  return mappedBy(cls) === null ? null : pendingOrigin(cls, call);
}

function instantiate(world: World, frame: Frame, atom: ClassAtom, call: Call): Value {
  const made = instanceOf(atom.class, constructionOf(frame, call));
  const origin = madeOrigin(world, atom.class, call);
  const instance = origin === null ? made : { ...made, origin };
  const written = attributeNamed(world, frame, instance, "__init__", call.expr.start);
  const after = attributeNamed(world, frame, instance, "__post_init__", call.expr.start);
  const initializers = joinValues(written, isWrittenOver(after, written) ? UNKNOWN : after);
  if (!initializers.some(({ kind }) => kind === "function")) keepKeywords(world, atom.class, call);
  for (const init of initializers) {
    if (init.kind !== "function") continue;
    const end = "end" in call.expr ? call.expr.end : call.expr.start;
    callFunction(world, frame, init, {
      start: call.expr.start,
      end,
      args: call.args,
      keywords: call.keywords,
      ...(init.fn.name === "__init__" && { expr: call.expr }),
    });
  }
  return [instance];
}

/** `__post_init__` is called by the `__init__` that dataclasses get, not where the class, or one above it, has written its own. */
function isWrittenOver(after: Value, written: Value): boolean {
  const definers = after.flatMap((atom) => (atom.kind === "function" ? [atom.fn.owner] : []));
  return written.some((atom) => {
    const owner = atom.kind === "function" ? atom.fn.owner : null;
    return owner !== null && definers.every((cls) => cls !== null && ownAncestors(owner).includes(cls));
  });
}

/**
 * Dataclasses, attrs, pydantic's models and traitlets take their declared attributes as keywords of an `__init__` that is
 * not written out. Of what they are given only sessions, connections and statements are kept.
 */
function keepKeywords(world: World, cls: ClassInfo, call: Call): void {
  if (call.keywords.size === 0) return;
  const declaring = ownAncestors(cls);
  for (const [name, value] of call.keywords) {
    const isTelling = value.some((atom) => atom.kind === "query" || isDatabaseHandle(atom));
    if (isTelling && declaring.some(({ frame }) => frame.environment.has(name)))
      keepAttribute(world, cls, name, value);
  }
}

export function constructionOf(frame: Frame, call: Call): Construction | null {
  return call.expr.kind === "call"
    ? { call: call.expr, module: frame.module, args: call.args, keywords: call.keywords }
    : null;
}

/** An unknown external callable: taken for a class, whose instances then keep its name. */
function callExternal(frame: Frame, name: string, call: Call): Value {
  return [externalInstance(name, UNKNOWN, constructionOf(frame, call))];
}
