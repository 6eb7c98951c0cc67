// What a CI service shows by itself, when the user named no format: beside the log, GitHub Actions gets annotations and a job summary,
// GitLab a Code Quality report to keep as an artifact.
import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../index.ts";
import { plainName } from "../text/plain-text.ts";
import type { CheckFlags } from "./check-flags.ts";
import type { Host } from "./host.ts";
import { renderAs } from "./print-verdict.ts";
import { writeResult } from "./result-files.ts";
import type { FinishedScan } from "./run-scan.ts";

const GITLAB_REPORT = "gl-code-quality-report.json";

/** True where the text for people goes to the log, whatever else is written to files. */
export function isPlainLog({ format }: Pick<Config, "format">, flags: CheckFlags): boolean {
  const open = format.filter(({ file }) => file === null);
  return open.length === 1 && open[0]?.name === "text" && flags.outputFile === undefined;
}

export function isGithub({ environment }: Host): boolean {
  return environment.GITHUB_ACTIONS === "true";
}

/** Text for the log of GitHub Actions: a file in the repository may be named like a command, which must not run. */
export function fenced(text: string): string {
  const token = createHash("sha256").update(text).digest("hex");
  return `::stop-commands::${token}\n${text}::${token}::\n`;
}

/** Hands the results to the service that runs the check. */
export function tellCi(finished: FinishedScan, flags: CheckFlags, host: Host): void {
  const { environment } = host;
  if (isGithub(host)) {
    host.stdout.write(renderAs("github", null, finished, flags, host));
    const file = environment.GITHUB_STEP_SUMMARY;
    if (file) addSummary(file, renderAs("markdown", file, finished, flags, host), host);
  } else if (environment.GITLAB_CI === "true") {
    const file = join(environment.CI_PROJECT_DIR || host.cwd, GITLAB_REPORT);
    writeResult(file, renderAs("gitlab", file, finished, flags, host), host.cwd);
  }
}

function addSummary(file: string, text: string, host: Host): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    host.stderr.write(`ormverdict: the job summary could not be written (${plainName(reason)}).\n`);
  }
}
