import { COMPARED, type Counts, type Share, type TruthComparison } from "./compare-truth.ts";

/** Several suites taken together: their counts add up. */
export function addComparisons(all: readonly TruthComparison[]): TruthComparison {
  const sum = (of: (one: TruthComparison) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  const shares = (of: (one: TruthComparison) => Share): Share => ({
    hits: sum((one) => of(one).hits),
    of: sum((one) => of(one).of),
  });
  const counts = (feature: string): Counts => ({
    predicted: sum(({ features }) => features[feature]?.predicted ?? 0),
    actual: sum(({ features }) => features[feature]?.actual ?? 0),
    both: sum(({ features }) => features[feature]?.both ?? 0),
  });
  return {
    sites: shares(({ sites }) => sites),
    implicitSites: shares(({ implicitSites }) => implicitSites),
    librarySites: shares(({ librarySites }) => librarySites),
    precision: shares(({ precision }) => precision),
    features: Object.fromEntries(Object.keys(COMPARED).map((feature) => [feature, counts(feature)])),
    hardness: shares(({ hardness }) => hardness),
    operation: shares(({ operation }) => operation),
    async: shares((one) => one.async),
    unreadSql: sum(({ unreadSql }) => unreadSql),
    misses: all.flatMap(({ misses }) => misses),
  };
}
