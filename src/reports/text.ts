import type { Report } from "../model/report.ts";
import { plainText } from "../text/plain-text.ts";
import { counted } from "./count-words.ts";
import { verdictWords } from "./display-names.ts";
import { itemLines, placeOf } from "./item-lines.ts";
import { joinLines } from "./join-lines.ts";
import { problemCounts, problemsOf } from "./not-seen.ts";
import { paintFor } from "./paint.ts";
import { frameworkWords, ormWords, projectTitle, sizeWords } from "./project-headline.ts";
import type { RenderOptions, Reporter } from "./reporter.ts";
import { problemItems, projectLines, type TextStyle } from "./text-project.ts";
import { tableLines } from "./text-table.ts";
import { readableWidth, wrapText } from "./wrap-text.ts";

function styleFor(report: Report, { width, color, verbose }: RenderOptions): TextStyle {
  return {
    width: readableWidth(width),
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
    verdictWords(project),
    project.verdict.confidence.toFixed(2),
  ]);
  return tableLines([["project", "runs on", "ORM", "verdict", "confidence"], ...rows], width, paint);
}

function togetherLines({ together }: Report, style: TextStyle): readonly string[] {
  if (together === null) return [];
  const shared = together.shared.map(({ says, evidence: [first] }, index) => ({
    label: index === 0 ? "shared" : "",
    says,
    ...(first !== undefined && { place: placeOf(first) }),
  }));
  const items = [...shared, { label: "together", says: together.advice }];
  return ["", ...items.flatMap((item) => itemLines(item, style))];
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

function render(report: Report, options: RenderOptions): string {
  const style = styleFor(report, options);
  const summary = plainText(report.summary);
  const several = report.projects.length > 1;
  const none = report.projects.length === 0;
  const lines = [
    ...(summary === "" || report.projects.length === 1 ? [] : wrapText(summary, style.width)),
    ...(none && summary === "" ? ["No Python project was found."] : []),
    ...(several ? ["", ...projectTable(report, style)] : []),
    ...togetherLines(report, style),
    ...report.projects.flatMap((project, index) => [
      ...(index > 0 || several ? [""] : []),
      ...projectLines(project, report, style),
    ]),
    "",
    ...closing(report, style),
  ];
  return joinLines(lines);
}

/** The verdict with its reasons, on one screen a project. */
export const text: Reporter = {
  name: "text",
  mediaType: "text/plain; charset=utf-8",
  describe: "the verdict and its reasons, for a terminal",
  render,
};
