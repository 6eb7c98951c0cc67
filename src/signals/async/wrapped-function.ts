// Functions whose decorators change when or where their body runs: what calling them does is not what the body says.
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { World } from "../../evaluation/world.ts";
import { handOverForm } from "../../knowledge/async-tools.ts";

/** Decorators by name: wrappers into threads, coroutines, processes and event loops. */
const WRAPPER_NAME = /async|thread|executor|_to_sync|awaitable|coroutine|background/i;

/** True where a decorator hands the body to a thread, or makes a coroutine function of it. */
export function isWrapped(world: World, fn: FunctionInfo): boolean {
  const isNamedSo = (name: string): boolean =>
    handOverForm(name) !== null || WRAPPER_NAME.test(name.slice(name.lastIndexOf(".") + 1));
  if (fn.decoratorNames.some(isNamedSo)) return true;
  return fn.decorators.some((value) =>
    value.some((atom) => atom.kind === "function" && makesCoroutines(world, atom.fn)),
  );
}

const judged = new WeakMap<FunctionInfo, boolean>();

/** A decorator of the repository that defines a coroutine function inside: it wraps what it decorates in one. */
function makesCoroutines(world: World, decorator: FunctionInfo): boolean {
  const known = judged.get(decorator);
  if (known !== undefined) return known;
  const { module, start, end } = decorator;
  const makes =
    WRAPPER_NAME.test(decorator.name) ||
    [...world.functions.values()].some(
      (inner) => inner.isAsync && inner.module === module && inner.start > start && inner.end <= end,
    );
  judged.set(decorator, makes);
  return makes;
}
