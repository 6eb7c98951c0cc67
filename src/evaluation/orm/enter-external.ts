import { externalInstance } from "../atoms.ts";
import { type Atom, UNKNOWN, type Value } from "../value.ts";

/** What `with` binds for a library's object: sessions, connections and cursors give themselves, engines a connection. */
export function enterExternal(atom: Atom): Value {
  if (atom.kind !== "instance") return UNKNOWN;
  if (atom.external === "sqlalchemy.engine.Engine") return [externalInstance("sqlalchemy.engine.Connection")];
  return [atom];
}
