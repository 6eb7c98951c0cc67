import { type Report, type Reporter, reporters } from "../index.ts";
import type { Host } from "./host.ts";
import { resultTargets, writeResult } from "./result-files.ts";
import { type FinishedScan, runScan } from "./run-scan.ts";
import { colorChoice, type ScanFlags } from "./scan-flags.ts";
import { DEFAULT_WIDTH, terminalLook } from "./terminal-look.ts";

/** `scan`: the report in every format asked for. */
export async function printVerdict(paths: readonly string[], flags: ScanFlags, host: Host): Promise<void> {
  await scanAndPrint(paths, flags, host);
}

/**
 * Scans and prints. `person` replaces the text format where a command has its own way of saying things.
 *
 * @throws UsageError
 */
export async function scanAndPrint(
  paths: readonly string[],
  flags: ScanFlags,
  host: Host,
  person?: (report: Report) => string,
): Promise<FinishedScan> {
  const choice = colorChoice(flags, host.environment);
  const look = terminalLook(flags, host);
  const finished = await runScan(paths, flags, host, (config) => {
    resultTargets(config, flags.outputFile, host.cwd);
  });
  for (const { name, file } of resultTargets(finished.config, flags.outputFile, host.cwd)) {
    const text =
      name === "text" && person
        ? person(finished.report)
        : reporterNamed(name).render(finished.report, {
            // A file is read by whoever comes along: colours only where they were asked for.
            ...(file === null ? look : { color: choice === "always", width: DEFAULT_WIDTH }),
            verbose: flags.verbose === true,
            ...(flags.verbose && { timings: finished.timings }),
          });
    if (file === null) host.stdout.write(text);
    else writeResult(file, text, host.cwd);
  }
  return finished;
}

function reporterNamed(name: string): Reporter {
  const reporter = reporters.find((one) => one.name === name);
  if (reporter === undefined)
    throw new Error(`the format ${name} passed the configuration and has no reporter`);
  return reporter;
}
