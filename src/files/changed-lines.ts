// The lines of a work tree that differ from where its branch left another revision, read from git's own diff.
import type { ChangedLines, LineRange } from "../model/gate.ts";
import { UsageError } from "../model/usage-error.ts";
import { runGit } from "./run-git.ts";

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/;

/**
 * Changed lines below a folder since the merge base of HEAD and a revision: committed, staged, not staged, and files not tracked.
 *
 * @throws UsageError (rejection) when the folder is in no work tree, or the revision or a common ancestor is not known.
 */
export async function changedLines(folder: string, revision: string): Promise<ChangedLines> {
  const base = await mergeBase(folder, revision);
  const diff = await runGit(folder, [
    "diff",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-renames",
    "--ignore-cr-at-eol",
    "--ignore-submodules=all",
    "--unified=0",
    "--inter-hunk-context=0",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--relative",
    base,
    "--",
    ".",
  ]);
  const untracked = await runGit(folder, ["ls-files", "-o", "--exclude-standard", "-z"]);
  if (diff === null || untracked === null)
    throw new UsageError(`--since ${revision}: git could not compare the work tree with it.`);
  const changes = new Map<string, "all" | readonly LineRange[]>(readDiff(diff.stdout.toString("utf8")));
  for (const path of untracked.stdout.toString("utf8").split("\0")) if (path !== "") changes.set(path, "all");
  return changes;
}

async function mergeBase(folder: string, revision: string): Promise<string> {
  const inside = await runGit(folder, ["rev-parse", "--is-inside-work-tree"]);
  if (inside?.stdout.toString().trim() !== "true")
    throw new UsageError(
      "--since needs a git work tree. Leave it out, or run in a clone (with git installed).",
    );
  const asked = await runGit(folder, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]);
  const commit = asked?.stdout.toString().trim() ?? "";
  if (!/^[0-9a-f]{40,64}$/.test(commit)) {
    throw new UsageError(
      `--since: git knows no commit "${revision}". Name a branch, tag or commit; in CI, fetch it first (fetch-depth: 0).`,
    );
  }
  const found = await runGit(folder, ["merge-base", "HEAD", commit]);
  const base = found?.stdout.toString().trim() ?? "";
  if (base !== "") return base;
  throw new UsageError(
    `--since ${revision}: HEAD shares no known commit with it. In CI, fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0).`,
  );
}

/** Changed lines on the new side of a diff without context. */
export function readDiff(diff: string): Map<string, LineRange[]> {
  const changes = new Map<string, LineRange[]>();
  let current: LineRange[] | null = null;
  // Lines of the hunk that are still to come: a line of content may look like a header.
  let inside = 0;
  for (const line of diff.split("\n")) {
    if (inside > 0 && /^[-+]/.test(line)) {
      inside -= 1;
      continue;
    }
    if (line.startsWith("+++ ")) {
      const path = newPath(line.slice(4));
      current = path === null ? null : [];
      if (path !== null && current !== null) changes.set(path, current);
      continue;
    }
    const hunk = HUNK.exec(line);
    if (hunk === null) continue;
    const start = Number(hunk[1]);
    const count = hunk[2] === undefined ? 1 : Number(hunk[2]);
    const removed = /^@@ -\d+(?:,(\d+))?/.exec(line)?.[1];
    inside = count + (removed === undefined ? 1 : Number(removed));
    // Where lines only went, what stands around the gap changed its meaning.
    current?.push(count === 0 ? [Math.max(1, start), start + 1] : [start, start + count - 1]);
  }
  return changes;
}

/** The path after "+++ ", which git quotes like a C string where it holds quotes or control characters; null for a deleted file. */
function newPath(written: string): string | null {
  const bare = written.endsWith("\t") ? written.slice(0, -1) : written;
  const name = bare.startsWith('"') ? unquote(bare.slice(1, bare.lastIndexOf('"'))) : bare;
  return name.startsWith("b/") ? name.slice(2) : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

function unquote(quoted: string): string {
  return quoted.replace(/\\([0-7]{3}|.)/g, (_whole, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
}
