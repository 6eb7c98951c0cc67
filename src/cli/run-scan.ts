import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Config, loadConfig, type Report, scan, UsageError } from "../index.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { printable } from "../text/printable.ts";
import type { Host } from "./host.ts";
import { progressLine, type StageTiming } from "./progress-line.ts";
import { flagConfig, type ScanFlags } from "./scan-flags.ts";

/** A finished scan with what it takes to show it. */
export interface FinishedScan {
  readonly report: Report;
  readonly config: Config;
  readonly timings: readonly StageTiming[];
}

const COMMANDS = ["scan", "check", "explain", "rules", "schema"];

/**
 * Loads the configuration, lets `prepare` refuse it before any work is done, and scans.
 *
 * @throws UsageError
 */
export async function runScan(
  given: readonly string[],
  flags: ScanFlags,
  host: Host,
  prepare: (config: Config) => void = () => {},
): Promise<FinishedScan> {
  const { cwd, environment } = host;
  const paths = given.length === 0 ? ["."] : distinctFolders(given, cwd);
  const file = flags.config ?? null;
  const { run, configFor, files } = await loadConfig({
    paths,
    cwd,
    file,
    environment,
    flags: flagConfig(flags),
  });
  prepare(run);
  if (flags.verbose) for (const one of files) host.stderr.write(`configuration: ${printable(one)}\n`);

  const progress = progressLine(host, flags.quiet === true);
  try {
    const report = await scan({ paths, cwd, config: configFor, onProgress: progress.update });
    const timings = progress.finish();
    if (report.stats.files === 0 && !flags.quiet) {
      host.stderr.write(`ormverdict: no Python files were found in ${printable(paths.join(", "))}.\n`);
    }
    return { report, config: run, timings };
  } finally {
    progress.finish();
  }
}

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
