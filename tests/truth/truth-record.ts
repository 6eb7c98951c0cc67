import { readFileSync } from "node:fs";

/** A statement that ran, as record.py wrote it. Lines and columns are 1-based; columns count UTF-8 bytes. */
export interface Statement {
  readonly path: string;
  /** Extent of the expression that caused it; `at` is the line that Python names in a traceback. */
  readonly line: number;
  readonly at: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
  readonly function: string;
  readonly isAsync: boolean;
  readonly source: "django" | "sqlalchemy" | "dbapi";
  /** The library's function that the code under study called. */
  readonly via: string | null;
  /** Set where the library ran it by itself: a lazily loaded attribute, a refresh, an autoflush. */
  readonly implicit: string | null;
  /** The application of Django's own that wrote it for itself: a session read, the user of a request. */
  readonly author: string | null;
  /** 0 for the first statement of an evaluation; prefetches and cascades follow. */
  readonly position: number;
  /** Lines that called the library where it was the library that called the place. Records made before hold none. */
  readonly outer?: readonly CallingLine[];
  readonly sql: string;
}

export type CallingLine = Pick<Statement, "path" | "line" | "at" | "endLine">;

/** First line and column, last line and column, 1-based. */
export type Span = readonly [line: number, column: number, endLine: number, endColumn: number];

export interface SqlFacts {
  readonly operation: string;
  readonly features: readonly string[];
  readonly tables: readonly string[];
  readonly components: { readonly one: number; readonly two: number; readonly others: number } | null;
  readonly hardness: string | null;
}

export interface TruthRecord {
  readonly versions: Readonly<Record<string, string>>;
  readonly exitStatus: number;
  readonly dropped: number;
  readonly statements: readonly Statement[];
  /** Lines that ran, by path. */
  readonly ran: ReadonlyMap<string, ReadonlySet<number>>;
  /** Parts of expressions that never ran, though their line may have, by path. */
  readonly idle: ReadonlyMap<string, readonly Span[]>;
  /** What sqlglot read in each text; null where it could not. */
  readonly sql: Readonly<Record<string, SqlFacts | null>>;
}

interface Ran {
  readonly path: string;
  readonly ran: readonly number[];
  readonly idle?: readonly Span[];
}

type Row = Statement | Ran | Head;
type Head = Pick<TruthRecord, "versions" | "exitStatus" | "dropped">;

/** Reads what record.py and read_sql.py wrote of one suite. */
export function readTruthRecord(recordFile: string, sqlFile: string): TruthRecord {
  const [head, ...rows] = readFileSync(recordFile, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line): Row => JSON.parse(line));
  if (head === undefined || !("versions" in head)) throw new Error(`${recordFile} is no record`);
  return {
    ...head,
    statements: rows.filter((row): row is Statement => "sql" in row),
    ran: new Map(rows.flatMap((row) => ("ran" in row ? [[row.path, new Set(row.ran)]] : []))),
    idle: new Map(rows.flatMap((row) => ("ran" in row ? [[row.path, row.idle ?? []]] : []))),
    sql: JSON.parse(readFileSync(sqlFile, "utf8")),
  };
}
