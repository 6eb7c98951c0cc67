import type { Report } from "../model/report.ts";
import { changesBetween, isUnchanged, type Moved, type ProjectChanges } from "./changes-between.ts";
import { comparisonSummary, verdictMove } from "./compare-text.ts";
import { grouped } from "./count-words.ts";
import { markdownCode, markdownText } from "./markdown-escape.ts";
import { type Section, withinLimit } from "./markdown-limit.ts";
import { markdownTable } from "./markdown-project.ts";
import { featureWords } from "./query-summary.ts";

/** Told apart from the report's own marker, so that both can stand under one pull request. */
const MARKER = "<!-- ormverdict compare -->";
const MAX_LENGTH = 65_000;
const SHOWN = 20;

function table(rows: readonly Moved[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map((row) => [row.what, row.before, row.after].map((cell) => markdownText(cell, 200)));
  return markdownTable(["", "before", "after"], cells);
}

function list(title: string, entries: readonly string[]): string {
  if (entries.length === 0) return "";
  const more = entries.length - SHOWN;
  const shown = entries.slice(0, SHOWN).map((entry) => `- ${entry}`);
  return `**${title}** (${grouped(entries.length)})\n\n${[...shown, ...(more > 0 ? [`- and ${grouped(more)} more`] : [])].join("\n")}`;
}

function sectionsOf(project: ProjectChanges): readonly Section[] {
  const place = (at: { readonly path: string; readonly line: number }): string =>
    markdownCode(`${at.path}:${at.line}`);
  const ofQuery = (query: (typeof project.queries.come)[number]): string =>
    `${place(query)} ${query.tier}: ${markdownText(featureWords(query).join(", ") || query.operation, 200)}`;
  const ofFinding = (finding: (typeof project.findings.come)[number]): string =>
    `${place(finding)} ${finding.severity} ${markdownCode(finding.rule)}: ${markdownText(finding.message)}`;
  const { queries, findings, title, signals, weighing } = project;
  return [
    {
      title: "verdicts",
      rank: 1,
      body: `### ${markdownCode(title)}\n\n**${markdownText(verdictMove(project), 200)}**`,
    },
    { title: "weighing", rank: 2, body: table(weighing) },
    { title: "signals", rank: 3, body: table(signals) },
    { title: "findings that came", rank: 4, body: list("Findings that came", findings.come.map(ofFinding)) },
    { title: "findings that went", rank: 7, body: list("Findings that went", findings.gone.map(ofFinding)) },
    { title: "queries that came", rank: 5, body: list("Queries that came", queries.come.map(ofQuery)) },
    { title: "queries that went", rank: 6, body: list("Queries that went", queries.gone.map(ofQuery)) },
  ];
}

/** What moved between two reports, as GitHub-flavoured Markdown within what a comment takes. */
export function compareAsMarkdown(before: Report, after: Report): string {
  const { projects } = changesBetween(before, after);
  const changed = projects.filter((project) => !isUnchanged(project));
  const summary = comparisonSummary(before, after)
    .map((line) => markdownText(line))
    .join("\n\n");
  const sections: readonly Section[] = [
    { title: "the title", rank: 0, body: `${MARKER}\n## ORM verdict: what moved` },
    { title: "the summary", rank: 0, body: summary },
    ...changed.flatMap(sectionsOf),
  ];
  return withinLimit(sections, MAX_LENGTH);
}
