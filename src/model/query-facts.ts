// What rules about queries are judged from beyond the report: concluded once from linked code.
import type { Place } from "./async-facts.ts";

/** A query that a loop runs once per turn, by itself or through a call. */
export interface LoopedQuery {
  /** The execution in the loop, or the call that leads to it. */
  readonly place: Place;
  /** "`get()` on Book", "reading `author` of Book". */
  readonly says: string;
  readonly loopLine: number;
  /** Functions called on the way, the first first; empty when the loop holds the query itself. */
  readonly path: readonly string[];
  /** Where the query runs when that is elsewhere. */
  readonly at: Place | null;
}

/** SQL text with a value formatted into it. */
export interface InterpolatedSql {
  readonly place: Place;
  /** The text before the value, shortened: "… WHERE name = ". */
  readonly before: string;
}

export interface QueryFacts {
  readonly looped: readonly LoopedQuery[];
  readonly interpolated: readonly InterpolatedSql[];
}
