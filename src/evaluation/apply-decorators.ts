// What decorators of the repository pass to the functions they wrap: `return f(*args, user=user)` tells what `user` is there.
// The wrapper is evaluated once for each function, since it is another closure each time.

import { parameterEnvironment } from "./call-function.ts";
import { type ClassInfo, externalAncestors } from "./class-info.ts";
import { evaluateBlock } from "./evaluate-statement.ts";
import type { Frame } from "./frame.ts";
import type { FunctionInfo } from "./function-info.ts";
import { functionFrame, resolveBinding } from "./scope.ts";
import type { Value } from "./value.ts";
import type { World } from "./world.ts";

/** Views whose class lists decorators for its methods. Source: "Resource Method Decorators" of Flask-RESTful, "View Decorators" of Flask. */
const LISTED: readonly { readonly base: RegExp; readonly attribute: string }[] = [
  { base: /^flask_rest(?:ful|x|plus)\.(?:\w+\.)*Resource$/, attribute: "method_decorators" },
  { base: /^flask\.views\.(?:Method)?View$/, attribute: "decorators" },
];
const HANDLERS = /^(?:get|post|put|patch|delete|head|options|dispatch_request)$/;

/** Evaluates the wrappers that decorators make, so that what they pass on is known as any call's arguments are. */
export function applyDecorators(world: World, isCounted: (fn: FunctionInfo) => boolean): void {
  for (const fn of [...world.functions.values()])
    if (fn.parameters.length > 0 && isCounted(fn))
      for (const decorator of fn.decorators) applyDecorator(world, decorator, fn);
  for (const cls of [...world.classes.values()]) applyListed(world, cls, isCounted);
}

function applyListed(world: World, cls: ClassInfo, isCounted: (fn: FunctionInfo) => boolean): void {
  const known = LISTED.find(({ base }) => externalAncestors(cls).some((name) => base.test(name)));
  const binding = known === undefined ? undefined : cls.frame.environment.get(known.attribute);
  if (binding === undefined) return;
  const decorators = resolveBinding(world, binding).flatMap((atom) =>
    atom.kind === "sequence" ? atom.element : [],
  );
  for (const [name, member] of cls.frame.environment) {
    if (!HANDLERS.test(name)) continue;
    for (const atom of resolveBinding(world, member))
      if (atom.kind === "function" && isCounted(atom.fn)) applyDecorator(world, decorators, atom.fn);
  }
}

function applyDecorator(world: World, decorator: Value, fn: FunctionInfo): void {
  for (const atom of decorator) {
    const [first] = atom.kind === "function" ? atom.fn.parameters : [];
    if (atom.kind !== "function" || first === undefined || atom.fn === fn || atom.receiver !== null) continue;
    const given: Value = [{ kind: "function", fn, receiver: null }];
    const outer = evaluateWith(world, atom.fn, new Map([[first.name, given]]));
    for (const made of outer.returns)
      if (made.kind === "function" && made.fn !== fn && made.fn.closure === outer)
        evaluateWith(world, made.fn, new Map());
  }
}

function evaluateWith(world: World, fn: FunctionInfo, given: ReadonlyMap<string, Value>): Frame {
  const frame = functionFrame(fn, parameterEnvironment(world, fn, null, given), {
    receiver: null,
    depth: 0,
    isRecording: false,
    isThreaded: false,
    loopDepth: 0,
  });
  evaluateBlock(world, frame, fn.body);
  return frame;
}
