import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { type Query, type Report, UsageError } from "../index.ts";
import { printable } from "../text/printable.ts";
import type { Host } from "./host.ts";
import { runScan } from "./run-scan.ts";
import type { ScanFlags } from "./scan-flags.ts";

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
  if (onLine.length > 0) return onLine.map(describeQuery).join("\n");
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

function describeQuery(query: Query): string {
  const { one, two, others } = query.components;
  const where = query.function === null ? "at module level" : `in ${query.function}`;
  const features = query.features.map(({ name, line }) => `${name} (line ${line})`).join(", ") || "none";
  const execution = {
    sync: `executed synchronously on line ${query.execution.line}`,
    awaited: `awaited on line ${query.execution.line}`,
    "not-executed": "built and not executed here",
    unknown: "where it is executed could not be seen",
  }[query.execution.kind];
  const notes = [
    query.execution.threaded ? "handed to a thread" : "",
    query.inAsync ? "inside async code" : "",
    query.inLoop ? "inside a loop" : "",
  ].filter((note) => note !== "");
  const rows: [string, string][] = [
    [
      "Query",
      `${query.operation} on ${query.model ?? "an unknown model"}, through ${query.orm} (${query.layer} layer)`,
    ],
    ["Features", features],
    [
      "Hardness",
      `${query.hardness}: ${one} components of the first kind, ${two} of the second, ${others} others (Spider)`,
    ],
    ["Tier", tierWords(query)],
    ["Execution", [execution, ...notes].join(", ")],
    [
      "Certainty",
      query.certainty === "resolved" ? "its types were resolved" : "inferred from its shape alone",
    ],
  ];
  const lines = rows.map(([name, says]) => printable(`  ${name.padEnd(10)} ${says}`));
  return [printable(`${query.path}:${query.line}  ${where}`), ...lines, ""].join("\n");
}

function tierWords(query: Query): string {
  const beyond = query.beyondDjango.join(", ");
  return {
    crud: "crud: plain reads and writes, which either ORM does alike",
    moderate: "moderate: joins or aggregates, which either ORM does",
    advanced:
      "advanced: subqueries, windows, set operations, conditional expressions or the like, in both ORMs with more work",
    "beyond-django-orm": `beyond the Django ORM: ${beyond || "it"} needs raw SQL there`,
  }[query.tier];
}
