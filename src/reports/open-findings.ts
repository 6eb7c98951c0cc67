import type { Finding, Report, Severity } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Findings that count and are most severe first, so that whoever cuts the list loses the least. */
export function byWeight(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (left, right) =>
      Number(left.suppressed) - Number(right.suppressed) ||
      WEIGHT[left.severity] - WEIGHT[right.severity] ||
      compareText(left.path, right.path) ||
      left.line - right.line ||
      left.column - right.column ||
      compareText(left.rule, right.rule) ||
      compareText(left.message, right.message),
  );
}

/** Findings of all projects in that order. */
export function findingsByWeight(report: Report): Finding[] {
  return byWeight(report.projects.flatMap(({ findings }) => findings));
}

/** Those of them that count. */
export function openFindings(report: Report): Finding[] {
  return findingsByWeight(report).filter(({ suppressed }) => !suppressed);
}

type SuppressionKind = NonNullable<Finding["suppression"]>["kind"];

const SAYS: Readonly<Record<SuppressionKind, string>> = {
  baseline: "accepted in the baseline",
  comment: "suppressed by comments",
  unchanged: "in unchanged code",
};

/** How many findings do not count, by why: "3 accepted in the baseline". */
export function suppressionWords(
  findings: readonly Finding[],
  kinds: readonly SuppressionKind[] = ["baseline", "comment", "unchanged"],
): string[] {
  return kinds.flatMap((kind) => {
    const count = findings.filter(({ suppression }) => suppression?.kind === kind).length;
    return count === 0 ? [] : [`${count} ${SAYS[kind]}`];
  });
}
