// What `check` says on a terminal: one line a finding, in the form that editors and terminals make clickable, and one line that sums up.
import type { Finding, Report } from "../model/report.ts";
import { plainName, plainText } from "../text/plain-text.ts";
import { counted } from "./count-words.ts";
import { suppressionWords } from "./open-findings.ts";
import { paintFor } from "./paint.ts";
import type { RenderOptions } from "./reporter.ts";
import { shownPath } from "./shown-path.ts";

/** The findings that count, each on a line of its own; with `verbose` the places that belong to it below. */
export function checkText(report: Report, options: RenderOptions): string {
  const open = report.projects.flatMap(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
  const lines = open.flatMap((finding) => findingLines(finding, options));
  return [...lines, summary(report, open), ""].join("\n");
}

function findingLines(finding: Finding, options: RenderOptions): string[] {
  const paint = paintFor(options.color);
  const { path, line, column, severity, rule, message, related } = finding;
  const place = (at: { path: string; line: number; column: number }): string =>
    `${plainName(shownPath(at.path, options))}:${at.line}:${at.column}`;
  const first = `${paint.cyan(place({ path, line, column }))}: ${severity} ${paint.bold(rule)}: ${plainText(message)}`;
  const more = options.verbose ? related.map((at) => `    ${place(at)}: ${plainText(at.says)}`) : [];
  return [first, ...more];
}

function summary({ projects, problems, stats }: Report, open: readonly Finding[]): string {
  const all = projects.flatMap(({ findings }) => findings);
  const bySeverity = (["error", "warning", "note"] as const)
    .map((severity) => ({ severity, count: open.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, severity));
  const notes = [
    `${counted(open.length, "finding")}${open.length === 0 ? "" : ` (${bySeverity.join(", ")})`} in ${counted(stats.parsed, "file")}`,
    ...suppressionWords(all),
    ...(problems.length === 0
      ? []
      : [`${counted(problems.length, "problem")}, which \`ormverdict scan\` lists`]),
  ];
  return notes.join("; ");
}
