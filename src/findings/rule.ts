import type { AsyncFacts, Place } from "../model/async-facts.ts";
import type { Location, ProjectSignals, Severity } from "../model/report.ts";

/** What rules judge: the signals of one project, and facts too fine for the report. */
export interface RuleInput {
  readonly signals: ProjectSignals;
  readonly async: AsyncFacts;
}

/** A smell seen at a place. Rule, severity and fingerprint are added by judgeFindings. */
export interface Sighting {
  readonly place: Place;
  readonly message: string;
  readonly related?: readonly Location[];
}

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
  judge(input: RuleInput): readonly Sighting[] | "undecided";
}
