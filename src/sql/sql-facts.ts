import type { QueryOperation } from "../model/report.ts";

/** One thing that a statement makes use of, by the names that a report's queries have. */
export interface SqlFeature {
  readonly name: string;
  /** Where in the text it stands. */
  readonly at: number;
}

/** Spider's counts; see signals/queries/complexity.ts for the rules. */
export interface SqlComponents {
  readonly one: number;
  readonly two: number;
  readonly others: number;
}

/** What SQL text does. */
export interface SqlFacts {
  readonly operation: QueryOperation;
  readonly table: string | null;
  readonly features: readonly SqlFeature[];
  readonly components: SqlComponents;
}
