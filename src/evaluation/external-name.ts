import type { Atom } from "./value.ts";

/** The name under which an external atom's method is known, or null. */
export function externalName(atom: Atom): string | null {
  if (atom.kind === "external") return atom.name;
  if (atom.kind === "instance") return atom.external;
  if (atom.kind === "method") {
    const receiver = externalName(atom.receiver);
    return receiver === null ? null : `${receiver}.${atom.name}`;
  }
  return null;
}
