import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { downloadArchive } from "../survey/download.ts";
import { unpackArchive } from "../survey/unpack.ts";
import type { Size } from "./bench-result.ts";

/** A pinned source archive; `name` is what it is called here. */
export interface Input {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}

const NEWLINE = 10;

/**
 * Unpacks an input, downloading it where it is not in the cache yet, and gives the folder to scan.
 *
 * The place must lie outside of any git work tree that ignores it, or tools would see nothing.
 */
export async function openInput(input: Input, cache: string, place: string): Promise<string> {
  const archive = await downloadArchive({ ...input, kind: "sdist" }, join(cache, "archives"));
  const folder = unpackArchive(archive, place);
  // Without this file semgrep leaves out tests, which the others read.
  writeFileSync(join(folder, ".semgrepignore"), "");
  return folder;
}

/** What there is of Python below a folder. */
export function sizeOf(folder: string): Size {
  const size = { files: 0, lines: 0, bytes: 0 };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".py")) continue;
    const content = readFileSync(join(entry.parentPath, entry.name));
    size.files += 1;
    size.bytes += content.length;
    for (let at = content.indexOf(NEWLINE); at !== -1; at = content.indexOf(NEWLINE, at + 1)) size.lines += 1;
  }
  return size;
}
