// The pipeline on one screen: read the repository into facts → link → signals → verdict → report. Each stage takes what the one
// before gives; this file only hands it on.
import { resolve } from "node:path";
import { type FactsCache, openFactsCache } from "./cache/facts-cache.ts";
import { toolStamp } from "./cache/tool-stamp.ts";
import { openRepository } from "./files/open-repository.ts";
import type { Repository } from "./files/repository.ts";
import { stateOfBaseline } from "./findings/baseline.ts";
import { judgeFindings } from "./findings/judge-findings.ts";
import { settleFindings } from "./findings/settle-findings.ts";
import { linkOnce } from "./link-once.ts";
import type { LinkedRepository } from "./link-projects.ts";
import type { Config } from "./model/config.ts";
import type { RepositoryFacts } from "./model/facts.ts";
import type { BaselineState, Gate } from "./model/gate.ts";
import type { Problem } from "./model/problem.ts";
import type { ProjectReport, Report } from "./model/report.ts";
import { VERSION } from "./model/version.ts";
import { readRepository } from "./reading/read-repository.ts";
import { joinReports, type NamedReport } from "./reports/join-reports.ts";
import { createPythonParser, type PythonParser } from "./syntax/parse-python.ts";
import { compareText } from "./text/compare-text.ts";
import { judgeProject } from "./verdict/judge-project.ts";
import { summarize } from "./verdict/summarize.ts";
import { judgeTogether } from "./verdict/together.ts";

/** What is being done, for a progress line. `total` is null while it is not known. */
export interface Progress {
  readonly stage: "list" | "read" | "link" | "judge";
  readonly done: number;
  readonly total: number | null;
}

export interface ScanRequest {
  /** Folders to scan, each as a root of its own. */
  readonly paths: readonly string[];
  /** Where relative paths start; the process's working directory when left out. */
  readonly cwd?: string;
  readonly config: Config | ((path: string) => Config);
  /** What `check` compares the findings of each path with. */
  readonly gate?: (path: string) => Gate;
  /** Folder that keeps facts of unchanged files between runs, where the configuration allows it; none when left out. */
  readonly cacheFolder?: string | null;
  /** False parses every file, also those of which little is asked; the report is the same. */
  readonly skim?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/** What one scanned folder needs from the run. */
interface Run {
  readonly config: Config;
  readonly gate?: Gate;
  readonly loadParser: () => Promise<PythonParser>;
  readonly cache?: FactsCache | null;
  readonly skim?: boolean;
  readonly onProgress: (progress: Progress) => void;
}

/** A scan with how the baseline of each path stands against it, in the order of the paths. */
export interface CheckedScan {
  readonly report: Report;
  readonly baselines: readonly BaselineState[];
  readonly work: ScanWork;
}

/** What a scan took, which is no part of its report: the same report may come from a cache. */
export interface ScanWork {
  /** Bytes of Python that were read. */
  readonly bytes: number;
  /** UTF-16 units of it that went through the parser. */
  readonly parsed: number;
  /** Statements that linking evaluated, each as often as it did. */
  readonly evaluated: number;
}

interface ScannedFolder {
  readonly report: Report;
  readonly baseline: BaselineState;
  readonly work: ScanWork;
}

/**
 * Scans folders without running anything in them.
 *
 * @returns one report; with several paths, those in it start with the path they were scanned under.
 * @throws UsageError (rejection) for a path that is not a readable folder.
 */
export async function scan(request: ScanRequest): Promise<Report> {
  return (await scanForCheck(request)).report;
}

/** The same scan, with what it means for the baselines. */
export async function scanForCheck(request: ScanRequest): Promise<CheckedScan> {
  const { cacheFolder = null, config, cwd = ".", gate, onProgress = () => {}, paths, skim = true } = request;
  const repositories = await Promise.all(paths.map((path) => openRepository(resolve(cwd, path), path)));
  const loadParser = onDemand(createPythonParser);
  const named: NamedReport[] = [];
  const baselines: BaselineState[] = [];
  const works: ScanWork[] = [];
  for (const [index, repository] of repositories.entries()) {
    const folder = paths[index] ?? ".";
    const own = typeof config === "function" ? config(folder) : config;
    const cache =
      own.cache && cacheFolder !== null ? openFactsCache(resolve(cwd, cacheFolder), toolStamp()) : null;
    const run = { config: own, loadParser, cache, onProgress, skim, ...(gate && { gate: gate(folder) }) };
    const { report, baseline, work } = await scanFolder(repository, run);
    named.push({ folder, report });
    baselines.push(baseline);
    works.push(work);
  }
  const work = {
    bytes: sum(works.map(({ bytes }) => bytes)),
    parsed: sum(works.map(({ parsed }) => parsed)),
    evaluated: sum(works.map(({ evaluated }) => evaluated)),
  };
  return { report: joinReports(named, summarize, judgeTogether), baselines, work };
}

function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

/** Scans one opened repository: a folder on disk, or one held in memory. */
export async function scanRepository(repository: Repository, run: Run): Promise<Report> {
  return (await scanFolder(repository, run)).report;
}

async function scanFolder(repository: Repository, run: Run): Promise<ScannedFolder> {
  const { onProgress } = run;
  onProgress({ stage: "list", done: 0, total: null });
  const cache = run.cache ?? null;
  const reading = await readRepository(repository, {
    ...run,
    cache,
    skims: run.skim ?? true,
    onFile: (done, total) => onProgress({ stage: "read", done, total }),
  });
  const { facts } = reading;
  onProgress({ stage: "link", done: 0, total: null });
  const { evaluated, linked } = await linkOnce(reading, run.config.includeTests, cache);
  cache?.close();
  onProgress({ stage: "judge", done: 0, total: null });
  const projects = judgeLinked(linked, facts, run);
  const report: Report = {
    schemaVersion: 1,
    tool: { name: "ormverdict", version: VERSION },
    projects,
    summary: summarize(projects),
    together: judgeTogether(projects),
    problems: allProblems(facts, linked.problems),
    stats: {
      files: facts.files.length,
      parsed: facts.files.length,
      lines: sum(facts.files.map((file) => file.lines)),
      bytes: sum(facts.files.map((file) => file.bytes)),
    },
  };
  return {
    report,
    baseline: stateOfBaseline(projects, run.gate ?? null, readInFull(facts)),
    work: { bytes: report.stats.bytes, parsed: reading.parsed(), evaluated },
  };
}

function readInFull({ files }: RepositoryFacts): Set<string> {
  return new Set(files.filter(({ problems }) => problems.length === 0).map(({ path }) => path));
}

/** Everything after linking: each project is looked at on its own. */
function judgeLinked(
  { projects }: LinkedRepository,
  facts: RepositoryFacts,
  { config, gate = null }: Pick<Run, "config"> & { readonly gate?: Gate | null },
): ProjectReport[] {
  const byPath = new Map(facts.files.map((file) => [file.path, file]));
  return projects.map(({ signals, async, queries, paths }) => {
    const judged = judgeProject(signals, config);
    const raised = judgeFindings({
      signals,
      async,
      queries,
      verdict: judged.verdict,
      agreed: gate?.baseline?.projects.find(({ root }) => root === signals.root) ?? null,
      thresholds: config.thresholds,
    });
    const files = paths.flatMap((path) => byPath.get(path) ?? []);
    return { ...signals, ...judged, findings: settleFindings(raised, { config, files, gate }) };
  });
}

function allProblems(
  { files, manifests, problems }: RepositoryFacts,
  linking: readonly Problem[],
): Problem[] {
  const all = [...problems, ...linking, ...[...files, ...manifests].flatMap((one) => one.problems)];
  return all.sort(
    (left, right) =>
      compareText(left.path, right.path) ||
      (left.line ?? 0) - (right.line ?? 0) ||
      compareText(left.message, right.message),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
