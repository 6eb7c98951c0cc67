import type { FileFacts } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { compareText } from "../text/compare-text.ts";
import { MAX_ATOMS } from "./atoms.ts";
import { MAX_CONTEXTS, MAX_STEPS } from "./call-function.ts";
import type { FunctionInfo } from "./function-info.ts";
import { lineIn } from "./module-info.ts";
import { MAX_VARIANTS } from "./query.ts";
import type { World } from "./world.ts";

/** What evaluation had to leave out in files that count. */
export function evaluationProblems(world: World, counts: (file: FileFacts) => boolean): readonly Problem[] {
  const cut = [...world.cut].filter(({ module }) => counts(module.facts)).sort(byPlace);
  return [...tooManySteps(world), ...tooManyWays(cut)];
}

function tooManySteps({ steps }: World): Problem[] {
  if (steps <= MAX_STEPS) return [];
  const message =
    "The code takes more steps to follow than the scan allows itself; calls were no longer looked into, so queries may be missing.";
  return [{ path: ".", kind: "limit", message }];
}

/** One problem for all, at the first place: how often a bound is met says how generic code is, not that each place matters. */
function tooManyWays(cut: readonly FunctionInfo[]): Problem[] {
  const [first] = cut;
  if (first === undefined) return [];
  const { path } = first.module;
  const where = cut.length === 1 ? "here" : `in ${cut.length} functions, as here`;
  const message = `A value that can be more than ${MAX_ATOMS} things, a statement that is built in more than ${MAX_VARIANTS} ways, or a function that gives one in more than ${MAX_CONTEXTS} ways, was not followed to the end ${where}: what becomes of the other statements may be missing.`;
  return [{ path, kind: "limit", message, line: lineIn(first.module, first.start) }];
}

function byPlace(left: FunctionInfo, right: FunctionInfo): number {
  return compareText(left.module.path, right.module.path) || left.start - right.start;
}
