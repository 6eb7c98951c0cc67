import type { Claim } from "./calibration.ts";
import { type Comparison, FIELDS, type Field } from "./compare.ts";
import type { Expectation } from "./record.ts";

/** What became of one code base. */
export interface Result {
  readonly expectation: Expectation;
  /** Empty where it could not be fetched or scanned. */
  readonly comparisons: readonly Comparison[];
  /** Why it could not be fetched or scanned, how its report breaks the schema, what differs between runs. */
  readonly faults: readonly string[];
  readonly seconds: number;
  /** What the verdict claims to be worth; null where it claims nothing, or no choice was stated to hold it against. */
  readonly claim: Claim | null;
}

/** Share of right answers of each field among the code bases that state it; null where none does. */
export type Shares = Readonly<Record<Field, number | null>>;

export function sharesOf(results: readonly Result[]): Shares {
  const comparisons = results.flatMap((result) => result.comparisons);
  const share = (field: Field): number | null => {
    const stated = comparisons.filter((one) => one.field === field);
    const right = stated.filter(({ isRight }) => isRight);
    return stated.length === 0 ? null : Math.round((right.length / stated.length) * 10_000) / 10_000;
  };
  return Object.fromEntries(FIELDS.map((field) => [field, share(field)])) as Record<Field, number | null>;
}
