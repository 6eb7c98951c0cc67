// The files of a git work tree, as git sees them.
import { runGit } from "./run-git.ts";

export interface GitEntry {
  /** The path's bytes, relative to the folder; a trailing slash marks a nested work tree that is not tracked. */
  readonly raw: Buffer;
  /** What the index says; null for a file that is not tracked. */
  readonly mode: "file" | "link" | "submodule" | null;
}

export interface GitEntries {
  readonly entries: readonly GitEntry[];
  /** Folders that git could not open. */
  readonly unopened: readonly string[];
}

/** What git lists below a folder, or null when git is missing, refuses, or the folder is in no work tree. */
export async function gitEntries(folder: string): Promise<GitEntries | null> {
  // -s adds the mode of tracked entries, which tells links and submodules without a look at the disk.
  const output = await runGit(folder, ["ls-files", "-co", "-s", "--exclude-standard", "-z"]);
  if (output === null) return null;
  return { entries: splitEntries(output.stdout), unopened: unopenedFolders(output.stderr) };
}

const MODES: Readonly<Record<string, GitEntry["mode"]>> = { "120000": "link", "160000": "submodule" };

function splitEntries(output: Buffer): GitEntry[] {
  const entries: GitEntry[] = [];
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start);
    const record = output.subarray(start, end < 0 ? output.length : end);
    start = end < 0 ? output.length : end + 1;
    // "100644 <object> <stage>\t<path>" for tracked entries, the bare path for others.
    const tab = record.indexOf(9);
    const staged = tab < 0 ? null : /^(\d{6}) [0-9a-f]{40,64} \d$/.exec(record.toString("latin1", 0, tab));
    if (staged === null) entries.push({ raw: record, mode: null });
    else entries.push({ raw: record.subarray(tab + 1), mode: MODES[staged[1] ?? ""] ?? "file" });
  }
  return entries;
}

function unopenedFolders(warnings: string): string[] {
  return [...warnings.matchAll(/could not open directory '(.+?)\/?':/g)].map((match) => match[1] ?? "");
}
