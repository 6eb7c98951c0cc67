import type { Evidence, ProjectReport, Report } from "../model/report.ts";
import { billOf } from "./bill.ts";
import { costRows, costWords } from "./cost-rows.ts";
import { counted, grouped } from "./count-words.ts";
import { CHOICES, productName, SIDES, TIERS, verdictWords } from "./display-names.ts";
import { markdownCode, markdownText } from "./markdown-escape.ts";
import type { Section } from "./markdown-limit.ts";
import { problemCounts, problemsOf, unknownsOf } from "./not-seen.ts";
import { byWeight, suppressionWords } from "./open-findings.ts";
import { sizeWords, stackWords } from "./project-headline.ts";
import { featureWords, hardestQueries, hardnessWords, layerWords } from "./query-summary.ts";
import { asyncLines, findingWords, type SignalLine, signalLines } from "./signal-lines.ts";
import { termsOf, WHAT_IF_HEAD, whatIfRows } from "./verdict-terms.ts";

// Bounds of the lists, so that one section cannot fill the whole comment.
const PLACES_SHOWN = 3;
const HARDEST_SHOWN = 5;
const LISTED = 50;

/** `path:line` as code. */
function place(at: Pick<Evidence, "path" | "line">): string {
  return markdownCode(`${at.path}:${at.line}`);
}

function places(evidence: readonly Evidence[]): string {
  const shown = evidence.slice(0, PLACES_SHOWN).map(place);
  const more = evidence.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${grouped(more)} more`] : [])].join("<br>");
}

/** A GFM table; the cells are Markdown already. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right = -1,
): string {
  const rule = head.map((_, column) => (column === right ? "---:" : "---"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A part that is folded until a reader asks for it. The title is ours, never the repository's. */
function folded(title: string, body: string): string {
  return body === "" ? "" : `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** A list of at most LISTED entries, which says how many it leaves out. */
function list(entries: readonly string[]): string {
  const shown = entries.slice(0, LISTED).map((entry) => `- ${entry}`);
  const more = entries.length - shown.length;
  return [...shown, ...(more > 0 ? [`- and ${grouped(more)} more`] : [])].join("\n");
}

/** What a project is, and what the verdict says of it. A report on one project has the verdict in its title already. */
function lead(project: ProjectReport, isTitled: boolean): string {
  const { verdict } = project;
  const stack = stackWords(project)
    .map((words) => markdownText(words))
    .join(", ");
  const numbers = `confidence **${verdict.confidence.toFixed(2)}**, greenfield: **${CHOICES[verdict.greenfield]}**`;
  return [
    isTitled ? "" : `**${markdownText(verdictWords(project), 120)}**`,
    markdownText(verdict.says),
    `${stack}; ${sizeWords(project.size)}; ${numbers}.`,
    list(termsOf(project).map(({ label, says }) => `**${label}** ${markdownText(says)}`)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function reasons({ verdict, criteria }: ProjectReport): string {
  const bill = billOf(verdict, criteria, 5);
  const rows = bill.groups.flatMap(({ label, lines }) =>
    lines.map(({ says, amount, evidence }) => [label, markdownText(says), amount, places(evidence)]),
  );
  const sum = ["**sum**", bill.marginSays, `**${bill.margin}**`, ""];
  return markdownTable(["", "reason", "weighs", "where"], [...rows, sum], 2);
}

function third({ verdict: { thirdOrm } }: ProjectReport): string {
  if (thirdOrm === null) return "";
  const rows = [
    ...thirdOrm.gains.map((says) => ["gained", markdownText(says)]),
    ...thirdOrm.losses.map((says) => ["lost", markdownText(says)]),
  ];
  const head = `${markdownText(productName(thirdOrm.orm))} for ${SIDES[thirdOrm.nearer]}`;
  return markdownTable(["", head], rows);
}

function flips({ verdict }: ProjectReport): string {
  const entries = verdict.flips.map(({ change, choice }) => `${markdownText(change)} → ${CHOICES[choice]}`);
  if (entries.length === 0) return "**Would change it:** no single change that the scan knows of.";
  return `**Would change it:**\n\n${list(entries)}`;
}

function whatIf(project: ProjectReport): string {
  // The verdict names the ORM in use; the other cells are words and figures of ours.
  const rows = whatIfRows(project).map(([assume = "", verdict = "", ...figures]) => [
    markdownCode(assume),
    markdownText(verdict, 120),
    ...figures,
  ]);
  return rows.length === 0 ? "" : markdownTable(WHAT_IF_HEAD, rows, 2);
}

function rows({ comparison }: ProjectReport): string {
  if (comparison.length === 0) return "";
  return markdownTable(
    ["", "SQLAlchemy", "Django ORM", "here"],
    comparison.map(({ row, sqlalchemy, djangoOrm, here, evidence }) => [
      `**${markdownText(row)}**`,
      markdownText(sqlalchemy),
      markdownText(djangoOrm),
      [markdownText(here), ...evidence.slice(0, 1).map(place)].join("<br>"),
    ]),
  );
}

function queries({ queries }: ProjectReport): string {
  if (queries.total === 0) return `**Queries:** ${queries.unknown === null ? "none" : "none seen"}.`;
  const tiers = Object.entries(TIERS).map(([tier, words]) => [
    words,
    grouped(queries.byTier[tier as keyof typeof TIERS]),
  ]);
  const hardest = hardestQueries(queries, HARDEST_SHOWN).map((query) => {
    const features = featureWords(query).map((word) => markdownText(word, 60));
    return `${place(query)} (${TIERS[query.tier]}, ${query.hardness}): ${features.slice(0, 12).join(", ") || query.operation}`;
  });
  return [
    `**Queries:** ${grouped(queries.total)}; ${hardnessWords(queries)}; ${layerWords(queries)}`,
    markdownTable(["tier", "queries"], tiers, 1),
    ...(hardest.length > 0 ? [`Hardest:\n\n${list(hardest)}`] : []),
  ].join("\n\n");
}

function signalEntries(lines: readonly SignalLine[]): readonly string[] {
  return lines.map(({ label, says, at }) => {
    const where = at === null ? "" : ` ${place(at)}`;
    return `${label === "" ? "" : `**${label}** `}${markdownText(says)}${where}`;
  });
}

function signals(project: ProjectReport): string {
  const lines = signalEntries(signalLines(project));
  const minor = project.frameworks.filter(({ role }) => role !== "runs-on");
  const orms = project.orms.filter(({ role }) => role === "supports" || role === "dev-only");
  const others = [...minor, ...orms].map(({ name, role }) => markdownText(`${productName(name)} (${role})`));
  return list([...lines, ...(others.length > 0 ? [`**also there** ${others.slice(0, 20).join(", ")}`] : [])]);
}

function cost(project: ProjectReport): string {
  const words = costWords(project);
  if (words === null) return "";
  const rows = costRows(project).map(({ what, count, each, hours, note, evidence }) => [
    markdownText(what),
    count,
    each,
    hours,
    markdownText(note, 600),
    places(evidence),
  ]);
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  const head = ["what", "count", "hours each", "hours", "", "where"];
  return rows.length === 0 ? sentence : `${sentence}\n\n${markdownTable(head, rows, 1)}`;
}

/** Findings that count first, then those that a comment accepts, with its reason; the baseline and unchanged code are only counted. */
function findings(project: ProjectReport): string {
  const shown = byWeight(project.findings).filter(
    ({ suppression }) => suppression === null || suppression.kind === "comment",
  );
  const entries = shown.map((finding) => {
    const { reason = null } = finding.suppression ?? {};
    const suppressed = finding.suppressed
      ? ` (suppressed${reason === null ? "" : `: ${markdownText(reason)}`})`
      : "";
    return `${place(finding)} ${finding.severity} ${markdownCode(finding.rule)}${suppressed}: ${markdownText(finding.message)}`;
  });
  const left = suppressionWords(project.findings, ["baseline", "unchanged"]).map((words) => `- ${words}`);
  return [list(entries), ...left].filter((part) => part !== "").join("\n");
}

/** What was not seen, with each problem of one project, or of no project. */
export function notSeen(report: Report, project: ProjectReport | null): string {
  const problems = problemsOf(report, project);
  const unread = project !== null && problems.length === 0 ? project.size.unread : 0;
  const missing = [
    ...(unread > 0 ? [`${counted(unread, "file")} could not be read`] : []),
    ...(project === null ? [] : unknownsOf(project)),
  ];
  const entries = [
    ...[...new Set(missing)].map((says) => markdownText(says)),
    ...problems.map(({ path, line, kind, message }) => {
      const where = line === undefined ? markdownCode(path) : place({ path, line });
      return `${where} ${kind}: ${markdownText(message)}`;
    }),
  ];
  if (entries.length === 0) return project === null ? "" : "**Not seen:** nothing that the scan knows of.";
  const counts = problemCounts(problems);
  return `**Not seen**${counts === "" ? "" : ` (${counts})`}:\n\n${list(entries)}`;
}

/**
 * The sections of one project under its heading. Ranks say what goes first when the report is too long; with `short`, as
 * one of several projects, more of it is folded.
 */
export function projectSections(project: ProjectReport, report: Report, short: boolean): readonly Section[] {
  const found = findingWords(project);
  const fold = (title: string, body: string) => (short ? folded(title, body) : body);
  return [
    { title: "leads", rank: 1, body: lead(project, !short) },
    { title: "reasons", rank: 2, body: reasons(project) },
    { title: "the ten rows", rank: 5, body: fold("The ten rows", rows(project)) },
    { title: "queries", rank: 6, body: fold("Queries", queries(project)) },
    { title: "async", rank: 7, body: list(signalEntries(asyncLines(project))) },
    { title: "cost of moving", rank: 7, body: fold("What moving would cost", cost(project)) },
    { title: "what the ORM in use is worth", rank: 4, body: third(project) },
    { title: "what would change it", rank: 3, body: flips(project) },
    { title: "what-if table", rank: 7, body: folded("What if", whatIf(project)) },
    { title: "signals", rank: 8, body: folded("Everything else that was seen", signals(project)) },
    { title: "findings", rank: 9, body: folded(`Findings: ${found}`, findings(project)) },
    { title: "what was not seen", rank: 4, body: notSeen(report, project) },
  ];
}
