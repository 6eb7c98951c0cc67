import { constantText, joinValues } from "../atoms.ts";
import { callValue } from "../call.ts";
import type { Frame } from "../frame.ts";
import { type Atom, UNKNOWN, type Value } from "../value.ts";
import type { World } from "../world.ts";
import { argument, type CallContext } from "./call-context.ts";

/**
 * Pyramid's `config.add_request_method(callable, name, reify=True)`: what reading the attribute from a request then gives.
 * Null for other calls. Source: Pyramid's Configurator reference.
 */
export function addRequestMethod(world: World, frame: Frame, atom: Atom, call: CallContext): Value | null {
  if (atom.kind !== "method" || atom.name !== "add_request_method") return null;
  const callable = argument(call, 0, "callable");
  const [first] = callable;
  const own = first?.kind === "function" ? first.fn.name : null;
  const name = constantText(argument(call, 1, "name")) ?? own;
  if (name === null) return UNKNOWN;
  const isProperty = ["reify", "property"].some((option) =>
    call.keywords.get(option)?.some((value) => value.kind === "constant" && value.text === "True"),
  );
  const made = isProperty
    ? callValue(world, { ...frame, isRecording: false }, callable, {
        expr: call.expr,
        args: [UNKNOWN],
        keywords: new Map(),
      })
    : callable;
  world.requestAttributes.set(name, joinValues(world.requestAttributes.get(name) ?? UNKNOWN, made));
  return UNKNOWN;
}
