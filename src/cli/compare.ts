import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { compareAsMarkdown, compareAsText, type Report, readReport, UsageError } from "../index.ts";
import { didYouMean } from "../text/nearest-name.ts";
import type { Host } from "./host.ts";
import { writeResult } from "./result-files.ts";
import type { ScanFlags } from "./scan-flags.ts";
import { DEFAULT_WIDTH, terminalLook } from "./terminal-look.ts";

export interface CompareFlags extends Pick<ScanFlags, "color"> {
  readonly format?: string;
  readonly outputFile?: string;
}

const FORMATS = ["text", "markdown"];

/**
 * `compare`: what moved between two JSON reports.
 *
 * @throws UsageError for a file that cannot be read, or is no report.
 */
export async function compare(before: string, after: string, flags: CompareFlags, host: Host): Promise<void> {
  const { format = "text", outputFile } = flags;
  if (!FORMATS.includes(format))
    throw new UsageError(
      `--format: there is no format "${format}" of a comparison.${didYouMean(format, FORMATS)} The formats are ${FORMATS.join(", ")}.`,
    );
  const [was, is] = [await reportIn(before, host), await reportIn(after, host)];
  const look = terminalLook(flags, host);
  const text =
    format === "markdown"
      ? compareAsMarkdown(was, is)
      : compareAsText(was, is, outputFile === undefined ? look : { color: false, width: DEFAULT_WIDTH });
  if (outputFile === undefined) host.stdout.write(text);
  else writeResult(outputFile, text, host.cwd);
}

async function reportIn(file: string, host: Host): Promise<Report> {
  return readReport(textOf(file, host), file);
}

function textOf(file: string, host: Host): string {
  try {
    return readFileSync(resolve(host.cwd, file), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT")
      throw new UsageError(`There is no file ${file}. Name two JSON reports: before, after.`);
    if (code === "EISDIR") throw new UsageError(`${file} is a folder. Name two JSON reports: before, after.`);
    throw new UsageError(`${file} cannot be read (${code}). Name two JSON reports: before, after.`);
  }
}
