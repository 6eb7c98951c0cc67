import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, posix } from "node:path";
import { gunzipSync } from "node:zlib";
import type { ArchiveEntry } from "./archive-entry.ts";
import { readTar } from "./read-tar.ts";
import { readZip } from "./read-zip.ts";

const MAX_FILES = 60_000;
const MAX_BYTES = 600_000_000;

/**
 * Unpacks an archive once into the cache and gives the folder to scan: for a source archive the one folder in it.
 * `key` names the content, so that another version of a package never meets an old folder.
 *
 * @throws Error for an archive that cannot be read, leads out of its folder, or unpacks to too much.
 */
export function unpackArchive(archive: string, key: string, cache: string): string {
  const folder = join(cache, "unpacked", key);
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    writeEntries(listEntries(archive), partial);
    renameSync(partial, folder);
  }
  const entries = readdirSync(folder);
  const only = entries.length === 1 && entries[0] !== undefined ? join(folder, entries[0]) : folder;
  return statSync(only).isDirectory() ? only : folder;
}

function listEntries(archive: string): ArchiveEntry[] {
  const bytes = readFileSync(archive);
  if (!archive.endsWith(".tar.gz")) return readZip(bytes);
  return readTar(gunzipSync(bytes, { maxOutputLength: MAX_BYTES }));
}

function writeEntries(entries: readonly ArchiveEntry[], folder: string): void {
  const files = entries.filter(({ isFile }) => isFile);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (files.length > MAX_FILES || bytes > MAX_BYTES) throw new Error("the archive unpacks to too much");
  for (const { name, read } of files) {
    const path = join(folder, safePath(name));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, read());
  }
}

/** A file's path inside its archive, refused where it would lead out of the folder it is unpacked into. */
function safePath(name: string): string {
  const path = posix.normalize(name.replaceAll("\\", "/"));
  const leadsOut =
    path.startsWith("/") || path.startsWith("../") || path.includes(":") || path.includes("\0");
  if (leadsOut || path === ".." || path === ".") {
    throw new Error(`the archive holds ${JSON.stringify(name)}, which leads out of it`);
  }
  return path;
}
