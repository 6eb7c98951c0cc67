// Every file below a folder on disk that may be read, links judged by where they lead.
import { realpathSync } from "node:fs";
import type { Problem } from "../model/problem.ts";
import { sizeBound } from "./file-kind.ts";
import type { FolderFilter } from "./folder-filter.ts";
import { linkTarget } from "./link-target.ts";
import { locate, statsOf } from "./place.ts";
import { BOUNDS, type Candidate, listWorkTree } from "./work-tree.ts";

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

/** @throws the file system's error when the root itself cannot be read. */
export async function treeFiles(root: string, filter: FolderFilter): Promise<TreeFiles> {
  const problems: Problem[] = [];
  const listed = await listWorkTree(root, "", filter, problems, 0);
  const candidates = withinDepth(
    listed.filter(({ path }) => !filter.leavesOutFile(path)),
    problems,
  );
  const found = new Map<string, TreeFile>();
  const rawNames = new Map<string, Buffer>();
  const links: Candidate[] = [];
  for (const candidate of candidates) {
    const { path, raw } = candidate;
    const looked = look(root, candidate);
    if (looked === "link") links.push(candidate);
    else if (looked === "unreadable") {
      problems.push({ path, kind: "unreadable", message: "It could not be opened." });
    } else if (looked === "special") {
      const message = "It is no regular file and was not read.";
      if (isRead(path)) problems.push({ path, kind: "unreadable", message });
    } else if (looked !== "missing") {
      found.set(path, { path, bytes: looked.bytes });
      if (raw !== null) rawNames.set(path, raw);
    }
  }
  problems.push(...followLinks(root, links, filter, found));
  return { files: [...found.values()], problems, rawNames };
}

function withinDepth(candidates: readonly Candidate[], problems: Problem[]): readonly Candidate[] {
  const cut = new Set<string>();
  const kept = candidates.filter(({ path }) => {
    const segments = path.split("/");
    if (segments.length - 1 > BOUNDS.maxDepth) cut.add(segments.slice(0, BOUNDS.maxDepth + 1).join("/"));
    return segments.length - 1 <= BOUNDS.maxDepth;
  });
  const message = `Folders deeper than ${BOUNDS.maxDepth} levels were not read.`;
  for (const path of cut) problems.push({ path, kind: "limit", message });
  return kept;
}

function isRead(path: string): boolean {
  return sizeBound(path) !== null;
}

/** What a candidate is. "missing": in the index but deleted on disk, and the work tree is what is scanned. */
function look(
  root: string,
  { path, raw, type }: Candidate,
): { bytes: number } | "link" | "missing" | "unreadable" | "special" {
  if (type === "link") return "link";
  if (type === "file" && !isRead(path)) return { bytes: 0 };
  const stats = statsOf(locate(root, path, raw));
  if (stats === null) return "missing";
  if (stats === "unreadable") return "unreadable";
  if (stats.isSymbolicLink()) return "link";
  return stats.isFile() ? { bytes: stats.size } : "special";
}

const LINK_MESSAGES = {
  "outside-folder": "The link leads to a folder outside the scanned one and was not followed.",
  "outside-file": "The link leads to a file outside the scanned folder and was not followed.",
  other: "The link leads to a file of another kind and was not followed.",
  broken: "The link leads nowhere.",
};

/** Adds the files that links inside the tree lead to, and tells of the links that lead out of it or nowhere. */
function followLinks(
  root: string,
  links: readonly Candidate[],
  filter: FolderFilter,
  found: Map<string, TreeFile>,
): Problem[] {
  const realRoot = realpathSync(root);
  const problems: Problem[] = [];
  for (const { path, raw } of links) {
    const target = linkTarget(realRoot, locate(root, path, raw));
    if (target.kind === "inside-folder") continue;
    if (target.kind === "inside-file") {
      // Listed once, by its real path, even where .gitignore hides the target.
      if ((found.has(target.path) && isRead(target.path)) || filter.leavesOutFile(target.path)) continue;
      if (isRead(target.path)) found.set(target.path, { path: target.path, bytes: target.bytes });
      else if (isRead(path)) problems.push({ path, kind: "unreadable", message: LINK_MESSAGES.other });
    } else if (target.kind === "outside-folder" ? !filter.leavesOutFolder(path) : isRead(path)) {
      problems.push({ path, kind: "unreadable", message: LINK_MESSAGES[target.kind] });
    }
  }
  return problems;
}
