// The baseline on disk: one file in each scanned folder, or one that was named.
import {
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { type Baseline, readBaseline, UsageError, writeBaseline } from "../index.ts";

const NAME = "ormverdict-baseline.json";
const MAX_BYTES = 64 * 1024 * 1024;

/** Where the baseline of a scanned folder is, whether it exists or not. */
export function baselineFile(folder: string, given: string | undefined, cwd: string): string {
  return given === undefined ? join(resolve(cwd, folder), NAME) : resolve(cwd, given);
}

/**
 * The baseline in a file, or null when there is none.
 *
 * @throws UsageError (rejection) when it cannot be read, or is no baseline.
 */
export async function loadBaseline(file: string, cwd: string): Promise<Baseline | null> {
  if (!existsSync(file)) return null;
  const shown = shownFile(file, cwd);
  const stats = statSync(file);
  if (!stats.isFile() || stats.size > MAX_BYTES)
    throw new UsageError(
      `${shown} is no readable file of at most 64 MiB. Name the baseline with --baseline.`,
    );
  return readBaseline(readText(file, shown), shown);
}

function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${shown} cannot be read (${codeOf(error)}). Check its permissions.`);
  }
}

/**
 * A scanned repository's configuration may name a baseline only in its own folder: a link on the way could lead anywhere.
 *
 * @throws UsageError
 */
export function refuseOutside(file: string, folder: string): void {
  const parent = dirname(file);
  if (!existsSync(parent)) return;
  const path = relative(realpathSync(folder), realpathSync(parent));
  if (!path.startsWith("..") && !isAbsolute(path)) return;
  throw new UsageError(
    `The baseline that the configuration names lies outside its folder (${shownFile(file, folder)}). Name it with --baseline.`,
  );
}

/** Writes a baseline whole or not at all. A scanned repository may hold a link under its name, which is not followed. */
export function saveBaseline(file: string, baseline: Baseline, cwd: string): void {
  const shown = shownFile(file, cwd);
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UsageError(`${shown} is a link, which is not written through. Name the file with --baseline.`);
  const draft = `${file}.new`;
  try {
    rmSync(draft, { force: true });
    writeFileSync(draft, writeBaseline(baseline), { flag: "wx" });
    renameSync(draft, file);
  } catch (error) {
    throw new UsageError(
      `Cannot write ${shown} (${codeOf(error)}). Check its folder, or name another with --baseline.`,
    );
  }
}

export function shownFile(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith("..") ? file : path;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
