// What is known of one database driver, and a short way to write it down.
import { words } from "../text/words.ts";

export type DriverMode = "sync" | "async" | "both";

export interface Driver {
  /** As reports spell it: mostly the distribution. */
  readonly name: string;
  readonly distributions: readonly string[];
  /** Packages or modules it is imported as; dotted where the top level is shared ("google.cloud.bigquery"). */
  readonly importRoots: readonly string[];
  /** The database: postgresql, mysql, sqlite, oracle, mssql, mongodb, … */
  readonly engine: string;
  readonly mode: DriverMode;
  /** Canonical names of functions that return a connection, pool or client. */
  readonly connect: readonly string[];
  /** Canonical names of connection, pool, cursor and client classes. */
  readonly classes: readonly string[];
  /** Whether statements are SQL text. */
  readonly sql: boolean;
  readonly source: string;
}

interface Row {
  readonly name: string;
  readonly distributions?: string;
  readonly importRoots?: string;
  readonly engine: string;
  readonly mode: DriverMode;
  readonly connect?: string;
  readonly classes?: string;
  readonly sql?: boolean;
  readonly source: string;
}

/** A full entry from a row in which names are words of one text and the distribution and package are called as the driver is. */
export function driver(row: Row): Driver {
  return {
    name: row.name,
    distributions: words(row.distributions ?? row.name),
    importRoots: words(row.importRoots ?? row.name),
    engine: row.engine,
    mode: row.mode,
    connect: words(row.connect ?? ""),
    classes: words(row.classes ?? ""),
    sql: row.sql ?? true,
    source: row.source,
  };
}
