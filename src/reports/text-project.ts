import type { ProjectReport, Report } from "../model/report.ts";
import { plainText } from "../text/plain-text.ts";
import { billOf } from "./bill.ts";
import { costRows, costWords } from "./cost-rows.ts";
import { counted, grouped } from "./count-words.ts";
import { CHOICES, productName, SIDES, TIERS, verdictWords } from "./display-names.ts";
import { displayWidth, padStart } from "./display-width.ts";
import { type Item, itemLines, placeOf } from "./item-lines.ts";
import { problemCounts, problemsOf, unknownsOf } from "./not-seen.ts";
import type { Paint } from "./paint.ts";
import { projectTitle, sizeWords, stackWords } from "./project-headline.ts";
import { featureWords, hardestQueries, hardnessWords, layerWords, tierWords } from "./query-summary.ts";
import { asyncLines, briefSignals, findingWords, signalLines } from "./signal-lines.ts";
import { tableLines } from "./text-table.ts";
import { termsOf, WHAT_IF_HEAD, whatIfRows } from "./verdict-terms.ts";
import { wrapText } from "./wrap-text.ts";

export interface TextStyle {
  readonly width: number;
  readonly paint: Paint;
  readonly verbose: boolean;
  /** Leaves out what a reader of many projects can do without. */
  readonly short: boolean;
}

/** Below this width the ten rows show what was found only; from here on also what each ORM offers. */
const WIDE = 110;
const REASONS_SHOWN = 3;
const FLIPS_SHOWN = 3;
const PLACES_SHOWN = 3;

/** Sets a short text right beside the last line of another, or below it where there is no room. */
function setRight(
  lines: readonly string[],
  plainLast: string,
  right: string,
  style: TextStyle,
): readonly string[] {
  const room = style.width - displayWidth(plainLast) - displayWidth(right);
  if (room >= 2)
    return [...lines.slice(0, -1), `${lines.at(-1) ?? ""}${" ".repeat(room)}${style.paint.dim(right)}`];
  return [...lines, style.paint.dim(padStart(right, style.width))];
}

function headline(project: ProjectReport, style: TextStyle): readonly string[] {
  const title = plainText(projectTitle(project), 120);
  const wrapped = wrapText(`${title}: ${plainText(stackWords(project).join(", "))}`, style.width);
  const lines = wrapped.map((line, index) => {
    const isWhole = index === 0 && line.startsWith(title);
    return isWhole ? style.paint.bold(title) + line.slice(title.length) : line;
  });
  return setRight(lines, wrapped.at(-1) ?? "", sizeWords(project.size), style);
}

function verdictLines(project: ProjectReport, style: TextStyle): readonly string[] {
  const { verdict } = project;
  const wrapped = wrapText(plainText(verdictWords(project)), style.width - 2).map((line) => `  ${line}`);
  const numbers = `confidence ${verdict.confidence.toFixed(2)} · greenfield: ${CHOICES[verdict.greenfield]}`;
  const lines = wrapped.map((line) => style.paint.bold(style.paint.green(line)));
  const says = plainText(verdict.says);
  return [
    ...setRight(lines, wrapped.at(-1) ?? "", numbers, style),
    ...(says === "" ? [] : wrapText(says, style.width - 2).map((line) => `  ${line}`)),
  ];
}

function reasonItems({ verdict, criteria }: ProjectReport, { verbose }: TextStyle): readonly Item[] {
  const bill = billOf(verdict, criteria, verbose ? Number.POSITIVE_INFINITY : REASONS_SHOWN);
  const reasons = bill.groups.flatMap(({ label, lines }) =>
    lines.flatMap(({ says, amount, evidence }, index): readonly Item[] => {
      const [first, ...more] = evidence;
      const item = { label: index === 0 ? label : "", amount, says };
      // A remark that weighs nothing is there to name its places: "these queries in raw SQL".
      const others = verbose ? more : amount === "" ? more.slice(0, PLACES_SHOWN - 1) : [];
      return [
        first === undefined ? item : { ...item, place: placeOf(first) },
        ...others.map((at) => ({ label: "", amount: "", says: at.says, place: placeOf(at) })),
      ];
    }),
  );
  return [...reasons, { label: "sum", amount: bill.margin, says: bill.marginSays }];
}

function whatIfLines(project: ProjectReport, style: TextStyle): readonly string[] {
  const rows = whatIfRows(project);
  if (rows.length === 0 || style.short) return [];
  return ["", ...tableLines([WHAT_IF_HEAD, ...rows], style.width, style.paint), ""];
}

function flipItems({ verdict }: ProjectReport, { verbose }: TextStyle): readonly Item[] {
  const label = "would change it";
  if (verdict.flips.length === 0) return [{ label, says: "no single change that the scan knows of" }];
  const shown = verbose ? verdict.flips : verdict.flips.slice(0, FLIPS_SHOWN);
  const more = verdict.flips.length - shown.length;
  return [
    ...shown.map(({ change, choice }, index) => ({
      label: index === 0 ? label : "",
      says: `${change} → ${CHOICES[choice]}`,
    })),
    ...(more > 0 ? [{ label: "", says: `and ${grouped(more)} more (--verbose)` }] : []),
  ];
}

function rowLines({ comparison }: ProjectReport, style: TextStyle): readonly string[] {
  if (style.width >= WIDE) {
    const rows = comparison.map(({ row, sqlalchemy, djangoOrm, here }) => [row, sqlalchemy, djangoOrm, here]);
    return tableLines([["", "SQLAlchemy", "Django ORM", "here"], ...rows], style.width, style.paint);
  }
  return comparison.flatMap(({ row, here, evidence }) => {
    const [at] = evidence;
    const item = { label: row, says: here, placeIsOptional: true };
    return itemLines(at === undefined ? item : { ...item, place: placeOf(at) }, {
      ...style,
      labelColumns: 24,
    });
  });
}

function queryItems({ queries }: ProjectReport, { short, verbose }: TextStyle): readonly Item[] {
  const label = "queries";
  if (queries.total === 0) return [{ label, says: queries.unknown === null ? "none" : "none seen" }];
  const hardest = hardestQueries(queries, verbose ? 10 : short ? 1 : 3);
  return [
    { label, says: `${grouped(queries.total)}: ${tierWords(queries)}` },
    ...(short ? [] : [{ label: "hardness", says: hardnessWords(queries) }]),
    ...(short ? [] : [{ label: "layers", says: layerWords(queries) }]),
    ...hardest.map((query, index) => ({
      label: index === 0 ? "hardest" : "",
      says: `${TIERS[query.tier]}, ${query.hardness}: ${featureWords(query).join(", ") || query.operation}`,
      place: placeOf(query),
    })),
  ];
}

function signalItems(project: ProjectReport, { verbose }: TextStyle): readonly Item[] {
  const lines = verbose ? [...asyncLines(project), ...signalLines(project)] : asyncLines(project);
  const items = lines.map(({ label, says, at }) => {
    const item = { label, says, placeIsOptional: label === "async" && !verbose };
    return at === null ? item : { ...item, place: placeOf(at) };
  });
  return verbose ? items : [...items, { label: "also", says: briefSignals(project) }];
}

/** The sum, and the bill line by line. */
function costLines(project: ProjectReport, style: TextStyle): readonly string[] {
  const words = costWords(project);
  if (words === null) return [];
  const sentence = itemLines({ label: "cost", says: words }, style);
  const rows = costRows(project);
  if (style.short || rows.length === 0) return sentence;
  const table = rows.map(({ what, count, each, hours }) => [
    what,
    count,
    each === "" ? "" : `× ${each}`,
    `= ${hours}`,
  ]);
  const notes = rows.flatMap(({ what, note, evidence: [at] }) => {
    if (note === "") return [];
    const item = { label: "", says: `${what}: ${note}` };
    return itemLines(at === undefined ? item : { ...item, place: placeOf(at) }, style);
  });
  return [
    ...sentence,
    "",
    ...tableLines([["moving", "count", "hours each", "hours"], ...table], style.width, style.paint),
    "",
    ...(style.verbose ? notes : []),
  ];
}

function thirdOrmItems({ verdict: { thirdOrm } }: ProjectReport): readonly Item[] {
  if (thirdOrm === null) return [];
  const to = SIDES[thirdOrm.nearer];
  const lines = (label: string, entries: readonly string[]): readonly Item[] =>
    entries.map((says, index) => ({ label: index === 0 ? label : "", says }));
  return [
    { label: productName(thirdOrm.orm), says: `compared with ${to}, the nearer of the two:` },
    ...lines("gained", thirdOrm.gains),
    ...lines("lost", thirdOrm.losses),
  ];
}

function findingItems(project: ProjectReport, { verbose }: TextStyle): readonly Item[] {
  const words = findingWords(project);
  return [
    {
      label: "findings",
      says: words === "none" || verbose ? words : `${words} (ormverdict check lists them)`,
    },
    ...(verbose ? project.findings : []).map((finding) => ({
      label: "",
      says: `${finding.severity} ${finding.rule}${finding.suppressed ? " (suppressed)" : ""}: ${finding.message}`,
      place: `${placeOf(finding)}:${finding.column}`,
    })),
  ];
}

function notSeenItems(project: ProjectReport, report: Report, { verbose }: TextStyle): readonly Item[] {
  const problems = problemsOf(report, project);
  const counts = problemCounts(problems);
  const unread =
    project.size.unread > 0 && problems.length === 0
      ? [`${counted(project.size.unread, "file")} could not be read`]
      : [];
  const says = [
    ...(counts === "" ? [] : [verbose ? counts : `${counts} (--verbose lists them)`]),
    ...new Set([...unread, ...unknownsOf(project)]),
  ];
  const listed = verbose ? problemItems(report, project) : [];
  const lines = says.length === 0 ? ["nothing that the scan knows of"] : says;
  return [...lines.map((line, index) => ({ label: index === 0 ? "not seen" : "", says: line })), ...listed];
}

/** Each problem of one project, or of no project, as an entry. */
export function problemItems(report: Report, project: ProjectReport | null): readonly Item[] {
  return problemsOf(report, project).map(({ path, line, kind, message }) => ({
    label: "",
    says: `${kind}: ${message}`,
    place: line === undefined ? placeOf({ path, line: 1 }).replace(/:1$/u, "") : placeOf({ path, line }),
  }));
}

/** One project of a text report, as lines. */
export function projectLines(project: ProjectReport, report: Report, style: TextStyle): readonly string[] {
  const items = (list: readonly Item[]) => list.flatMap((item) => itemLines(item, style));
  const rows = style.short || project.comparison.length === 0 ? [] : ["", ...rowLines(project, style)];
  return [
    ...headline(project, style),
    "",
    ...verdictLines(project, style),
    ...items(termsOf(project)),
    "",
    ...items(reasonItems(project, style)),
    ...rows,
    "",
    ...items(queryItems(project, style)),
    ...items(signalItems(project, style)),
    ...costLines(project, style),
    ...items(style.short ? [] : thirdOrmItems(project)),
    ...items(flipItems(project, style)),
    ...whatIfLines(project, style),
    ...items(findingItems(project, style)),
    ...items(notSeenItems(project, report, style)),
  ];
}
