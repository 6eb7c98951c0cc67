import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { gunzipSync } from "node:zlib";
import type { ArchiveEntry } from "./archive-entry.ts";
import { readTar } from "./read-tar.ts";
import { readZip } from "./read-zip.ts";

const MAX_FILES = 60_000;
const MAX_BYTES = 600_000_000;

/**
 * Unpacks an archive into a folder that is made for it, and gives the folder to scan: for a source archive the one folder in it.
 *
 * @throws Error for an archive that cannot be read, leads out of its folder, or unpacks to too much.
 */
export function unpackArchive(archive: string, folder: string): string {
  writeEntries(listEntries(archive), folder);
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
  const paths = files.map(({ name, read }) => ({ path: join(folder, safePath(name)), read }));
  mkdirSync(folder, { recursive: true });
  for (const { path, read } of paths) {
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
