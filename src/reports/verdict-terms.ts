// Under which terms a verdict was reached: what was assumed, which weights and thresholds are the user's own, and what other
// assumptions would have made of it. Shared by the formats made for people.

import type { ProjectReport } from "../model/report.ts";
import { verdictWords } from "./display-names.ts";

export interface Term {
  readonly label: "assumed" | "set";
  readonly says: string;
}

/** What the reader must know before the verdict means anything; nothing where all is as usual. */
export function termsOf({ verdict }: Pick<ProjectReport, "verdict">): readonly Term[] {
  return [
    ...verdict.assumptions.map(
      ({ key, value, says }): Term => ({
        label: "assumed",
        says: `${key}=${value}: ${says}, whatever the code shows`,
      }),
    ),
    ...verdict.policy.map(
      ({ kind, name, value, usual }): Term => ({
        label: "set",
        says: `the ${kind} ${name} is ${value} by configuration, usually ${usual}`,
      }),
    ),
  ];
}

export const WHAT_IF_HEAD = ["what if (--assume)", "verdict", "confidence", "margin"] as const;

/** The alternatives as rows under WHAT_IF_HEAD. */
export function whatIfRows({ verdict, orms }: ProjectReport): readonly (readonly string[])[] {
  return verdict.whatIf.map(({ assume, choice, stance, confidence, margin }) => [
    assume,
    verdictWords({ verdict: { choice, stance }, orms }),
    confidence.toFixed(2),
    `${margin > 0 ? "+" : ""}${margin.toFixed(2)}`,
  ]);
}
