import type { Severity } from "../model/report.ts";

/** What a format that lists rules says of each. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly advice: string;
  /** Set for rules that are off by default. */
  readonly offBecause?: string;
  readonly examples: { readonly bad: readonly string[]; readonly good: readonly string[] };
}
