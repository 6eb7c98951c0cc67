import type { Finding, Report, Severity } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Findings of all projects, those that count and are most severe first, so that whoever cuts the list loses the least. */
export function findingsByWeight(report: Report): Finding[] {
  return report.projects
    .flatMap(({ findings }) => findings)
    .sort(
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

/** Those of them that count. */
export function openFindings(report: Report): Finding[] {
  return findingsByWeight(report).filter(({ suppressed }) => !suppressed);
}
