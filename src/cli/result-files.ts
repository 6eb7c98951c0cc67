// Where results go is settled, and refused where it cannot work, before a long scan starts.
import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Config, type FormatTarget, UsageError } from "../index.ts";

/**
 * The outputs of a run: at most one goes to standard output, and `-o` sends that one to a file.
 *
 * @throws UsageError when two results want one place, or a file cannot be written.
 */
export function resultTargets(config: Config, outputFile: string | undefined, cwd: string): FormatTarget[] {
  const open = config.format.filter(({ file }) => file === null);
  if (open.length > 1) {
    const names = open.map(({ name }) => name).join(" and ");
    throw new UsageError(
      `${names} cannot both go to one output. Give all but one a file: --format ${open[1]?.name}=FILE.`,
    );
  }
  if (outputFile !== undefined && open.length === 0) {
    throw new UsageError(
      `-o ${outputFile} has nothing to write: every --format names its own file. Leave one of the two out.`,
    );
  }
  const targets = config.format.map(({ name, file }) => ({ name, file: file ?? outputFile ?? null }));
  const seen = new Set<string>();
  for (const { file } of targets) {
    if (file === null) continue;
    const full = resolve(cwd, file);
    if (seen.has(full)) throw new UsageError(`Two results want the file ${file}. Give each its own.`);
    seen.add(full);
    requireWritable(file, full);
  }
  return targets;
}

function requireWritable(file: string, full: string): void {
  const stats = statSync(full, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw new UsageError(`Cannot write ${file}: it is a folder. Name a file in it.`);
  const folder = dirname(full);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`Cannot write ${file}: its folder does not exist. Create it, or name another file.`);
  }
  try {
    accessSync(stats === undefined ? folder : full, constants.W_OK);
  } catch {
    throw new UsageError(
      `Cannot write ${file}: permission denied. Name another file, or change the permissions.`,
    );
  }
}

/** Writes one result. */
export function writeResult(file: string, text: string, cwd: string): void {
  try {
    writeFileSync(resolve(cwd, file), text);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(`Cannot write ${file} (${reason}). Name another file, or make room for this one.`);
  }
}
