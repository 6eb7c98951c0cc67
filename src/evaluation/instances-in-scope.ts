// Instances change in place, values do not: what happens to one instance is written into every name that holds it.
import type { FetchOrigin } from "./fetch-origin.ts";
import { bind, type Frame, isLazy } from "./frame.ts";
import type { InstanceAtom, Value } from "./value.ts";

/** Lists of lists of instances are looked into this deep. */
const MAX_DEPTH = 3;

type Change = (atom: InstanceAtom) => FetchOrigin | undefined;

/** Gives the local names new origins for the instances they hold. */
export function changeOrigins(frame: Frame, change: Change): void {
  for (const [name, binding] of frame.environment) {
    if (isLazy(binding)) continue;
    const changed = changeValue(binding, change, 0);
    if (changed !== binding) bind(frame, name, changed);
  }
}

/** The instances among atoms, and in the lists among them. */
export function instancesIn(value: Value, depth = 0): InstanceAtom[] {
  return value.flatMap((atom) => {
    if (atom.kind === "instance") return [atom];
    return atom.kind === "sequence" && depth < MAX_DEPTH ? instancesIn(atom.element, depth + 1) : [];
  });
}

/** True where a local name holds an instance of the class. */
export function holdsInstanceOf(frame: Frame, classId: string): boolean {
  for (const binding of frame.environment.values()) {
    if (isLazy(binding)) continue;
    if (instancesIn(binding).some((atom) => atom.class?.id === classId)) return true;
  }
  return false;
}

/** Instances that somebody else had in hands: nothing is certain of what they hold now. */
export function forgetOrigins(frame: Frame, values: readonly Value[]): void {
  const passed = new Set(
    values.flatMap((value) => instancesIn(value)).filter(({ origin }) => origin !== undefined),
  );
  if (passed.size > 0) changeOrigins(frame, (atom) => (passed.has(atom) ? undefined : atom.origin));
}

function changeValue(value: Value, change: Change, depth: number): Value {
  let isChanged = false;
  const atoms = value.map((atom) => {
    if (atom.kind === "instance") {
      const origin = change(atom);
      if (origin === atom.origin) return atom;
      isChanged = true;
      return withOrigin(atom, origin);
    }
    if (atom.kind !== "sequence" || depth >= MAX_DEPTH) return atom;
    const element = changeValue(atom.element, change, depth + 1);
    const items = atom.items?.map((item) => changeValue(item, change, depth + 1)) ?? null;
    if (element === atom.element) return atom;
    isChanged = true;
    return { ...atom, element, items };
  });
  return isChanged ? atoms : value;
}

export function withOrigin(atom: InstanceAtom, origin: FetchOrigin | undefined): InstanceAtom {
  const { origin: _before, ...rest } = atom;
  return origin === undefined ? rest : { ...rest, origin };
}
