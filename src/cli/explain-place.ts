import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { explainQuery, type Query, type Report, UsageError } from "../index.ts";
import { printable } from "../text/printable.ts";
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
  const { report } = await runScan([root], flags, host);
  const path = relative(resolve(host.cwd, root), file).split(sep).join("/");
  const here = queriesOf(report).filter((query) => query.path === path);
  const onLine = here.filter((query) => query.line <= line && line <= query.endLine);
  const look = terminalLook(flags, host);
  if (onLine.length > 0) return onLine.map((query) => explainQuery(query, [], look)).join("\n");
  return `${printable(noQuery(report, path, line, here))}\n`;
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

function queriesOf(report: Report): Query[] {
  return report.projects.flatMap(({ queries }) => queries.items);
}

function noQuery(report: Report, path: string, line: number, here: readonly Query[]): string {
  const problem = report.problems.find((one) => one.path === path);
  const because = problem === undefined ? "" : ` ${problem.message}`;
  if (here.length === 0) return `No query was found in ${path}.${because}`;
  const nearest = here.reduce((best, one) =>
    Math.abs(one.line - line) < Math.abs(best.line - line) ? one : best,
  );
  return `No query was found on ${path}:${line}; the nearest is on line ${nearest.line}.${because}`;
}
