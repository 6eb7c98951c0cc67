import type { Evidence, ProjectSignals } from "../../model/report.ts";

/** What the scan shows for one row: a full sentence with this project's numbers. */
export interface Here {
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

/** One row of the comparison: what holds for each ORM anywhere, and what the scan shows here. */
export interface RowDefinition {
  readonly row: string;
  readonly sqlalchemy: string;
  readonly djangoOrm: string;
  readonly here: (signals: ProjectSignals) => Here;
}

/** Ends a sentence whose signal is incomplete by saying so, because not having looked is not having found nothing. */
export function withUnknown(says: string, unknown: string | null): string {
  return unknown === null ? `${says}.` : `${says}; this may be incomplete (${unknown}).`;
}
