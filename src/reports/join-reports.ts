import type { ProjectReport, Report, Together } from "../model/report.ts";

/** The report of one scanned folder, under the name it was given by. */
export interface NamedReport {
  readonly folder: string;
  readonly report: Report;
}

/** One report of several scanned folders: every path in it starts with the folder it was scanned under. */
export function joinReports(
  named: readonly NamedReport[],
  summarize: (projects: readonly ProjectReport[]) => string,
  judgeTogether: (projects: readonly ProjectReport[]) => Together | null,
): Report {
  const [first] = named;
  if (first === undefined) throw new Error("there is no report to join");
  if (named.length === 1) return first.report;
  const parts = named.map(({ folder, report }) => prefixPaths(report, posixFolder(folder)));
  const total = (count: (stats: Report["stats"]) => number): number =>
    parts.reduce((sum, { stats }) => sum + count(stats), 0);
  const projects = parts.flatMap((part) => part.projects);
  return {
    ...first.report,
    projects,
    summary: summarize(projects),
    together: judgeTogether(projects),
    problems: parts.flatMap((part) => part.problems),
    stats: {
      files: total((stats) => stats.files),
      parsed: total((stats) => stats.parsed),
      lines: total((stats) => stats.lines),
      bytes: total((stats) => stats.bytes),
    },
  };
}

function posixFolder(folder: string): string {
  return folder
    .replaceAll("\\", "/")
    .replace(/^(\.\/)+/, "")
    .replace(/(?<=.)\/+$/, "");
}

/** In a report every `path` and every project's `root` is relative to the scanned folder, wherever it stands. */
function prefixPaths(report: Report, folder: string): Report {
  const join = (path: string): string =>
    path === "." ? folder : folder === "." ? path : `${folder}/${path}`;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        (key === "path" || key === "root") && typeof inner === "string" ? join(inner) : walk(inner),
      ]),
    );
  };
  return walk(report) as Report;
}
