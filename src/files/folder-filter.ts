import ignore from "ignore";
import { compareText } from "../text/compare-text.ts";
import { whyExcluded } from "./excluded-folder.ts";
import { foldersAbove } from "./folder-of.ts";

/** Decides which paths a listing leaves out, by rule or by the user's wish, and remembers the folders and reasons. */
export interface FolderFilter {
  /** True when a folder, or a folder above it, is left out. */
  leavesOutFolder(folder: string): boolean;
  /** True when a file is left out, by itself or with its folder. */
  leavesOutFile(path: string): boolean;
  /** Leaves a folder out for a reason found elsewhere. */
  leaveOut(folder: string, because: string): void;
  /** The outermost folders left out so far, sorted. */
  excluded(): { path: string; because: string }[];
}

/** @param exists tells whether a path relative to the root exists. */
export function createFolderFilter(
  exclude: readonly string[],
  exists: (path: string) => boolean,
): FolderFilter {
  const wish = exclude.length === 0 ? null : ignore({ ignorecase: false }).add(exclude);
  const reasons = new Map<string, string | null>();
  const reasonFor = (folder: string): string | null => {
    let reason = reasons.get(folder);
    if (reason === undefined) {
      reason = wish?.ignores(`${folder}/`) ? "excluded by the configuration" : whyExcluded(folder, exists);
      reasons.set(folder, reason);
    }
    return reason;
  };
  const leavesOutAny = (folders: readonly string[]): boolean =>
    folders.some((folder) => reasonFor(folder) !== null);
  return {
    leavesOutFolder: (folder) => leavesOutAny([...foldersAbove(folder), folder]),
    leavesOutFile: (path) => leavesOutAny(foldersAbove(path)) || (wish?.ignores(path) ?? false),
    leaveOut: (folder, because) => {
      reasons.set(folder, because);
    },
    excluded: () =>
      [...reasons]
        .flatMap(([path, because]) => (because === null ? [] : [{ path, because }]))
        .sort((left, right) => compareText(left.path, right.path)),
  };
}
