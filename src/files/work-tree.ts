// The files below a folder: by git where it is a work tree, else by walking it; submodules and nested work trees likewise.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../model/problem.ts";
import { nameOf, within } from "../text/path.ts";
import { entryName } from "./entry-name.ts";
import { folderEntries, type WalkBounds } from "./folder-entries.ts";
import type { FolderFilter } from "./folder-filter.ts";
import { gitEntries } from "./git-entries.ts";
import { locate, statsOf } from "./place.ts";

/** A path that was listed, before anything is known of it but its name. */
export interface Candidate {
  readonly path: string;
  /** The name's bytes relative to the root, where they are no UTF-8. */
  readonly raw: Buffer | null;
  readonly type: "file" | "link" | "unknown";
}

export const BOUNDS: WalkBounds = { maxDepth: 64, maxEntries: 1_000_000 };
const MAX_NESTED = 8;

/** The files of one work tree or folder, `prefix` being its path relative to the root. */
export async function listWorkTree(
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
  for (const { raw, mode } of listed.entries) {
    const { name, isExact } = entryName(raw);
    const path = within(prefix, name.replace(/\/$/, ""));
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
