// What moved between two reports on one code base: the verdict, what it was weighed from, the signals behind that, queries and findings.
// Plain data, worded by the formats.

import type { Finding, ProjectReport, Query, Report } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { grouped, percent } from "./count-words.ts";
import { CHOICES, productName, TIERS, verdictWords } from "./display-names.ts";
import { projectTitle } from "./project-headline.ts";
import { hardestQueries } from "./query-summary.ts";

/** One value that is not what it was. */
export interface Moved {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface ProjectChanges {
  readonly root: string;
  /** What to call it: its root, and for the whole repository its name. */
  readonly title: string;
  readonly status: "added" | "removed" | "kept";
  /** Choice and stance, before and after; the same twice where they stayed. Empty for the side on which the project is not. */
  readonly verdict: Moved;
  /** Why the verdict moved, or would: confidence, margin, greenfield, and each criterion whose contribution changed. */
  readonly weighing: readonly Moved[];
  readonly signals: readonly Moved[];
  readonly queries: { readonly come: readonly Query[]; readonly gone: readonly Query[] };
  /** Findings that count: suppressed ones are left out. */
  readonly findings: { readonly come: readonly Finding[]; readonly gone: readonly Finding[] };
}

export interface ReportChanges {
  /** In the order of their roots. */
  readonly projects: readonly ProjectChanges[];
  readonly problems: Moved | null;
  /** Set where the two reports were not made by the same version. */
  readonly tool: Moved | null;
}

/** Compares two reports, project by project: those with one root are one project. */
export function changesBetween(before: Report, after: Report): ReportChanges {
  const roots = [...new Set([...before.projects, ...after.projects].map(({ root }) => root))];
  const named = (report: Report, root: string) => report.projects.find((project) => project.root === root);
  return {
    projects: roots
      .toSorted(compareText)
      .map((root) => projectChanges(root, named(before, root) ?? null, named(after, root) ?? null)),
    problems: moved("problems", before.problems.length, after.problems.length),
    tool: moved("ormverdict", before.tool.version, after.tool.version),
  };
}

/** Whether anything at all is not as it was. */
export function isUnchanged({
  status,
  verdict,
  weighing,
  signals,
  queries,
  findings,
}: ProjectChanges): boolean {
  const lists = [weighing, signals, queries.come, queries.gone, findings.come, findings.gone];
  return status === "kept" && verdict.before === verdict.after && lists.every(({ length }) => length === 0);
}

type Side = ProjectReport | null;

function projectChanges(root: string, before: Side, after: Side): ProjectChanges {
  const isBoth = before !== null && after !== null;
  const pair = isBoth ? { before, after } : null;
  return {
    root,
    title: projectTitle(after ?? before ?? { root, name: "" }),
    status: before === null ? "added" : after === null ? "removed" : "kept",
    verdict: { what: "verdict", before: wordsOf(before), after: wordsOf(after) },
    weighing: pair === null ? [] : weighingMoved(pair.before, pair.after),
    signals: pair === null ? [] : signalsMoved(pair.before, pair.after),
    queries: pair === null ? { come: [], gone: [] } : queriesMoved(pair.before, pair.after),
    findings: pair === null ? { come: [], gone: [] } : findingsMoved(pair.before, pair.after),
  };
}

function wordsOf(project: Side): string {
  return project === null ? "" : verdictWords(project);
}

function moved(what: string, before: string | number, after: string | number): Moved | null {
  const word = (value: string | number): string =>
    typeof value === "number" ? grouped(value) : value || "none";
  return before === after ? null : { what, before: word(before), after: word(after) };
}

function all(entries: readonly (Moved | null)[]): readonly Moved[] {
  return entries.filter((entry) => entry !== null);
}

const signed = (value: number): string => `${value > 0 ? "+" : ""}${value.toFixed(2)}`;

function weighingMoved(before: ProjectReport, after: ProjectReport): readonly Moved[] {
  const [was, is] = [before.verdict, after.verdict];
  const terms = ({ assumptions, policy }: ProjectReport["verdict"]): string =>
    [
      ...assumptions.map(({ key, value }) => `${key}=${value}`),
      ...policy.map(({ name, value }) => `${name} ${value}`),
    ].join(", ");
  const criteria = after.criteria.map(({ id, contribution }) => {
    const old = before.criteria.find((criterion) => criterion.id === id)?.contribution ?? 0;
    return moved(id, signed(old), signed(contribution));
  });
  return all([
    moved("confidence", was.confidence.toFixed(2), is.confidence.toFixed(2)),
    moved("greenfield", CHOICES[was.greenfield], CHOICES[is.greenfield]),
    moved("margin", signed(was.margin), signed(is.margin)),
    moved("assumed or set", terms(was), terms(is)),
    ...criteria,
  ]);
}

type Reading = readonly [what: string, read: (project: ProjectReport) => string | number];

const tierReadings: readonly Reading[] = Object.entries(TIERS).map(
  ([tier, words]): Reading => [
    `queries, ${words}`,
    ({ queries }) => queries.byTier[tier as keyof typeof TIERS],
  ],
);

const READINGS: readonly Reading[] = [
  ["files", ({ size }) => size.files],
  ["frameworks", ({ frameworks }) => used(frameworks, ["runs-on"])],
  ["ORMs", ({ orms }) => used(orms, ["primary", "secondary"])],
  ["models", ({ models }) => models.total],
  ["relations", ({ models }) => models.relations],
  ["queries", ({ queries }) => queries.total],
  ...tierReadings,
  ["queries as raw SQL", ({ queries }) => queries.byLayer.raw],
  ["database access", ({ async }) => async.databaseAccess],
  ["queries awaited", ({ async }) => async.access.awaited],
  ["queries that block a coroutine", ({ async }) => async.access.syncInAsync],
  [
    "migrations",
    ({ migrations }) => migrations.tools.map(({ tool, count }) => `${productName(tool)} ${count}`).join(", "),
  ],
  ["admin registrations", ({ admin }) => admin.registrations],
  ["databases", ({ databases }) => databases.items.map(({ alias }) => alias).join(", ")],
  [
    "functions annotated",
    ({ typing }) => (typing.functions === 0 ? "none" : percent(typing.annotatedFunctions, typing.functions)),
  ],
  ["ORM concepts", ({ concepts }) => concepts.total],
];

function used(
  uses: readonly { readonly name: string; readonly version: string | null; readonly role: string }[],
  roles: readonly string[],
): string {
  return uses
    .filter(({ role }) => roles.includes(role))
    .map(({ name, version }) => (version === null ? productName(name) : `${productName(name)} ${version}`))
    .join(", ");
}

function signalsMoved(before: ProjectReport, after: ProjectReport): readonly Moved[] {
  return all(READINGS.map(([what, read]) => moved(what, read(before), read(after))));
}

/**
 * The queries beyond plain CRUD that came and went, hardest first. Lines move with every edit, so a query is known by its file, its
 * function and what it does; of several alike, so many more or fewer.
 */
function queriesMoved(before: ProjectReport, after: ProjectReport): ProjectChanges["queries"] {
  const [was, is] = [before.queries, after.queries].map((queries) =>
    hardestQueries(queries, Number.POSITIVE_INFINITY),
  );
  return { come: without(is ?? [], was ?? [], queryKey), gone: without(was ?? [], is ?? [], queryKey) };
}

function queryKey({ path, function: inside, layer, model, operation, tier, features }: Query): string {
  return JSON.stringify([path, inside, layer, model, operation, tier, features.map(({ name }) => name)]);
}

function findingsMoved(before: ProjectReport, after: ProjectReport): ProjectChanges["findings"] {
  const [was, is] = [before, after].map(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
  const key = ({ fingerprint }: Finding): string => fingerprint;
  return { come: without(is ?? [], was ?? [], key), gone: without(was ?? [], is ?? [], key) };
}

/** What is in the first list and not in the second, counting those alike. */
function without<Item>(
  items: readonly Item[],
  others: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(keyOf(other), (left.get(keyOf(other)) ?? 0) + 1);
  return items.filter((item) => {
    const count = left.get(keyOf(item)) ?? 0;
    left.set(keyOf(item), count - 1);
    return count <= 0;
  });
}
