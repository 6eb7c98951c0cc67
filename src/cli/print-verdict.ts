import { type RenderOptions, type Report, type Reporter, reporters, rules } from "../index.ts";
import type { Host } from "./host.ts";
import { pathPrefixes } from "./path-prefix.ts";
import { resultTargets, writeResult } from "./result-files.ts";
import { type BeforeScan, type FinishedScan, runScan } from "./run-scan.ts";
import { colorChoice, type ScanFlags } from "./scan-flags.ts";
import { DEFAULT_WIDTH, terminalLook } from "./terminal-look.ts";

/** `scan`: the report in every format asked for. */
export async function printVerdict(paths: readonly string[], flags: ScanFlags, host: Host): Promise<void> {
  await scanAndPrint(paths, flags, host);
}

/** How a command prints, where it differs from `scan`. */
export interface Printing extends BeforeScan {
  /** Replaces the text format where a command has its own way of saying things. */
  readonly person?: (report: Report, options: RenderOptions) => string;
}

/**
 * Scans and prints.
 *
 * @throws UsageError
 */
export async function scanAndPrint(
  paths: readonly string[],
  flags: ScanFlags,
  host: Host,
  { person, prepare = () => {}, ...before }: Printing = {},
): Promise<FinishedScan> {
  const finished = await runScan(paths, flags, host, {
    prepare(config) {
      resultTargets(config, flags.outputFile, host.cwd);
      colorChoice(flags, host.environment);
      prepare(config);
    },
    ...before,
  });
  for (const { name, file } of resultTargets(finished.config, flags.outputFile, host.cwd)) {
    const text = renderAs(name, file, finished, flags, host, person);
    if (file === null) host.stdout.write(text);
    else writeResult(file, text, host.cwd);
  }
  return finished;
}

/** One format of a finished scan, as it looks on standard output or in a file. */
export function renderAs(
  name: string,
  file: string | null,
  { report, paths }: FinishedScan,
  flags: ScanFlags,
  host: Host,
  person?: Printing["person"],
): string {
  const choice = colorChoice(flags, host.environment);
  const reporter = reporterNamed(name);
  const { fromCwd, fromRepository } = pathPrefixes(paths, host.cwd);
  const options: RenderOptions = {
    // A file is read by whoever comes along: colours only where they were asked for.
    ...(file === null ? terminalLook(flags, host) : { color: choice === "always", width: DEFAULT_WIDTH }),
    verbose: flags.verbose === true,
    rules,
    pathPrefix: reporter.forRepository === true ? fromRepository : name === "text" && person ? fromCwd : "",
  };
  return name === "text" && person ? person(report, options) : reporter.render(report, options);
}

function reporterNamed(name: string): Reporter {
  const reporter = reporters.find((one) => one.name === name);
  if (reporter === undefined)
    throw new Error(`the format ${name} passed the configuration and has no reporter`);
  return reporter;
}
