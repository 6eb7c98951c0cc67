import type { Finding, ProjectSignals, Severity } from "../model/report.ts";

/** A smell that `check` reports where it is seen. A rule is its own documentation: `explain` and the SARIF rule list come from here. */
export interface Rule {
  /** Names the smell, not the cure: "query-in-loop". */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly advice: string;
  /** Python that the rule flags, and Python that it does not; both are run as tests. */
  readonly examples: { readonly bad: readonly string[]; readonly good: readonly string[] };
  /** Limits that the configuration may set, by name, with their defaults. */
  readonly thresholds?: Readonly<Record<string, number>>;
  /** "undecided" when what it needs to know could not be read. */
  judge(project: ProjectSignals): readonly Finding[] | "undecided";
}
