import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { explainQuery, type Query, type Report, supportOf, UsageError } from "../index.ts";
import { plainName } from "../text/plain-text.ts";
import type { Host } from "./host.ts";
import { runScan } from "./run-scan.ts";
import type { ScanFlags } from "./scan-flags.ts";
import { terminalLook } from "./terminal-look.ts";

/**
 * The queries on one line: what each is, and why it has its hardness and tier. The whole code base around the file is scanned, since
 * a query is known by what its names mean elsewhere.
 *
 * @throws UsageError when there is no such file.
 */
export async function explainPlace(
  given: string,
  line: number,
  flags: ScanFlags,
  host: Host,
): Promise<string> {
  const file = resolve(host.cwd, given);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new UsageError(`There is no file ${given}. Name it as the report does, path:line.`);
  if (!stats.isFile()) throw new UsageError(`${given} is a folder. Name a file in it and a line: path:line.`);
  const root = rootFor(file, host.cwd);
  const path = relative(resolve(host.cwd, root), file).split(sep).join("/");
  let { report } = await runScan([root], flags, host);
  // Tests and examples are left out of a verdict; asked about one of them, look into them too.
  if (queriesIn(report, path).length === 0) {
    ({ report } = await runScan([root], { ...flags, includeTests: true }, host));
  }
  const look = terminalLook(flags, host);
  const here = report.projects.flatMap((project) =>
    project.queries.items
      .filter((query) => query.path === path && touches(query, line))
      .map((query) => explainQuery(query, supportOf(query, project), look)),
  );
  if (here.length > 0) return here.join("\n");
  return `${plainName(noQuery(report, path, line))}\n`;
}

/** The working directory when the file lies in it, else the repository around the file, else its folder. */
function rootFor(file: string, cwd: string): string {
  const path = relative(cwd, file);
  if (!path.startsWith("..") && !isAbsolute(path)) return ".";
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(resolve(folder, ".git"))) return folder;
  }
  return dirname(file);
}

function queriesIn(report: Report, path: string): Query[] {
  return report.projects.flatMap(({ queries }) => queries.items.filter((query) => query.path === path));
}

/** A query is on every line that shows a part of it: its expression, its features where they were added, its execution. */
function touches({ line: start, endLine, features, execution }: Query, line: number): boolean {
  return (
    (start <= line && line <= endLine) || execution.line === line || features.some((one) => one.line === line)
  );
}

function noQuery(report: Report, path: string, line: number): string {
  const here = queriesIn(report, path);
  const problem = report.problems.find((one) => one.path === path);
  const because = problem === undefined ? "" : ` ${problem.message}`;
  if (here.length === 0) return `No query was found in ${path}.${because}`;
  const nearest = here.reduce((best, one) =>
    Math.abs(one.line - line) < Math.abs(best.line - line) ? one : best,
  );
  return `No query was found on ${path}:${line}; the nearest is on line ${nearest.line}.${because}`;
}
