// What Python's builtins do to values: some run a queryset handed to them, some pass their argument on.
import type { Expr } from "../model/code.ts";
import { constantText, instanceOf, joinAll, joinValues, mapping, sequence } from "./atoms.ts";
import { attributeNamed } from "./attribute.ts";
import { callValue } from "./call.ts";
import { formatValue } from "./formatting.ts";
import type { Frame } from "./frame.ts";
import { iterate } from "./iteration.ts";
import type { CallContext } from "./orm/call-context.ts";
import { triggerQueries } from "./orm/trigger.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

const COLLECTORS = new Map<string, "list" | "tuple" | "set">([
  ["list", "list"],
  ["tuple", "tuple"],
  ["set", "set"],
  ["frozenset", "set"],
  ["sorted", "list"],
  ["reversed", "list"],
  ["iter", "list"],
]);
const CONSUMERS = new Set([
  "any",
  "all",
  "sum",
  "dict",
  "enumerate",
  "zip",
  "filter",
  "map",
  "min",
  "max",
  "next",
]);
const TESTS = new Map([
  ["len", "len()"],
  ["bool", "truth test"],
  ["format", "formatting"],
  ["str", "formatting"],
  ["repr", "formatting"],
  ["print", "formatting"],
]);

export function callBuiltin(world: World, frame: Frame, name: string, call: CallContext): Value {
  const builtin = name.slice("builtins.".length);
  const [first = UNKNOWN, second = UNKNOWN] = call.args;
  const argument = firstArgument(call);
  const collected = COLLECTORS.get(builtin);
  if (collected !== undefined) {
    const element =
      argument === null ? UNKNOWN : iterate(world, frame, first, argument, { at: call.site.start });
    return [sequence(collected, null, element)];
  }
  const test = TESTS.get(builtin);
  if (test !== undefined) {
    if (argument !== null && test === "formatting") {
      const exprs = call.expr.kind === "call" ? call.expr.args : [];
      const asked = builtin === "repr" ? "__repr__" : "__str__";
      for (const [index, value] of (builtin === "print" ? call.args : [first]).entries())
        formatValue(world, frame, value, exprs[index] ?? argument, { at: call.site.start, asked });
    } else if (argument !== null)
      triggerQueries(world, frame, first, argument, test, { at: call.site.start });
    return builtin === "str" && constantText(first) !== null ? first : UNKNOWN;
  }
  if (CONSUMERS.has(builtin)) return consume(world, frame, builtin, call);
  switch (builtin) {
    case "super":
      return superOf(frame, call);
    case "hasattr":
    case "getattr": {
      const attribute = constantText(second);
      const found =
        attribute === null ? UNKNOWN : memberOfAll(world, frame, first, attribute, call.site.start);
      return builtin === "hasattr" ? UNKNOWN : joinValues(found, call.args[2] ?? UNKNOWN);
    }
    case "type":
      return first.flatMap((atom): Atom[] =>
        atom.kind === "instance" && atom.class !== null ? [{ kind: "class", class: atom.class }] : [],
      );
    case "property":
    case "classmethod":
    case "staticmethod":
      return first;
    default:
      return UNKNOWN;
  }
}

function memberOfAll(world: World, frame: Frame, value: Value, name: string, at: number): Value {
  return joinAll(value.map((atom) => attributeNamed(world, frame, atom, name, at)));
}

function firstArgument(call: CallContext): Expr | null {
  return call.expr.kind === "call" ? (call.expr.args[0] ?? null) : null;
}

/** Builtins that iterate over their arguments. */
function consume(world: World, frame: Frame, builtin: string, call: CallContext): Value {
  const exprs = call.expr.kind === "call" ? call.expr.args : [];
  const start = builtin === "map" || builtin === "filter" ? 1 : 0;
  const elements = call.args.map((value, index) => {
    const expr = exprs[index];
    if (index < start || expr === undefined) return UNKNOWN;
    // min(a, b) compares its arguments instead of iterating over one.
    const isCompared = (builtin === "min" || builtin === "max") && call.args.length > 1;
    if (isCompared || (builtin === "next" && index > 0)) return value;
    return iterate(world, frame, value, expr, { at: call.site.start, isOnce: builtin === "next" });
  });
  switch (builtin) {
    case "enumerate":
      return [sequence("list", null, [sequence("tuple", [UNKNOWN, elements[0] ?? UNKNOWN])])];
    case "zip":
      return [sequence("list", null, [sequence("tuple", elements)])];
    case "filter":
      return [sequence("list", null, elements[1] ?? UNKNOWN)];
    case "map": {
      const mapped = callValue(world, frame, call.args[0] ?? UNKNOWN, {
        expr: call.expr,
        args: elements.slice(1),
        keywords: new Map(),
      });
      return [sequence("list", null, mapped)];
    }
    case "next":
    case "min":
    case "max":
      return joinAll(elements);
    case "dict":
      return [mapping(call.keywords, joinAll([...call.keywords.values()]))];
    default:
      return UNKNOWN;
  }
}

function superOf(frame: Frame, call: CallContext): Value {
  const named = call.args[0]?.find((atom) => atom.kind === "class");
  const cls = named?.kind === "class" ? named.class : methodOwner(frame);
  if (cls === null) return UNKNOWN;
  const receiver = call.args[1]?.[0] ?? methodReceiver(frame) ?? instanceOf(cls);
  return [{ kind: "super", class: cls, receiver }];
}

function methodOwner(frame: Frame): Frame["class"] {
  for (let scope: Frame | null = frame; scope !== null; scope = scope.parent)
    if (scope.fn?.owner) return scope.fn.owner;
  return null;
}

function methodReceiver(frame: Frame): Atom | null {
  for (let scope: Frame | null = frame; scope !== null; scope = scope.parent)
    if (scope.fn?.owner) return scope.receiver;
  return null;
}
