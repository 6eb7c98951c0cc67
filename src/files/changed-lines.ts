// The lines of a work tree that differ from where its branch left another revision, read from git's own diff.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ChangedLines, LineRange } from "../model/gate.ts";
import { UsageError } from "../model/usage-error.ts";
import { within } from "../text/path.ts";
import { entryName } from "./entry-name.ts";
import { gitEntries } from "./git-entries.ts";
import { readDiff } from "./read-diff.ts";
import { runGit, whyNoGit } from "./run-git.ts";

/** As deep as the listing of files goes. */
const MAX_NESTED = 8;

type Changes = Map<string, "all" | readonly LineRange[]>;

/**
 * Changed lines below a folder since the merge base of HEAD and a revision: committed, staged, not staged, and files not tracked.
 * Renamed files count by what changed in them; submodules by what changed since the commit that the merge base names.
 *
 * @throws UsageError (rejection) when the folder is in no work tree, or the revision or a common ancestor is not known.
 */
export async function changedLines(folder: string, revision: string): Promise<ChangedLines> {
  const changes: Changes = new Map();
  await collect({ folder, prefix: "", base: await mergeBase(folder, revision), depth: 0 }, revision, changes);
  return changes;
}

/** A work tree: the folder scanned, or one below it. */
interface Tree {
  readonly folder: string;
  /** Its path relative to the folder scanned. */
  readonly prefix: string;
  /** What it is compared with; null where all of it is new. */
  readonly base: string | null;
  readonly depth: number;
}

async function collect(tree: Tree, revision: string, changes: Changes): Promise<void> {
  const { folder, prefix, base, depth } = tree;
  const diff = base === null ? null : await diffFrom(folder, base);
  const listed = await gitEntries(folder);
  if ((base !== null && diff === null) || listed === null) throw notComparable(revision, prefix);
  for (const [path, ranges] of diff ?? []) changes.set(within(prefix, path), ranges);
  for (const { raw, mode } of listed.entries) {
    const { name, isExact } = entryName(raw);
    const path = name.replace(/\/$/, "");
    if (mode !== "submodule" && path === name) {
      if (mode === null || base === null) changes.set(within(prefix, path), "all");
    } else if (isExact && depth < MAX_NESTED && existsSync(join(folder, path, ".git"))) {
      const nested = { folder: join(folder, path), prefix: within(prefix, path), depth: depth + 1 };
      const was = base === null || mode === null ? null : await submoduleCommit(folder, base, path);
      await collect({ ...nested, base: was }, revision, changes);
    }
  }
}

function notComparable(revision: string, prefix: string): UsageError {
  return new UsageError(
    prefix === ""
      ? `--since ${revision}: git could not compare the work tree with it.`
      : `--since ${revision}: git could not compare ${prefix} with the commit it stood at. Fetch the submodule's history.`,
  );
}

async function diffFrom(folder: string, base: string): Promise<Map<string, LineRange[]> | null> {
  const diff = await runGit(folder, [
    "diff",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--find-renames",
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
  return diff === null ? null : readDiff(diff.stdout);
}

/** The commit that a submodule stood at; null where it was not there. */
async function submoduleCommit(folder: string, base: string, path: string): Promise<string | null> {
  const found = await runGit(folder, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${base}:./${path}`,
  ]);
  const commit = found?.stdout.toString().trim() ?? "";
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
}

function noWorkTree(folder: string, why: Awaited<ReturnType<typeof whyNoGit>>): UsageError {
  const says = {
    missing: "--since needs git, which is not installed here. Install it, or leave --since out.",
    "not-trusted": `--since: git does not trust ${folder}, since another user owns it. Allow it with git config --global --add safe.directory and the path of the clone.`,
    "no-work-tree": `--since needs a git work tree, and ${folder} is in none. Run in a clone, or leave --since out.`,
  };
  return new UsageError(says[why]);
}

async function mergeBase(folder: string, revision: string): Promise<string> {
  const inside = await runGit(folder, ["rev-parse", "--is-inside-work-tree"]);
  if (inside?.stdout.toString().trim() !== "true") throw noWorkTree(folder, await whyNoGit(folder));
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
