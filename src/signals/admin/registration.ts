import type { Evidence } from "../../model/report.ts";

/** One place that registers models with an admin. */
export interface Registration {
  /** How many models, as far as the code shows; 1 for a loop over what is not known. */
  readonly models: number;
  readonly evidence: Evidence;
}
