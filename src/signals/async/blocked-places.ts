import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Place } from "../../model/async-facts.ts";

/** A place in a coroutine that blocks on SQLAlchemy: its own work, or a call that leads to work. */
export interface BlockedPlace {
  readonly place: Place;
  /** The functions that do the work: the coroutine itself, or those that the call leads to. */
  readonly workers: readonly FunctionInfo[];
}

/** By coroutine. */
export type BlockedPlaces = ReadonlyMap<FunctionInfo, readonly BlockedPlace[]>;
