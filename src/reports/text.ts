import type { Report } from "../model/report.ts";
import { counted } from "./count-words.ts";
import { verdictWords } from "./display-names.ts";
import { itemLines } from "./item-lines.ts";
import { problemCounts, problemsOf } from "./not-seen.ts";
import { paintFor } from "./paint.ts";
import { plainText } from "./plain-text.ts";
import { frameworkWords, ormWords, projectTitle, sizeWords } from "./project-headline.ts";
import type { RenderOptions, Reporter } from "./reporter.ts";
import { problemItems, projectLines, type TextStyle } from "./text-project.ts";
import { tableLines } from "./text-table.ts";
import { wrapText } from "./wrap-text.ts";

// Columns that no table fits into, and those that no eye follows.
const NARROWEST = 50;
const WIDEST = 130;

function styleFor(report: Report, { width, color, verbose }: RenderOptions): TextStyle {
  const columns = Number.isFinite(width) ? Math.floor(width) : WIDEST;
  return {
    width: Math.min(WIDEST, Math.max(NARROWEST, columns)),
    paint: paintFor(color),
    verbose,
    short: report.projects.length > 1 && !verbose,
  };
}

function projectTable(report: Report, { width, paint }: TextStyle): readonly string[] {
  const rows = report.projects.map((project) => [
    projectTitle(project),
    frameworkWords(project).join(", ") || "-",
    ormWords(project).join(", ") || "-",
    verdictWords(project.verdict),
    project.verdict.confidence.toFixed(2),
  ]);
  return tableLines([["project", "runs on", "ORM", "verdict", "confidence"], ...rows], width, paint);
}

/** What holds for no single project: the problems outside all of them, and what was read. */
function closing(report: Report, style: TextStyle): readonly string[] {
  const counts = problemCounts(problemsOf(report, null));
  const outside = report.projects.length === 0 ? "not seen" : "elsewhere";
  const problems =
    counts === ""
      ? []
      : [
          { label: outside, says: style.verbose ? counts : `${counts} (--verbose lists them)` },
          ...(style.verbose ? problemItems(report, null) : []),
        ];
  const { parsed } = report.stats;
  const read = `${report.tool.name} ${report.tool.version} · ${sizeWords(report.stats)}, ${counted(parsed, "file")} parsed`;
  return [
    ...problems.flatMap((item) => itemLines(item, style)),
    ...wrapText(plainText(read), style.width).map((line) => style.paint.dim(line)),
  ];
}

function timingLines({ timings, verbose }: RenderOptions, style: TextStyle): readonly string[] {
  if (!verbose || timings === undefined || timings.length === 0) return [];
  const words = timings
    .map(({ stage, milliseconds }) => `${stage} ${milliseconds.toFixed(0)} ms`)
    .join(" · ");
  return itemLines({ label: "time", says: words }, style);
}

/**
 * A line that starts with `::`, or holds `##[`, would be a command to the log viewers of some CI services. Only text of
 * the repository can put either there; a look-alike of the same width disarms it.
 */
function disarm(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a coloured line starts with an escape sequence
  return line.replace(/^((?:\s|\u001b\[\d+m)*):(?=:)/u, "$1\ua789").replaceAll("##[", "##(");
}

function render(report: Report, options: RenderOptions): string {
  const style = styleFor(report, options);
  const summary = plainText(report.summary);
  const several = report.projects.length > 1;
  const none = report.projects.length === 0;
  const lines = [
    ...(summary === "" || report.projects.length === 1 ? [] : wrapText(summary, style.width)),
    ...(none && summary === "" ? ["No Python project was found."] : []),
    ...(several ? ["", ...projectTable(report, style)] : []),
    ...report.projects.flatMap((project, index) => [
      ...(index > 0 || several ? [""] : []),
      ...projectLines(project, report, style),
    ]),
    "",
    ...closing(report, style),
    ...timingLines(options, style),
  ];
  return `${lines.map((line) => disarm(line).trimEnd()).join("\n")}\n`;
}

/** The verdict with its reasons, on one screen a project. */
export const text: Reporter = {
  name: "text",
  mediaType: "text/plain; charset=utf-8",
  describe: "the verdict and its reasons, for a terminal",
  render,
};
