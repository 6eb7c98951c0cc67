import { atomKey, valueKey } from "./atoms.ts";
import type { FunctionInfo } from "./function-info.ts";
import { resultNames } from "./result-names.ts";
import type { Atom, Value } from "./value.ts";

/** What a function is looked into with. Calls with one key have one result, worked out once. */
export interface FunctionContext {
  readonly receiver: Atom | null;
  readonly bound: ReadonlyMap<string, Value>;
  readonly key: string;
}

/** Of what a call gives, that which can change the function's result, or tell what reading it there would load. */
export function functionContext(
  fn: FunctionInfo,
  receiver: Atom | null,
  bound: ReadonlyMap<string, Value>,
): FunctionContext {
  const names = resultNames(fn);
  const telling = new Map<string, Value>();
  for (const [name, value] of bound) if (names.has(name) || value.some(isWatched)) telling.set(name, value);
  const [first] = fn.parameters;
  const isTelling =
    receiver !== null && (isWatched(receiver) || (first !== undefined && names.has(first.name)));
  const used = isTelling ? receiver : null;
  return { receiver: used, bound: telling, key: contextKey(used, telling) };
}

/** True for instances and querysets: what is read of them, or whether they are run, is told to those who gave them. */
function isWatched(atom: Atom): boolean {
  if (atom.kind === "instance") return atom.origin !== undefined;
  if (atom.kind === "sequence" || atom.kind === "mapping") return atom.element.some(isWatched);
  return atom.kind === "query";
}

function contextKey(receiver: Atom | null, bound: ReadonlyMap<string, Value>): string {
  const parts = [...bound].map(([name, value]) => `${name}=${valueKey(value)}`);
  return `${receiver === null ? "" : atomKey(receiver)};${parts.join(";")}`;
}
