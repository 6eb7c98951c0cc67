/**
 * A piece of Python whose behaviour in asynchronous code is asked for. "sync" lines stand in any function; "awaitable" is one
 * expression whose value is awaited; "async" lines stand in coroutines alone.
 */
export interface Snippet {
  /** "QuerySet.get", unique in its matrix. */
  readonly id: string;
  /** Which module of the generated project it is written to. */
  readonly subject: string;
  readonly kind: "sync" | "awaitable" | "async";
  readonly lines: readonly string[];
  /** What the names in it are: lines of a coroutine, and the names as parameters, for the functions it calls. */
  readonly setup: readonly string[];
  /** A line of a coroutine, "async with …:", that all of it stands in. */
  readonly within?: string;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
}
