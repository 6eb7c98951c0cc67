import { existsSync } from "node:fs";
import { resolve } from "node:path";
import {
  type BaselineState,
  type Config,
  type Gate,
  loadConfig,
  type Report,
  type ScanWork,
  scanForCheck,
  UsageError,
} from "../index.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { plainName } from "../text/plain-text.ts";
import { cacheFolder } from "./cache-folder.ts";
import type { Host } from "./host.ts";
import { progressLine, type StageTiming } from "./progress-line.ts";
import { flagConfig, type ScanFlags } from "./scan-flags.ts";

/** A finished scan with what it takes to show it. */
export interface FinishedScan {
  readonly report: Report;
  readonly config: Config;
  /** The folders that were scanned, as given, and how the baseline of each stands. */
  readonly paths: readonly string[];
  readonly baselines: readonly BaselineState[];
}

/** What a command does before the scan starts. */
export interface BeforeScan {
  /** Refuses what cannot work. */
  readonly prepare?: (config: Config) => void;
  /** Reads what the findings of a path are compared with. */
  readonly gate?: (path: string, config: Config) => Promise<Gate>;
  /** What further flags of the command say about configuration. */
  readonly config?: Partial<Config>;
}

const COMMANDS = ["scan", "check", "explain", "compare", "rules", "schema"];

/**
 * Loads the configuration, does what comes before, and scans.
 *
 * @throws UsageError
 */
export async function runScan(
  given: readonly string[],
  flags: ScanFlags,
  host: Host,
  { prepare = () => {}, gate, config = {} }: BeforeScan = {},
): Promise<FinishedScan> {
  const { cwd, environment } = host;
  const paths = given.length === 0 ? ["."] : distinctFolders(given, cwd);
  const file = flags.config ?? null;
  const { run, configFor, files } = await loadConfig({
    paths,
    cwd,
    file,
    environment,
    flags: { ...flagConfig(flags), ...config },
  });
  prepare(run);
  if (flags.verbose) for (const one of files) host.stderr.write(`configuration: ${plainName(one)}\n`);

  const gates = new Map<string, Gate>();
  if (gate !== undefined) for (const path of paths) gates.set(path, await gate(path, configFor(path)));
  const progress = progressLine(host, flags.quiet === true);
  try {
    const { report, baselines, work } = await scanForCheck({
      paths,
      cwd,
      config: configFor,
      cacheFolder: cacheFolder(flags.cacheDir, host),
      skim: flags.skim,
      gate: (path) => gates.get(path) ?? UNGATED,
      onProgress: progress.update,
    });
    const timings = progress.finish();
    if (flags.verbose) host.stderr.write(workLines(timings, work));
    if (report.stats.files === 0 && !flags.quiet) {
      host.stderr.write(
        `ormverdict: no Python files were found in ${paths.map((path) => `"${plainName(path)}"`).join(", ")}.\n`,
      );
    }
    return { report, config: run, paths, baselines };
  } finally {
    progress.finish();
  }
}

/** What the scan took, a line each, for people and for tools that measure. */
function workLines(timings: readonly StageTiming[], { bytes, evaluated, parsed }: ScanWork): string {
  const stages = timings.map(({ stage, milliseconds }) => `stage ${stage} ${milliseconds.toFixed(0)} ms\n`);
  return `${stages.join("")}count bytes ${bytes}\ncount parsed-bytes ${parsed}\ncount evaluated-statements ${evaluated}\n`;
}

const UNGATED: Gate = { baseline: null, changes: null, exists: () => false };

/** The same folder given twice, however it is written, is one project and not two. */
function distinctFolders(given: readonly string[], cwd: string): string[] {
  const seen = new Set<string>();
  return given.filter((path) => {
    if (path === "")
      throw new UsageError("A path is empty. Name a folder, or leave it out for the current one.");
    refuseMistypedCommand(path, cwd);
    const folder = resolve(cwd, path);
    const isNew = !seen.has(folder);
    seen.add(folder);
    return isNew;
  });
}

function refuseMistypedCommand(path: string, cwd: string): void {
  if (existsSync(resolve(cwd, path))) return;
  if (COMMANDS.includes(path))
    throw new UsageError(
      `There is no folder "${path}". For the command, write it first: ormverdict ${path} [path…].`,
    );
  const hint = didYouMean(path, COMMANDS);
  if (hint !== "") throw new UsageError(`There is no command and no folder "${path}".${hint}`);
}
