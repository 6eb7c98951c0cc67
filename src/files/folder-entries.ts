// A plain folder's files with .gitignore honoured at every level. A walk of our own and not fast-glob: it stops at ignored
// folders instead of listing them first, knows when a bound is hit, and sees links.
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import ignore, { type Ignore } from "ignore";
import type { Problem } from "../model/problem.ts";
import { within } from "../text/path.ts";
import { entryName } from "./entry-name.ts";
import type { FolderFilter } from "./folder-filter.ts";

export interface FolderEntry {
  readonly path: string;
  readonly raw: Buffer | null;
  readonly type: "file" | "link";
}

export interface WalkBounds {
  readonly maxDepth: number;
  readonly maxEntries: number;
}

interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * Lists the files below a folder of the tree.
 *
 * @param start folder relative to the root; "" for the root.
 * @param locate gives the place on disk of a path relative to the root.
 * @throws the file system's error when `start` itself cannot be read.
 */
export function folderEntries(
  start: string,
  locate: (path: string, raw: Buffer | null) => string | Buffer,
  filter: FolderFilter,
  bounds: WalkBounds,
): { entries: FolderEntry[]; problems: Problem[] } {
  const entries: FolderEntry[] = [];
  const problems: Problem[] = [];

  const visit = (folder: string, rawFolder: Buffer | null, above: readonly IgnoreFile[]): void => {
    if (entries.length > bounds.maxEntries) return;
    if (folder.split("/").length > bounds.maxDepth) {
      const message = `Folders deeper than ${bounds.maxDepth} levels were not read.`;
      problems.push({ path: folder, kind: "limit", message });
      return;
    }
    let dirents: Dirent<Buffer>[];
    try {
      dirents = readdirSync(locate(folder, rawFolder), { withFileTypes: true, encoding: "buffer" });
    } catch (error) {
      if (folder === start) throw error;
      problems.push({ path: folder, kind: "unreadable", message: "The folder could not be opened." });
      return;
    }
    const own = dirents.some((dirent) => dirent.isFile() && dirent.name.equals(GITIGNORE))
      ? readIgnoreFile(folder, locate(within(folder, ".gitignore"), join(rawFolder, GITIGNORE)))
      : [];
    const isMoot = folder === "" && own.some(hidesEverything);
    if (isMoot) problems.push({ path: ".gitignore", kind: "limit", message: HIDDEN });
    const rules = isMoot ? above : [...own, ...above];
    for (const dirent of dirents) {
      const { name, isExact } = entryName(dirent.name);
      const path = within(folder, name);
      const raw = rawFolder === null && isExact ? null : join(rawFolder ?? Buffer.from(folder), dirent.name);
      if (dirent.isDirectory()) {
        if (!filter.leavesOutFolder(path) && !isIgnored(`${path}/`, rules)) visit(path, raw, rules);
      } else if (dirent.isFile() || dirent.isSymbolicLink()) {
        if (!isIgnored(path, rules)) {
          entries.push({ path, raw, type: dirent.isFile() ? "file" : "link" });
        }
      }
    }
  };

  visit(start, null, []);
  if (entries.length > bounds.maxEntries) {
    const message = `The folder holds more than ${bounds.maxEntries} files; the rest was not listed.`;
    problems.push({ path: start === "" ? "." : start, kind: "limit", message });
  }
  return { entries, problems };
}

const HIDDEN =
  "It hides the whole folder, which is meant for a repository around it; the folder was scanned all the same.";

/** `*` in the scanned folder itself, as build tools write it into their output and source archives. */
function hidesEverything({ rules }: IgnoreFile): boolean {
  return ["a.py", "a/", "setup.py", "src/"].every((path) => rules.ignores(path));
}

const GITIGNORE = Buffer.from(".gitignore");
const SLASH = Buffer.from("/");

function join(folder: Buffer | null, name: Buffer): Buffer | null {
  if (folder === null) return null;
  return folder.length === 0 ? name : Buffer.concat([folder, SLASH, name]);
}

function readIgnoreFile(folder: string, location: string | Buffer): IgnoreFile[] {
  try {
    return [{ folder, rules: ignore({ ignorecase: false }).add(readFileSync(location, "utf8")) }];
  } catch {
    // Unreadable, or a folder of that name: git too goes on without it.
    return [];
  }
}

/** The nearest .gitignore that says anything decides, as in git. `rules` are nearest first. */
function isIgnored(path: string, rules: readonly IgnoreFile[]): boolean {
  for (const { folder, rules: file } of rules) {
    const relative = folder === "" ? path : path.slice(folder.length + 1);
    const result = file.test(relative);
    if (result.unignored) return false;
    // A folder that a nearer file brought back was entered; what the farther file said of it is settled.
    if (result.ignored && !inheritsIt(relative, file)) return true;
  }
  return false;
}

function inheritsIt(path: string, file: Ignore): boolean {
  const parent = path.slice(0, path.lastIndexOf("/", path.length - 2) + 1);
  return parent !== "" && file.test(parent).ignored;
}
