// Database drivers: what talks to a database below any ORM. A driver in a manifest says which database is meant; one that
// code calls itself is raw SQL. Connectors to customers' systems import many, so a driver alone proves little.
import type { Driver } from "./driver.ts";
import { MYSQL_DRIVERS, POSTGRESQL_DRIVERS, SQLITE_DRIVERS } from "./open-sql-drivers.ts";
import { ANALYTICAL_DRIVERS, COMMERCIAL_DRIVERS, NOT_SQL_DRIVERS } from "./other-drivers.ts";

export const DRIVERS: readonly Driver[] = [
  ...POSTGRESQL_DRIVERS,
  ...MYSQL_DRIVERS,
  ...SQLITE_DRIVERS,
  ...COMMERCIAL_DRIVERS,
  ...ANALYTICAL_DRIVERS,
  ...NOT_SQL_DRIVERS,
];

function indexBy(column: (entry: Driver) => readonly string[]): ReadonlyMap<string, Driver> {
  return new Map(DRIVERS.flatMap((entry) => column(entry).map((name) => [name, entry] as const)));
}
const BY_NAME = indexBy((entry) => [entry.name]);
const BY_DISTRIBUTION = indexBy((entry) => entry.distributions);
const BY_IMPORT = indexBy((entry) => entry.importRoots);
const BY_CONNECT = indexBy((entry) => entry.connect);
const BY_CLASS = indexBy((entry) => entry.classes);

export function driverNamed(name: string): Driver | null {
  return BY_NAME.get(name) ?? null;
}
/** The driver that a distribution (PEP 503 name) installs. */
export function driverOfDistribution(distribution: string): Driver | null {
  return BY_DISTRIBUTION.get(distribution) ?? null;
}
/** The driver of an imported module ("psycopg2.extras", "google.cloud.bigquery"), by its longest known prefix. */
export function driverOfModule(module: string): Driver | null {
  for (let name = module; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) {
    const found = BY_IMPORT.get(name);
    if (found !== undefined) return found;
  }
  return null;
}
/** The driver of which this function or class opens a connection, pool or client. */
export function driverOfConnect(canonicalName: string): Driver | null {
  return BY_CONNECT.get(canonicalName) ?? null;
}
/** The driver whose connection, pool or cursor class this is. */
export function driverOfClass(canonicalName: string): Driver | null {
  return BY_CLASS.get(canonicalName) ?? BY_CONNECT.get(canonicalName) ?? null;
}
