import type { Problem } from "../model/problem.ts";
import { MAX_STEPS } from "./call-function.ts";
import type { World } from "./world.ts";

/** What evaluation had to leave out. */
export function evaluationProblems(world: World): readonly Problem[] {
  if (world.steps <= MAX_STEPS) return [];
  const message =
    "The code takes more steps to follow than the scan allows itself; calls were no longer looked into, so queries may be missing.";
  return [{ path: ".", kind: "limit", message }];
}
