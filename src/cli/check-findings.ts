// `check`: what the findings of a scan mean for the exit code, and what becomes of the baseline.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Baseline,
  type BaselineState,
  type Config,
  changedLines,
  checkText,
  type Finding,
  type Gate,
  UsageError,
} from "../index.ts";
import { plainName } from "../text/plain-text.ts";
import { baselineFile, loadBaseline, refuseOutside, saveBaseline, shownFile } from "./baseline-file.ts";
import { type CheckFlags, gateConfig } from "./check-flags.ts";
import { fenced, isGithub, isPlainLog, tellCi } from "./ci-results.ts";
import type { Host } from "./host.ts";
import { scanAndPrint } from "./print-verdict.ts";

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
  const config = gateConfig(flags);
  if (flags.baseline !== undefined && paths.length > 1)
    throw new UsageError("--baseline names one file, so check one path at a time with it.");
  if (flags.writeBaseline && flags.since !== undefined)
    throw new UsageError("--write-baseline accepts everything, so it does not go with --since.");
  let isLog = false;
  const files = new Map<string, string>();
  const finished = await scanAndPrint(paths, flags, host, {
    prepare(config) {
      isLog = isPlainLog(config, flags);
    },
    config,
    gate(path, { baseline }) {
      if (flags.baseline === undefined && baseline !== null) refuseOutside(baseline, resolve(host.cwd, path));
      const named = flags.baseline ?? baseline ?? undefined;
      const file = baselineFile(path, named, host.cwd);
      files.set(path, file);
      return readGate(path, { file, isNamed: named !== undefined }, flags, host);
    },
    person(report, options) {
      const text = checkText(report, options);
      return isLog && isGithub(host) ? fenced(text) : text;
    },
  });
  if (isLog) tellCi(finished, flags, host);
  const baselines = finished.paths.flatMap((path, index): KeptBaseline[] => {
    const [file, state] = [files.get(path), finished.baselines[index]];
    return file === undefined || state === undefined ? [] : [{ file, state }];
  });
  if (flags.writeBaseline) return acceptAll(baselines, flags, host);
  const isStale = settleBaselines(baselines, flags, host);
  const { failOn, maxFindings } = finished.config;
  const failing = finished.report.projects
    .flatMap(({ findings }) => findings)
    .filter(({ suppressed, severity }) => !suppressed && fails(severity, failOn));
  const says = failing.length > maxFindings || (isStale && flags.failOnStale === true);
  return says ? FAILED : 0;
}

/** How the baseline in a file stands after the scan. */
interface KeptBaseline {
  readonly file: string;
  readonly state: BaselineState;
}

function fails(severity: Finding["severity"], from: Config["failOn"]): boolean {
  if (from === "never") return false;
  return severity === "error" || (from === "warning" && severity === "warning");
}

async function readGate(
  path: string,
  { file, isNamed }: { readonly file: string; readonly isNamed: boolean },
  flags: CheckFlags,
  host: Host,
): Promise<Gate> {
  const folder = resolve(host.cwd, path);
  // What is to be written anew need not be readable.
  const baseline = flags.writeBaseline ? null : await loadBaseline(file, host.cwd);
  if (baseline === null && isNamed && !flags.writeBaseline) {
    const shown = shownFile(file, host.cwd);
    throw new UsageError(`The baseline: there is no file ${shown}. Write it with --write-baseline.`);
  }
  const changes = flags.since === undefined ? null : await changedLines(folder, flags.since);
  return { baseline, changes, exists: (one) => !isGone(resolve(folder, one)) };
}

/** False for what cannot be looked at, in a folder that may not be opened: it may still be there. */
function isGone(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

function acceptAll(baselines: readonly KeptBaseline[], flags: CheckFlags, host: Host): number {
  for (const { file, state } of baselines) {
    saveBaseline(file, state.current, host.cwd);
    say(host, flags, `${countOf(state.current)} accepted in ${shownFile(file, host.cwd)}. Commit the file.`);
  }
  return 0;
}

/** Locally a baseline shrinks by itself; in CI, where nobody would commit it, that it could is only said. */
function settleBaselines(baselines: readonly KeptBaseline[], flags: CheckFlags, host: Host): boolean {
  let isStale = false;
  for (const { file, state } of baselines) {
    const { shrunk } = state;
    if (shrunk === null) continue;
    isStale = true;
    const shown = shownFile(file, host.cwd);
    const says = changesOf(state);
    if (isCi(host)) {
      say(
        host,
        flags,
        `${shown} is stale: ${says}. Run \`ormverdict check\` outside CI and commit the file.`,
      );
    } else if (flags.failOnStale !== true) {
      saveBaseline(file, shrunk, host.cwd);
      say(
        host,
        flags,
        `${says}: ${state.moved === 0 ? "took them out of" : "changed"} ${shown}. Commit the file.`,
      );
    } else say(host, flags, `${shown} is stale: ${says}.`);
  }
  return isStale;
}

/** "2 accepted findings are gone, 1 is in a renamed file". */
function changesOf({ gone, moved }: BaselineState): string {
  const are = (count: number): string => (count === 1 ? "is" : "are");
  const whose = (count: number): string => `${count} accepted finding${count === 1 ? "" : "s"}`;
  const went = gone === 0 ? [] : [`${whose(gone)} ${are(gone)} gone`];
  const where = moved === 1 ? "in a renamed file" : "in renamed files";
  const renamed = moved === 0 ? [] : [`${gone === 0 ? whose(moved) : moved} ${are(moved)} ${where}`];
  return [...went, ...renamed].join(", ");
}

function isCi({ environment: { CI } }: Host): boolean {
  return CI !== undefined && CI !== "" && CI !== "false" && CI !== "0";
}

function countOf({ findings }: Baseline): string {
  const count = findings.reduce((sum, entry) => sum + entry.count, 0);
  return `${count} finding${count === 1 ? "" : "s"}`;
}

function say(host: Host, flags: CheckFlags, text: string): void {
  if (!flags.quiet) host.stderr.write(`ormverdict: ${plainName(text)}\n`);
}
