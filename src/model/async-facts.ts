// What rules about the event loop are judged from: concluded once from linked code, never part of the report.

/** An expression of the code, for people and for fingerprints. Lines and columns are 1-based, columns in code points. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Qualified name of the function that holds it, or null at module level. */
  readonly symbol: string | null;
  /** The expression written anew, without layout and comments: equal for code that means the same. */
  readonly code: string;
}

/** How code that blocks can be written for the event loop. */
export type Library = "django" | "sqlalchemy" | "other";

/** Work on the database that holds up its thread until it is done. */
export interface DatabaseWork {
  readonly place: Place;
  readonly library: Library;
  /** "`count()` on Book", "`transaction.atomic()`". */
  readonly says: string;
  /** The method or function of the same meaning that can be awaited, where the library has one: "acount". */
  readonly twin: string | null;
}

/** A synchronous call chain from a coroutine to work on the database. */
export interface ReachedWork {
  /** The call in the coroutine. */
  readonly call: Place;
  /** Names of the functions on the way, the one called first. */
  readonly path: readonly string[];
  /** Calls further down the chain, in order. */
  readonly steps: readonly Place[];
  /** What the last function on the way does first. */
  readonly work: DatabaseWork;
  /** How many functions the call in the coroutine may be one of: methods of several classes, by what decides among those. */
  readonly choices: number;
  /** False where a branch on the way, or which of several methods is called, decides whether the work is done. */
  readonly isCertain: boolean;
  /** How many functions with work on the database the call leads to. */
  readonly reaches: number;
}

/** An attribute that is read in a coroutine, and whose reading loads from the database. */
export interface LazyLoad {
  readonly place: Place;
  readonly library: Library;
  readonly model: string;
  readonly attribute: string;
  readonly reason: "relation" | "deferred" | "expired" | "rolled-back";
  /** Where the place is a call: the functions it leads through, and the read in the last of them. */
  readonly through: { readonly path: readonly string[]; readonly read: Place } | null;
}

/** An asynchronous statement whose coroutine nobody awaits. */
export interface UnawaitedQuery {
  readonly place: Place;
  readonly says: string;
  /** "discarded": it stands alone. "used": its result is used as if it had been awaited. */
  readonly reason: "discarded" | "used";
}

/** An endpoint that is a coroutine and works with a synchronous session. */
export interface SyncSessionEndpoint {
  /** The parameter, or the call that makes the session. */
  readonly place: Place;
  readonly endpoint: string;
  readonly session: string;
  /** Where the endpoint blocks: its own work, and calls that lead to work. */
  readonly uses: readonly Place[];
}

/** A synchronous engine of a project that serves its requests from an event loop. */
export interface SyncEngine {
  readonly place: Place;
  readonly framework: string;
  /** Coroutines that query through synchronous sessions of it. */
  readonly coroutines: number;
  /** True where there are others, and nobody can tell whether their sessions are of this engine. */
  readonly isAtLeast: boolean;
  readonly example: Place;
}

/** Everything known of a project's code that can hold up, or be held up by, the event loop. Each list is in source order. */
export interface AsyncFacts {
  readonly blocking: readonly DatabaseWork[];
  readonly reached: readonly ReachedWork[];
  readonly lazyLoads: readonly LazyLoad[];
  readonly unawaited: readonly UnawaitedQuery[];
  readonly endpoints: readonly SyncSessionEndpoint[];
  readonly engines: readonly SyncEngine[];
  /** Where the code switches off Django's own guard ("settings.py:3"), or null. */
  readonly unsafeAt: string | null;
}
