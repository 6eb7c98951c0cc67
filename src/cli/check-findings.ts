// `check`: what the findings of a scan mean for the exit code, and what becomes of the baseline.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Baseline, changedLines, checkText, type Finding, type Gate, UsageError } from "../index.ts";
import { printable } from "../text/printable.ts";
import { baselineFile, loadBaseline, saveBaseline, shownFile } from "./baseline-file.ts";
import { type CheckFlags, failOn, maxFindings } from "./check-flags.ts";
import { fenced, isGithub, isPlainLog, tellCi } from "./ci-results.ts";
import type { Host } from "./host.ts";
import { scanAndPrint } from "./print-verdict.ts";
import type { FinishedScan } from "./run-scan.ts";

const FAILED = 1;

/**
 * Prints the findings and gives the exit code: 1 when more of them count than are allowed.
 *
 * @throws UsageError
 */
export async function checkFindings(
  paths: readonly string[],
  flags: CheckFlags,
  host: Host,
): Promise<number> {
  const fail = failOn(flags);
  const allowed = maxFindings(flags);
  if (flags.baseline !== undefined && paths.length > 1)
    throw new UsageError("--baseline names one file, so check one path at a time with it.");
  if (flags.writeBaseline && flags.since !== undefined)
    throw new UsageError("--write-baseline accepts everything, so it does not go with --since.");
  let isLog = false;
  const finished = await scanAndPrint(paths, flags, host, {
    prepare(config) {
      isLog = isPlainLog(config, flags);
    },
    gate: (path) => readGate(path, flags, host),
    person(report, options) {
      const text = checkText(report, options);
      return isLog && isGithub(host) ? fenced(text) : text;
    },
  });
  if (isLog) tellCi(finished, flags, host);
  if (flags.writeBaseline) return acceptAll(finished, flags, host);
  const isStale = settleBaselines(finished, flags, host);
  const failing = finished.report.projects
    .flatMap(({ findings }) => findings)
    .filter(({ suppressed, severity }) => !suppressed && fails(severity, fail));
  const says = failing.length > allowed || (isStale && flags.failOnStale === true);
  return says ? FAILED : 0;
}

function fails(severity: Finding["severity"], from: ReturnType<typeof failOn>): boolean {
  if (from === "never") return false;
  return severity === "error" || (from === "warning" && severity === "warning");
}

async function readGate(path: string, flags: CheckFlags, host: Host): Promise<Gate> {
  const folder = resolve(host.cwd, path);
  const file = baselineFile(path, flags.baseline, host.cwd);
  // What is to be written anew need not be readable.
  const baseline = flags.writeBaseline ? null : await loadBaseline(file, host.cwd);
  if (baseline === null && flags.baseline !== undefined && !flags.writeBaseline) {
    throw new UsageError(`--baseline: there is no file ${flags.baseline}. Write it with --write-baseline.`);
  }
  const changes = flags.since === undefined ? null : await changedLines(folder, flags.since);
  return { baseline, changes, exists: (one) => existsSync(resolve(folder, one)) };
}

function acceptAll({ paths, baselines }: FinishedScan, flags: CheckFlags, host: Host): number {
  for (const [index, { current }] of baselines.entries()) {
    const file = baselineFile(paths[index] ?? ".", flags.baseline, host.cwd);
    saveBaseline(file, current, host.cwd);
    say(host, flags, `${countOf(current)} accepted in ${shownFile(file, host.cwd)}. Commit the file.`);
  }
  return 0;
}

/** Locally a baseline shrinks by itself; in CI, where nobody would commit it, that it could is only said. */
function settleBaselines({ paths, baselines }: FinishedScan, flags: CheckFlags, host: Host): boolean {
  let isStale = false;
  for (const [index, { shrunk, gone }] of baselines.entries()) {
    if (shrunk === null) continue;
    isStale = true;
    const file = baselineFile(paths[index] ?? ".", flags.baseline, host.cwd);
    const shown = shownFile(file, host.cwd);
    const says = `${gone} accepted ${gone === 1 ? "finding is" : "findings are"} gone`;
    if (isCi(host)) {
      say(
        host,
        flags,
        `${shown} is stale: ${says}. Run \`ormverdict check\` outside CI and commit the file.`,
      );
    } else if (flags.failOnStale !== true) {
      saveBaseline(file, shrunk, host.cwd);
      say(host, flags, `${says}: took them out of ${shown}. Commit the file.`);
    } else say(host, flags, `${shown} is stale: ${says}.`);
  }
  return isStale;
}

function isCi({ environment: { CI } }: Host): boolean {
  return CI !== undefined && CI !== "" && CI !== "false" && CI !== "0";
}

function countOf({ findings }: Baseline): string {
  const count = findings.reduce((sum, entry) => sum + entry.count, 0);
  return `${count} finding${count === 1 ? "" : "s"}`;
}

function say(host: Host, flags: CheckFlags, text: string): void {
  if (!flags.quiet) host.stderr.write(`ormverdict: ${printable(text)}\n`);
}
