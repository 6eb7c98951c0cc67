import { isInstanceOf } from "../atoms.ts";
import type { Atom } from "../value.ts";
import { driverKind } from "./raw/connections.ts";
import {
  ASYNC_CONNECTIONS,
  ASYNC_SESSIONS,
  CONNECTIONS,
  SESSION_FACTORIES,
  SESSIONS,
} from "./sqlalchemy/names.ts";

const HANDLES = new Set([
  ...SESSIONS,
  ...ASYNC_SESSIONS,
  ...CONNECTIONS,
  ...ASYNC_CONNECTIONS,
  ...SESSION_FACTORIES,
]);

/** True for what statements are sent through: a session or what makes one, an engine, a driver's connection. */
export function isDatabaseHandle(atom: Atom): boolean {
  return atom.kind === "instance" && (isInstanceOf(atom, HANDLES) || driverKind(atom) !== null);
}
