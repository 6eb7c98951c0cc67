// GitLab Code Quality (docs.gitlab.com, "Code Quality report format"): an array without a byte order mark, paths from the repository's
// root, and a fingerprint that is unique in the file and stays when lines move.
import { createHash } from "node:crypto";
import type { Finding, Report, Severity } from "../model/report.ts";
import { plainText } from "../text/plain-text.ts";
import { openFindings } from "./open-findings.ts";
import type { RenderOptions, Reporter } from "./reporter.ts";
import { shownPath } from "./shown-path.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "major", warning: "minor", note: "info" };

function render(report: Report, options: RenderOptions): string {
  const taken = new Set<string>();
  const issues = openFindings(report).map((finding) => issueOf(finding, unique(finding, taken), options));
  return `${JSON.stringify(issues, null, 1)}\n`;
}

function issueOf(
  { rule, severity, message, path, line, column, endLine, endColumn }: Finding,
  fingerprint: string,
  options: RenderOptions,
): object {
  return {
    // The name of the check is not shown in merge requests.
    description: `${rule}: ${plainText(message)}`,
    check_name: rule,
    fingerprint,
    severity: SEVERITIES[severity],
    location: {
      path: shownPath(path, options),
      positions: { begin: { line, column }, end: { line: endLine, column: endColumn } },
    },
  };
}

/** Projects that share a folder may hold findings alike. */
function unique({ fingerprint }: Finding, taken: Set<string>): string {
  let made = fingerprint;
  for (let salt = 1; taken.has(made); salt += 1)
    made = createHash("sha256").update(`${fingerprint}\0${salt}`).digest("hex").slice(0, 32);
  taken.add(made);
  return made;
}

/** Findings beside the code of a merge request. */
export const gitlab: Reporter = {
  name: "gitlab",
  mediaType: "application/json",
  describe: "findings as a GitLab Code Quality report",
  subject: "findings",
  forRepository: true,
  render,
};
