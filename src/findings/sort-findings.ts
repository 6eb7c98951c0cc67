import type { Finding } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

/** Findings in source order: by path, line, column, rule and message. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (left, right) =>
      compareText(left.path, right.path) ||
      left.line - right.line ||
      left.column - right.column ||
      compareText(left.rule, right.rule) ||
      compareText(left.message, right.message),
  );
}
