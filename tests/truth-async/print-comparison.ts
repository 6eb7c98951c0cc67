import type { LibraryComparison } from "./compare-library.ts";
import { type KnownDisagreement, knownFor } from "./known-disagreements.ts";
import type { Observations } from "./observations.ts";

/** One library's agreement, its exceptions by name, and marks that no longer hold. */
export function printComparison(
  name: string,
  observed: ReadonlyMap<string, Observations>,
  { agreeing, cells, disagreements, strays }: LibraryComparison,
  known: readonly KnownDisagreement[],
): string {
  const versions = [...observed.values()].map((one) =>
    Object.entries(one.versions)
      .map(([library, version]) => `${library} ${version}`)
      .join(", "),
  );
  return [
    `${name}: ${agreeing} of ${cells} cells agree (${versions.join("; ")})`,
    ...disagreements.map((one) => {
      const mark = knownFor(known, one);
      const label = mark === undefined ? `new ${one.kind}` : mark.mark;
      const reason = mark === undefined ? "" : `; ${mark.reason}`;
      return `  ${label}  ${one.cell} (${one.version}): ${one.observed}; the scan says ${one.says}${reason}`;
    }),
    ...strays.map((stray) => `  new noise, in no cell  ${stray}`),
  ].join("\n");
}
