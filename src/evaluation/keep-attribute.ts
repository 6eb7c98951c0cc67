import { joinValues } from "./atoms.ts";
import type { ClassInfo } from "./class-info.ts";
import { isLazy } from "./frame.ts";
import { UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** Notes what an attribute of a class or its instances may hold; methods read before that was known are looked at again. */
export function keepAttribute(world: World, cls: ClassInfo, name: string, value: Value): void {
  if (value.length === 0) return;
  const known = cls.instanceAttributes.get(name) ?? UNKNOWN;
  const joined = joinValues(known, value);
  if (joined === known) return;
  cls.instanceAttributes.set(name, joined);
  for (const binding of cls.frame.environment.values()) {
    if (isLazy(binding)) continue;
    for (const atom of binding) if (atom.kind === "function") world.stale.add(atom.fn);
  }
}
