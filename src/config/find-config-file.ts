import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "../model/usage-error.ts";

/** A file that may hold configuration. */
export interface ConfigText {
  readonly file: string;
  readonly text: string;
  /** Where in the file the keys are: [] in ormverdict.toml, ["tool", "ormverdict"] in pyproject.toml. */
  readonly table: readonly string[];
}

/** Larger files are no configuration that a person wrote, and reading them would let a repository cost us memory. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads the file of `--config`; any name that ends in pyproject.toml has its keys under [tool.ormverdict]. */
export function readGivenConfig(file: string): ConfigText {
  const table = file.endsWith("pyproject.toml") ? ["tool", "ormverdict"] : [];
  const text = readText(file);
  if (text !== null) return { file, text, table };
  throw new UsageError(
    existsSync(file)
      ? `--config: ${file} is not a readable file of at most 4 MiB. Name a TOML file.`
      : `--config: there is no file ${file}. Name an existing TOML file, or leave the option out.`,
  );
}

/**
 * All candidates for a scanned path, nearest folder first, up to the repository root. Outside of a repository the search ends at
 * the working directory when that holds the path, else at the path itself: a stray file further up must not decide.
 */
export function* findConfigFiles(path: string, cwd: string): Generator<ConfigText> {
  const start = resolve(cwd, path);
  const last = lastFolder(start, cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    const ownFile = join(folder, "ormverdict.toml");
    const own = readText(ownFile);
    // Going on without it would judge by other settings than those that were made.
    if (own === null && existsSync(ownFile))
      throw new UsageError(`${ownFile} is not a readable file of at most 4 MiB. Check its permissions.`);
    if (own !== null) yield { file: ownFile, text: own, table: [] };
    const shared = readText(join(folder, "pyproject.toml"));
    if (shared?.includes("ormverdict")) {
      yield { file: join(folder, "pyproject.toml"), text: shared, table: ["tool", "ormverdict"] };
    }
    if (folder === last || folder === dirname(folder)) return;
  }
}

function lastFolder(start: string, cwd: string): string {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
  }
  const fromCwd = relative(cwd, start);
  const isInside = fromCwd !== ".." && !fromCwd.startsWith(`..${sep}`) && resolve(cwd, fromCwd) === start;
  return isInside ? cwd : start;
}

function readText(file: string): string | null {
  try {
    const stats = statSync(file);
    // A pipe or device under this name would block the read.
    if (!stats.isFile() || stats.size > MAX_BYTES) return null;
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch {
    // Absent, or not ours to read. A pyproject.toml that is not is a problem of the scan; other files their callers report.
    return null;
  }
}
