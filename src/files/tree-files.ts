// Every file below a folder on disk: by git where the folder is a work tree, else by walking; nested work trees and
// submodules by the same choice; links judged by where they lead.
import { existsSync, lstatSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Problem } from "../model/problem.ts";
import { entryName } from "./entry-name.ts";
import { isConfigurationText, isManifest, isPython, sizeBound } from "./file-kind.ts";
import { folderEntries, type WalkBounds } from "./folder-entries.ts";
import type { FolderFilter } from "./folder-filter.ts";
import { nameOf, within } from "./folder-of.ts";
import { gitEntries } from "./git-entries.ts";

export interface TreeFile {
  readonly path: string;
  /** Size in bytes; 0 for files that are only named. */
  readonly bytes: number;
}

export interface TreeFiles {
  readonly files: readonly TreeFile[];
  readonly problems: readonly Problem[];
  /** The names, relative to the root, of files whose name is no UTF-8, by the path that stands for them. */
  readonly rawNames: ReadonlyMap<string, Buffer>;
}

const BOUNDS: WalkBounds = { maxDepth: 64, maxEntries: 1_000_000 };
const MAX_NESTED = 8;

interface Candidate {
  readonly path: string;
  readonly raw: Buffer | null;
  readonly type: "file" | "link" | "unknown";
}

/** The place on disk of a path relative to the root. */
export function locate(root: string, path: string, raw: Buffer | null): string | Buffer {
  return raw === null ? join(root, path) : Buffer.concat([Buffer.from(root + sep), raw]);
}

/** @throws the file system's error when the root itself cannot be read. */
export async function treeFiles(root: string, filter: FolderFilter): Promise<TreeFiles> {
  const problems: Problem[] = [];
  const candidates = await listWorkTree(root, "", filter, problems, 0);
  const found = new Map<string, TreeFile>();
  const rawNames = new Map<string, Buffer>();
  const links: Candidate[] = [];
  for (const candidate of candidates) {
    const { path } = candidate;
    if (filter.leavesOutFile(path)) continue;
    if (path.split("/").length > BOUNDS.maxDepth) {
      problems.push({
        path,
        kind: "limit",
        message: `It lies deeper than ${BOUNDS.maxDepth} levels and was not read.`,
      });
    } else if (candidate.type === "link") {
      links.push(candidate);
    } else {
      const type = addFile(candidate);
      if (type === "link") links.push(candidate);
    }
  }
  const realRoot = realpathSync(root);
  for (const link of links) followLink(link);
  return { files: [...found.values()], problems, rawNames };

  function addFile({ path, raw, type }: Candidate): "link" | "done" {
    if (type === "file" && sizeBound(path) === null) {
      found.set(path, { path, bytes: 0 });
      return "done";
    }
    const stats = statsOf(locate(root, path, raw));
    // In the index but deleted on disk: the work tree is what is scanned.
    if (stats === null) return "done";
    if (stats === "unreadable") {
      problems.push({ path, kind: "unreadable", message: "It could not be opened." });
    } else if (stats.isSymbolicLink()) {
      return "link";
    } else if (stats.isFile()) {
      found.set(path, { path, bytes: stats.size });
      if (raw !== null) rawNames.set(path, raw);
    } else if (isRead(path)) {
      problems.push({ path, kind: "unreadable", message: "It is no regular file and was not read." });
    }
    return "done";
  }

  function followLink({ path, raw }: Candidate): void {
    const target = linkTarget(root, realRoot, path, raw);
    if (target.kind === "inside-file") {
      // Listed once, by its real path, even where .gitignore hides the target.
      if (found.has(target.path) || filter.leavesOutFile(target.path) || !isRead(target.path)) return;
      found.set(target.path, { path: target.path, bytes: target.bytes });
    } else if (target.kind === "outside-folder" || (target.kind !== "inside-folder" && isRead(path))) {
      if (target.kind === "outside-folder" && filter.leavesOutFolder(path)) return;
      problems.push({ path, kind: "unreadable", message: LINK_MESSAGES[target.kind] });
    }
  }
}

const LINK_MESSAGES = {
  "outside-folder": "The link leads to a folder outside the scanned one and was not followed.",
  "outside-file": "The link leads to a file outside the scanned folder and was not followed.",
  broken: "The link leads nowhere.",
};

function isRead(path: string): boolean {
  return isPython(path) || isManifest(path) || isConfigurationText(path);
}

function statsOf(location: string | Buffer): Stats | null | "unreadable" {
  try {
    return lstatSync(location, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    return isMissing(error) ? null : "unreadable";
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

type LinkTarget =
  | { readonly kind: "inside-file"; readonly path: string; readonly bytes: number }
  | { readonly kind: "inside-folder" | "outside-folder" | "outside-file" | "broken" };

function linkTarget(root: string, realRoot: string, path: string, raw: Buffer | null): LinkTarget {
  try {
    const location = locate(root, path, raw);
    const target = realpathSync(location);
    const stats = statSync(location);
    const way = relative(realRoot, target);
    const leaves =
      way === ".." || way.startsWith(`..${sep}`) || way.startsWith(sep) || /^[A-Za-z]:/.test(way);
    if (stats.isDirectory()) return { kind: leaves ? "outside-folder" : "inside-folder" };
    if (leaves || !stats.isFile()) return { kind: "outside-file" };
    return { kind: "inside-file", path: way.split(sep).join("/"), bytes: stats.size };
  } catch {
    return { kind: "broken" };
  }
}

/** The files of one work tree or folder, `prefix` being its path relative to the root. */
async function listWorkTree(
  root: string,
  prefix: string,
  filter: FolderFilter,
  problems: Problem[],
  nested: number,
): Promise<Candidate[]> {
  const listed = await gitEntries(prefix === "" ? root : join(root, prefix));
  // Nothing listed: the folder may be one that the repository around it ignores, such as an unpacked archive.
  if (listed === null || listed.entries.length === 0) {
    const walked = folderEntries(prefix, (path, raw) => locate(root, path, raw), filter, BOUNDS);
    problems.push(...walked.problems);
    return walked.entries;
  }
  for (const folder of listed.unopened) {
    const path = within(prefix, folder);
    problems.push({ path, kind: "unreadable", message: "The folder could not be opened." });
  }
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  for (const { raw, mode } of listed.entries) {
    const { name, isExact } = entryName(raw);
    const path = within(prefix, name.replace(/\/$/, ""));
    // A path in conflict is listed once for each of its stages.
    if (seen.has(path)) continue;
    seen.add(path);
    if (mode === "submodule" || name.endsWith("/")) {
      candidates.push(...(await listNested(root, path, filter, problems, nested + 1)));
    } else {
      candidates.push({ path, raw: isExact ? null : rawWithin(prefix, raw), type: typeOf(mode) });
    }
  }
  return candidates;
}

function typeOf(mode: "file" | "link" | null): Candidate["type"] {
  // A file that is not tracked may be a link to a folder: only the disk tells.
  return mode ?? "unknown";
}

function rawWithin(prefix: string, raw: Buffer): Buffer {
  return prefix === "" ? raw : Buffer.concat([Buffer.from(`${prefix}/`), raw]);
}

async function listNested(
  root: string,
  path: string,
  filter: FolderFilter,
  problems: Problem[],
  nested: number,
): Promise<Candidate[]> {
  if (filter.leavesOutFolder(path) || !existsSync(join(root, path))) return [];
  if (isLinkedWorkTree(join(root, path, ".git"))) {
    filter.leaveOut(path, "another work tree of a repository");
    return [];
  }
  if (!existsSync(join(root, path, ".git"))) {
    const message = `The submodule ${nameOf(path)} is not checked out: its code was not seen.`;
    problems.push({ path, kind: "unreadable", message });
    return [];
  }
  if (nested > MAX_NESTED) {
    problems.push({
      path,
      kind: "limit",
      message: `Work trees nested deeper than ${MAX_NESTED} were not read.`,
    });
    return [];
  }
  return listWorkTree(root, path, filter, problems, nested);
}

/** `git worktree add` leaves a file `.git` that points into `worktrees/`: the same code a second time. */
function isLinkedWorkTree(gitFile: string): boolean {
  const stats = statsOf(gitFile);
  if (stats === null || stats === "unreadable" || !stats.isFile() || stats.size > 4096) return false;
  return /[\\/]worktrees[\\/]/.test(readFileSync(gitFile, "utf8"));
}
