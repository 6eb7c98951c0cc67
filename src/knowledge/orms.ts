// Every library through which Python code reaches its data, and how to find it by what shows it in code.
import { NON_RELATIONAL_ORMS } from "./non-relational-orms.ts";
import type { Orm } from "./orm.ts";
import { RELATIONAL_ORMS } from "./relational-orms.ts";
import { SQLALCHEMY_FAMILY } from "./sqlalchemy-family.ts";

export const ORMS: readonly Orm[] = [...SQLALCHEMY_FAMILY, ...RELATIONAL_ORMS, ...NON_RELATIONAL_ORMS];

const BY_NAME = new Map(ORMS.map((entry) => [entry.name, entry]));

function indexBy(column: (entry: Orm) => readonly string[]): ReadonlyMap<string, Orm> {
  const index = new Map<string, Orm>();
  for (const entry of ORMS) for (const name of column(entry)) if (!index.has(name)) index.set(name, entry);
  return index;
}
const BY_DISTRIBUTION = indexBy((entry) => entry.distributions);
const BY_IMPORT_ROOT = indexBy((entry) => entry.importRoots);
const BY_MODEL_BASE = indexBy((entry) => entry.modelBases);
const BY_SESSION = indexBy((entry) => entry.sessions);

/** The ORM of that report name. */
export function ormNamed(name: string): Orm | null {
  return BY_NAME.get(name) ?? null;
}
/** The ORM that a distribution (PEP 503 name) installs; "sqlalchemy" gives the ORM layer, code tells whether only Core is used. */
export function ormOfDistribution(distribution: string): Orm | null {
  return BY_DISTRIBUTION.get(distribution) ?? null;
}
export function ormOfImportRoot(root: string): Orm | null {
  return BY_IMPORT_ROOT.get(root) ?? null;
}
/** The ORM whose models descend from this canonical name. */
export function ormOfModelBase(canonicalName: string): Orm | null {
  return BY_MODEL_BASE.get(canonicalName) ?? null;
}
/** The ORM whose session, engine or client this canonical name is. */
export function ormOfSession(canonicalName: string): Orm | null {
  return BY_SESSION.get(canonicalName) ?? null;
}
/** The ORM beneath the layers: sqlmodel gives sqlalchemy-orm, piccolo itself. */
export function ormFoundation(name: string): string {
  let at = name;
  for (let entry = ormNamed(at); entry !== null && entry.builtOn !== null; entry = ormNamed(at))
    at = entry.builtOn;
  return at;
}
