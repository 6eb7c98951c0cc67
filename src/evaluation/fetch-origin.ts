// What is known of an instance that a statement gave: what was loaded with it, and what reading an attribute would still load.

/** An instance without one was constructed, or nothing certain is known of what it holds. */
export interface FetchOrigin {
  readonly library: "django" | "sqlalchemy";
  /** Relations in memory: lookup paths for Django, attribute names for SQLAlchemy; "*" when they may all be. */
  readonly loaded: readonly string[];
  /** Columns that the statement left out. */
  readonly deferred: readonly string[];
  /** True for rows of an AsyncSession. */
  readonly isAsync: boolean;
  /** Set once its session forgot what it holds: the next read of any attribute is a query. */
  /** "commit": by one whose session may be made to keep what it holds; "expiring-commit": by one that is known not to. */
  readonly expiredBy: "commit" | "expiring-commit" | "expire" | "rollback" | null;
  /** For a new instance of SQLAlchemy that no flush has written yet: the attributes that were set. */
  readonly pending?: readonly string[];
  /** True for a row that this session wrote: its columns are in memory. */
  readonly isMade?: boolean;
  /** Where the session was opened that gave it; left out for one that was handed in or is kept somewhere. */
  readonly session?: number;
  /** True inside a function that was given the instance: what reading it loads is the caller's concern. */
  readonly isGiven?: boolean;
}

/** True when an attribute is in memory. */
export function isLoaded({ loaded }: FetchOrigin, name: string): boolean {
  return loaded.some((path) => path === "*" || path === name || path.startsWith(`${name}__`));
}

/** The origin once these are in memory as well. */
export function withLoaded(origin: FetchOrigin, names: readonly string[]): FetchOrigin {
  const deferred = origin.deferred.filter((name) => !names.includes(name));
  return { ...origin, loaded: [...new Set([...origin.loaded, ...names])], deferred };
}

/** What is certain of an instance that comes from either place: only what both leave out counts as left out. */
export function joinOrigins(
  left: FetchOrigin | undefined,
  right: FetchOrigin | undefined,
): FetchOrigin | undefined {
  if (left === right || left === undefined || right === undefined) return left === right ? left : undefined;
  if (left.library !== right.library) return undefined;
  const added = right.loaded.filter((name) => !left.loaded.includes(name));
  const deferred = left.deferred.filter((name) => right.deferred.includes(name));
  const expiredBy = left.expiredBy === right.expiredBy ? left.expiredBy : null;
  const isAsync = left.isAsync && right.isAsync;
  if (left.session !== right.session) return undefined;
  const isSame =
    added.length === 0 &&
    deferred.length === left.deferred.length &&
    expiredBy === left.expiredBy &&
    isAsync === left.isAsync &&
    left.pending?.join() === right.pending?.join() &&
    left.isMade === right.isMade;
  if (isSame) return left;
  if ((left.pending === undefined) !== (right.pending === undefined)) return undefined;
  const pending = left.pending && [...new Set([...left.pending, ...(right.pending ?? [])])];
  return {
    ...left,
    ...(pending && { pending }),
    loaded: [...left.loaded, ...added],
    deferred,
    isAsync,
    expiredBy,
  };
}

/** A short text that is equal for equal origins. */
export function originKey(origin: FetchOrigin): string {
  const { loaded, deferred, isAsync, expiredBy, pending, isMade, session } = origin;
  return `${pending?.join(",") ?? ""};${isMade ? "m" : ""};${loaded.join(",")};${deferred.join(",")};${isAsync ? "a" : ""}${expiredBy ?? ""}${session ?? ""}`;
}
