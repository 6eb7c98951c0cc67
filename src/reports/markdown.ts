import type { ProjectReport, Report } from "../model/report.ts";
import { counted } from "./count-words.ts";
import { verdictWords } from "./display-names.ts";
import { markdownCode, markdownText } from "./markdown-escape.ts";
import { type Section, withinLimit } from "./markdown-limit.ts";
import { markdownTable, notSeen, projectSections } from "./markdown-project.ts";
import { frameworkWords, ormWords, projectTitle, sizeWords } from "./project-headline.ts";
import type { RenderOptions, Reporter } from "./reporter.ts";

/** The first line: by it a pull request's comment is found again and updated in place. */
const MARKER = "<!-- ormverdict -->";

// GitHub takes 65,536 characters a comment; the rest is left to whoever adds a line of their own.
const MAX_LENGTH = 65_000;
// Below this no honest report fits.
const LEAST_LENGTH = 4_000;
const TABLE_ROWS = 50;

function projectTable(report: Report): string {
  const shown = report.projects.slice(0, TABLE_ROWS);
  const cell = (words: readonly string[]) => words.map((word) => markdownText(word, 120)).join(", ") || "-";
  const rows = shown.map((project) => [
    markdownCode(projectTitle(project)),
    cell(frameworkWords(project)),
    cell(ormWords(project)),
    `**${markdownText(verdictWords(project), 120)}**`,
    project.verdict.confidence.toFixed(2),
  ]);
  const more = report.projects.length - shown.length;
  const table = markdownTable(["project", "runs on", "ORM", "verdict", "confidence"], rows, 4);
  return more > 0 ? `${table}\n\nand ${counted(more, "more project")}` : table;
}

function together({ together }: Report): string {
  if (together === null) return "";
  const shared = together.shared.map(({ says, evidence: [first] }) => {
    const where = first === undefined ? "" : ` ${markdownCode(`${first.path}:${first.line}`)}`;
    return `- **shared** ${markdownText(says)}${where}`;
  });
  return [...shared, `- **together** ${markdownText(together.advice, 1_000)}`].join("\n");
}

function title({ projects }: Report): string {
  const [only, second] = projects;
  if (only === undefined) return "## ORM verdict: no Python project found";
  return second === undefined
    ? `## ORM verdict: ${markdownText(verdictWords(only), 120)}`
    : `## ORM verdict: ${counted(projects.length, "project")}`;
}

/** One project among several: its heading stays or goes with its lead. */
function headed(project: ProjectReport, report: Report): readonly Section[] {
  const [lead, ...rest] = projectSections(project, report, true);
  if (lead === undefined) return rest;
  return [{ ...lead, body: `### ${markdownCode(projectTitle(project))}\n\n${lead.body}` }, ...rest];
}

function render(report: Report, options: RenderOptions): string {
  const several = report.projects.length > 1;
  const summary = markdownText(report.summary);
  const { tool, stats } = report;
  const read = `${tool.name} ${tool.version}: ${sizeWords(stats)}, ${counted(stats.parsed, "file")} parsed`;
  const sections: readonly Section[] = [
    { title: "the title", rank: 0, body: `${MARKER}\n${title(report)}` },
    { title: "the summary", rank: 0, body: report.projects.length === 1 ? "" : summary },
    { title: "the table of projects", rank: 1, body: several ? projectTable(report) : "" },
    { title: "what the projects share", rank: 1, body: together(report) },
    ...report.projects.flatMap((project) =>
      several ? headed(project, report) : projectSections(project, report, false),
    ),
    { title: "problems outside every project", rank: 8, body: notSeen(report, null) },
    { title: "the closing line", rank: 0, body: `<sub>${markdownText(read)}</sub>` },
  ];
  return withinLimit(sections, Math.max(LEAST_LENGTH, options.maxLength ?? MAX_LENGTH));
}

/** The verdict as GitHub-flavoured Markdown: for a pull request's comment, a job summary or a wiki. */
export const markdown: Reporter = {
  name: "markdown",
  mediaType: "text/markdown; charset=utf-8",
  describe: "the verdict for pull requests and wikis, at most 65,000 characters",
  render,
};
