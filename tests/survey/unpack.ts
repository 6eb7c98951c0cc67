import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requirePip, runPython } from "./run-python.ts";

const UNPACK_ARCHIVE = fileURLToPath(new URL("unpack-archive.py", import.meta.url));

/**
 * Unpacks an archive once into the cache and gives the folder to scan: for a source archive the one folder in it.
 * `key` names the content, so that another version of a package never meets an old folder.
 */
export async function unpackArchive(archive: string, key: string, cache: string): Promise<string> {
  const folder = join(cache, "unpacked", key);
  if (!existsSync(folder)) {
    await requirePip();
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    await runPython([UNPACK_ARCHIVE, archive, partial]);
    renameSync(partial, folder);
  }
  const entries = readdirSync(folder);
  const only = entries.length === 1 && entries[0] !== undefined ? join(folder, entries[0]) : folder;
  return statSync(only).isDirectory() ? only : folder;
}
