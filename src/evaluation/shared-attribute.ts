// Objects that frameworks keep for one request or application, on which code sets what other code reads: Flask's `g`,
// Starlette's `request.state` and `app.state`. Sources: "The Application Context" of Flask's documentation, "Requests" and
// "Applications" of Starlette's.
import { joinValues } from "./atoms.ts";
import { externalName } from "./external-name.ts";
import { type Atom, UNKNOWN, type Value } from "./value.ts";
import type { World } from "./world.ts";

/** A name for the object, the same wherever code reaches it; null for other things. */
function sharedObject(atom: Atom): string | null {
  if (atom.kind !== "external" && atom.kind !== "method") return null;
  const name = externalName(atom) ?? "";
  if (/^(?:flask|quart)\.g$/.test(name)) return "g";
  if (!/^(?:fastapi|starlette)\..*\.state$/.test(name)) return null;
  return /(?:\.app|FastAPI|Starlette)\.state$/.test(name) ? "app.state" : "request.state";
}

/** Notes what is set on such an object. */
export function keepShared(world: World, owner: Atom, name: string, value: Value): void {
  const object = sharedObject(owner);
  if (object === null || value.length === 0) return;
  const key = `${object}.${name}`;
  world.shared.set(key, joinValues(world.shared.get(key) ?? UNKNOWN, value));
}

/** What code set on such an object; null for other objects and names that are never set. */
export function sharedAttribute(world: World, atom: Atom, name: string): Value | null {
  if (world.shared.size === 0) return null;
  const object = sharedObject(atom);
  return object === null ? null : (world.shared.get(`${object}.${name}`) ?? null);
}
