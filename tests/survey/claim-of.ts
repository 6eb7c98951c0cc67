import type { Report } from "../../src/index.ts";
import { choose } from "../../src/verdict/choose.ts";
import { defaultThresholds } from "../../src/verdict/thresholds.ts";
import type { Claim } from "./calibration.ts";
import { mainProject } from "./compare.ts";
import type { Expectation } from "./record.ts";

/**
 * The confidence of a report's choice, with whether the reader chose the same; null where no choice was stated, and for
 * "undecided", which claims nothing (it counts as wrong among the choices).
 */
export function claimOf({ choices, name }: Expectation, report: Report): Claim | null {
  const main = mainProject(report);
  if (main === null || choices.length === 0 || main.verdict.choice === "undecided") return null;
  const { confidence, choice } = main.verdict;
  const { seen, situation, weighing } = choose(main, {}, defaultThresholds);
  const evidence = situation.kind === "weigh" ? Math.abs(weighing.margin) * seen.amount : null;
  return { name, confidence, isRight: choices.includes(choice), evidence };
}
