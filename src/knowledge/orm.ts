// What is known of one library through which Python code reaches its data, and a short way to write it down.
import { words } from "../text/words.ts";

export type OrmKind =
  | "relational"
  | "document"
  | "key-value"
  | "graph"
  | "wide-column"
  | "query-builder"
  | "raw-sql";
export type OrmAsync = "async" | "both" | "sync";

export interface Orm {
  /** As reports spell it. */
  readonly name: string;
  readonly distributions: readonly string[];
  readonly importRoots: readonly string[];
  /** Base classes of models, or functions that make or decorate one. */
  readonly modelBases: readonly string[];
  /** Sessions, databases, clients: what queries are sent through. */
  readonly sessions: readonly string[];
  readonly kind: OrmKind;
  readonly async: OrmAsync;
  /** Which of the two ORMs of the verdict a team that uses this one would feel at home in; null where neither is near. */
  readonly nearer: "sqlalchemy" | "django-orm" | null;
  /** The ORM of this list that it is a layer over, or null. */
  readonly builtOn: string | null;
  readonly source: string;
}

type Row = Omit<Orm, "distributions" | "importRoots" | "modelBases" | "sessions" | "builtOn"> & {
  readonly distributions?: string;
  readonly importRoots?: string;
  readonly modelBases?: string;
  readonly sessions?: string;
  readonly builtOn?: string;
};

/** A full entry from a row in which names are words of one text and the distribution and package are called as the ORM is. */
export function orm(row: Row): Orm {
  return {
    name: row.name,
    distributions: words(row.distributions ?? row.name),
    importRoots: words(row.importRoots ?? row.name),
    modelBases: words(row.modelBases ?? ""),
    sessions: words(row.sessions ?? ""),
    kind: row.kind,
    async: row.async,
    nearer: row.nearer,
    builtOn: row.builtOn ?? null,
    source: row.source,
  };
}
