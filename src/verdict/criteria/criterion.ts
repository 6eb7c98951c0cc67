// A criterion is one reason the verdict weighs. It is its own documentation: CRITERIA.md and `ormverdict explain` are made
// from these fields. It sees signals only and never another criterion.

import type { Evidence, ProjectSignals, Side } from "../../model/report.ts";

/** How strongly one project shows a criterion. */
export interface Measure {
  /** 0 to 1. */
  readonly strength: number;
  /** One clause with the numbers: "181 of 204 statements are async". */
  readonly says: string;
  /** Few, the strongest first. */
  readonly evidence: readonly Evidence[];
}

export interface Criterion {
  /** Names the reason, in kebab case. */
  readonly id: string;
  readonly title: string;
  readonly favours: Side;
  /** Default weight in points of margin when fully shown; what a point is worth as a probability, calibration.ts says. */
  readonly weight: number;
  /** Why the criterion speaks for its side, and why with this weight. */
  readonly why: string;
  /** How strength follows from the signals, in words. */
  readonly measured: string;
  /** Where the claim comes from. */
  readonly source: string;
  /** Inputs that exist only because of the ORM in use today; the greenfield answer leaves exactly these out. */
  readonly presentOrmInputs: readonly string[];
  readonly measure: (signals: ProjectSignals) => Measure;
}
