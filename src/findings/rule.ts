import type { AsyncFacts, Place } from "../model/async-facts.ts";
import type { BaselineProject } from "../model/gate.ts";
import type { QueryFacts } from "../model/query-facts.ts";
import type { Location, ProjectSignals, Severity, Verdict } from "../model/report.ts";

/** What rules judge: the signals of one project, and facts too fine for the report. */
export interface RuleInput {
  readonly signals: ProjectSignals;
  readonly async: AsyncFacts;
  readonly queries: QueryFacts;
  readonly verdict: Verdict;
  /** What the baseline holds of the project; null without a baseline. */
  readonly agreed: BaselineProject | null;
  /** Limits by name: what the configuration sets, else the rules' defaults. */
  readonly thresholds: Readonly<Record<string, number>>;
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
  /** True for a rule that judges changes only, and so is silent without a baseline. */
  readonly needsBaseline?: true;
  /** Why the rule is off until the configuration switches it on, or sets one of its limits. */
  readonly offBecause?: string;
  /** Limits that the configuration may set, by name, with their defaults. */
  readonly thresholds?: Readonly<Record<string, number>>;
  /** "undecided" when what it needs to know could not be read. */
  judge(input: RuleInput): readonly Sighting[] | "undecided";
}
