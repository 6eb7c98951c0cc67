import ignore from "ignore";
import { compareText } from "../text/compare-text.ts";
import { folderOf } from "../text/path.ts";
import { whyExcluded } from "./excluded-folder.ts";

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
  const answers = new Map<string, boolean>([["", false]]);
  const leavesOutFolder = (folder: string): boolean => {
    let answer = answers.get(folder);
    if (answer === undefined) {
      // The folder above first: below one that is left out, nothing is asked and no reason noted.
      answer = leavesOutFolder(folderOf(folder)) || reasonFor(folder) !== null;
      answers.set(folder, answer);
    }
    return answer;
  };
  return {
    leavesOutFolder,
    leavesOutFile: (path) => leavesOutFolder(folderOf(path)) || (wish?.ignores(path) ?? false),
    leaveOut: (folder, because) => {
      reasons.set(folder, because);
      answers.set(folder, true);
    },
    excluded: () =>
      [...reasons]
        // A repository's own .git is no news, and a copy without it must read the same.
        .flatMap(([path, because]) => (because === null || path === ".git" ? [] : [{ path, because }]))
        .sort((left, right) => compareText(left.path, right.path)),
  };
}
