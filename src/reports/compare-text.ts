import type { Report } from "../model/report.ts";
import { plainText } from "../text/plain-text.ts";
import { changesBetween, isUnchanged, type Moved, type ProjectChanges } from "./changes-between.ts";
import { counted, grouped } from "./count-words.ts";
import { type Item, type ItemStyle, itemLines, placeOf } from "./item-lines.ts";
import { joinLines } from "./join-lines.ts";
import { paintFor } from "./paint.ts";
import { featureWords } from "./query-summary.ts";
import type { RenderOptions } from "./reporter.ts";
import { tableLines } from "./text-table.ts";
import { readableWidth, wrapText } from "./wrap-text.ts";

const SHOWN = 10;

/** How the verdict moved, in one sentence. */
export function verdictMove({ status, verdict: { before, after } }: ProjectChanges): string {
  if (status === "added") return `new: ${after}`;
  if (status === "removed") return `gone: it was ${before}`;
  return before === after ? `as before: ${after}` : `${before} → ${after}`;
}

function table(rows: readonly Moved[], style: ItemStyle): readonly string[] {
  if (rows.length === 0) return [];
  const cells = rows.map(({ what, before, after }) => [what, before, after]);
  return ["", ...tableLines([["", "before", "after"], ...cells], style.width, style.paint)];
}

/** At most so many under one label, and how many more. */
function limited(label: string, entries: readonly Omit<Item, "label">[]): readonly Item[] {
  const shown = entries
    .slice(0, SHOWN)
    .map((entry, index) => ({ ...entry, label: index === 0 ? label : "" }));
  const more = entries.length - shown.length;
  return more > 0 ? [...shown, { label: "", says: `and ${grouped(more)} more` }] : shown;
}

function listItems({ queries, findings }: ProjectChanges): readonly Item[] {
  const ofQuery = (query: (typeof queries.come)[number]) => ({
    says: `${query.tier}: ${featureWords(query).join(", ") || query.operation}`,
    place: placeOf(query),
  });
  const ofFinding = (finding: (typeof findings.come)[number]) => ({
    says: `${finding.severity} ${finding.rule}: ${finding.message}`,
    place: placeOf(finding),
  });
  return [
    ...limited("queries +", queries.come.map(ofQuery)),
    ...limited("queries -", queries.gone.map(ofQuery)),
    ...limited("findings +", findings.come.map(ofFinding)),
    ...limited("findings -", findings.gone.map(ofFinding)),
  ];
}

function projectLines(project: ProjectChanges, style: ItemStyle): readonly string[] {
  const items = listItems(project).flatMap((item) => itemLines(item, style));
  return [
    style.paint.bold(plainText(project.title, 120)),
    ...wrapText(plainText(verdictMove(project)), style.width - 2).map((line) => `  ${line}`),
    ...table(project.weighing, style),
    ...table(project.signals, style),
    ...(items.length > 0 ? ["", ...items] : []),
    "",
  ];
}

/** The sentence over all projects, and what holds for none of them alone. */
export function comparisonSummary(before: Report, after: Report): readonly string[] {
  const { projects, tool, problems } = changesBetween(before, after);
  const kept = projects.filter(({ status }) => status === "kept");
  const verdicts = projects.filter(({ verdict }) => verdict.before !== verdict.after).length;
  const untouched = kept.filter(isUnchanged).length;
  return [
    `${counted(projects.length, "project")}: ${counted(verdicts, "verdict")} moved, ${grouped(untouched)} without any change.`,
    ...(problems === null ? [] : [`Problems: ${problems.before} before, ${problems.after} after.`]),
    ...(tool === null
      ? []
      : [
          `Made by ormverdict ${tool.before} and ${tool.after}: some of it may be the tool that changed, and not the code.`,
        ]),
  ];
}

/** The text of `compare`: what moved between two reports, project by project. Ends in a newline. */
export function compareAsText(
  before: Report,
  after: Report,
  options: Pick<RenderOptions, "color" | "width">,
): string {
  const style: ItemStyle = { width: readableWidth(options.width), paint: paintFor(options.color) };
  const { projects } = changesBetween(before, after);
  const summary = comparisonSummary(before, after).flatMap((line) => wrapText(plainText(line), style.width));
  const changed = projects.filter((project) => !isUnchanged(project));
  return joinLines([...changed.flatMap((project) => projectLines(project, style)), ...summary]);
}
