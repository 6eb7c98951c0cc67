// The pipeline on one screen: list files → facts → linked facts → signals → verdict → report. Every stage is a pure function of the
// one before; this file only hands their results on.
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import fastGlob from "fast-glob";
import { collectFile } from "./facts/collect-file.ts";
import type { Config } from "./model/config.ts";
import type { RepositoryFacts } from "./model/facts.ts";
import type { Report } from "./model/report.ts";
import { UsageError } from "./model/usage-error.ts";
import { VERSION } from "./model/version.ts";
import { joinReports } from "./reports/join-reports.ts";
import { createPythonParser, type PythonParser } from "./syntax/parse-python.ts";
import { compareText } from "./text/compare-text.ts";

/** What is being done, for a progress line. `total` is null while it is not known. */
export interface Progress {
  readonly stage: "list" | "read" | "link";
  readonly done: number;
  readonly total: number | null;
}

export interface ScanRequest {
  /** Folders to scan, each as a root of its own. */
  readonly paths: readonly string[];
  /** Where relative paths start; the process's working directory when left out. */
  readonly cwd?: string;
  readonly config: Config | ((path: string) => Config);
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Scans folders without running anything in them.
 *
 * @returns one report; with several paths, those in it start with the path they were scanned under.
 * @throws UsageError for a path that is not a readable folder.
 */
export async function scan(request: ScanRequest): Promise<Report> {
  const { config, cwd = ".", onProgress = () => {}, paths } = request;
  for (const path of paths) requireFolder(path, resolve(cwd, path));
  const parse = await createPythonParser();
  const reports = paths.map((path) => {
    const own = typeof config === "function" ? config(path) : config;
    return { folder: path, report: scanRoot(resolve(cwd, path), own, parse, onProgress) };
  });
  return joinReports(reports);
}

function scanRoot(
  root: string,
  config: Config,
  parse: PythonParser,
  onProgress: (progress: Progress) => void,
): Report {
  const facts = collectFacts(root, config, parse, onProgress);
  onProgress({ stage: "link", done: 0, total: null });
  return {
    schemaVersion: 1,
    tool: { name: "ormverdict", version: VERSION },
    projects: [],
    summary: `${facts.files.length} Python files.`,
    problems: [...facts.problems, ...facts.files.flatMap((file) => file.problems)],
    stats: {
      files: facts.files.length,
      parsed: facts.files.length,
      lines: sum(facts.files.map((file) => file.lines)),
      bytes: sum(facts.files.map((file) => file.bytes)),
    },
  };
}

function collectFacts(
  root: string,
  config: Config,
  parse: PythonParser,
  onProgress: (progress: Progress) => void,
): RepositoryFacts {
  onProgress({ stage: "list", done: 0, total: null });
  const ignore = ["**/node_modules/**", "**/.git/**", "**/site-packages/**", ...config.exclude];
  const paths = fastGlob.sync("**/*.py", { cwd: root, ignore, followSymbolicLinks: false, onlyFiles: true });
  const files = paths.sort(compareText).map((path, done) => {
    onProgress({ stage: "read", done, total: paths.length });
    const bytes = readFileSync(join(root, path));
    const source = { path, role: "production", bytes: bytes.length } as const;
    return collectFile(source, parse(bytes.toString("utf8")));
  });
  return { files, manifests: [], otherFiles: [], problems: [] };
}

/** Says what is wrong with a path before any work is done. */
function requireFolder(given: string, folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new UsageError(
      `There is no folder ${given}. Name the folder of the code base, or leave it out for the current one.`,
    );
  }
  if (!stats.isDirectory()) {
    throw new UsageError(`${given} is a file. A verdict needs the whole code base: name its folder.`);
  }
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
  } catch {
    throw new UsageError(
      `The folder ${given} may not be read. Ask for permission to read it, or scan another folder.`,
    );
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
