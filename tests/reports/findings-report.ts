// A report whose findings hold what formats for CI services must carry: every severity, related places, suppressions, hostile text.
import type { Finding, Report } from "../../src/model/report.ts";
import { singleReport } from "./sample-report.ts";

export function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: "query-in-loop",
    severity: "warning",
    path: "app/users/crud.py",
    line: 21,
    column: 5,
    endLine: 21,
    endColumn: 40,
    symbol: "posts_by_user",
    snippet: "session.scalars(posts_of(user))",
    message: "`scalars()` on Post runs once per turn of the loop on line 20",
    related: [{ path: "app/users/crud.py", line: 20, column: 1, says: "the loop" }],
    fingerprint: "a1b2c3",
    suppressed: false,
    suppression: null,
    ...change,
  };
}

export function reportOf(findings: readonly Finding[]): Report {
  const [project] = singleReport.projects;
  if (project === undefined) throw new Error("the sample has a project");
  return { ...singleReport, projects: [{ ...project, findings }] };
}

export const accepted = finding({
  fingerprint: "c1",
  suppressed: true,
  suppression: { kind: "baseline", reason: null },
});
export const excused = finding({
  fingerprint: "c2",
  suppressed: true,
  suppression: { kind: "comment", reason: "three rows at most" },
});
