// The files of a git work tree, as git sees them. The repository may be hostile: nothing that its configuration names may run
// (fsmonitor, hooks), nothing may be fetched, and the caller's own GIT_DIR (set in hooks) must not lead elsewhere.
import { execFile } from "node:child_process";

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

const SAFE_SETTINGS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.untrackedCache=false",
  "protocol.allow=never",
  "safe.bareRepository=explicit",
  "core.quotePath=false",
];
const MAX_OUTPUT = 256 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/** `git rev-parse --local-env-vars`, configuration aside: they would point git at another repository. */
const REPOSITORY_VARIABLES = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_GRAFT_FILE",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
  "GIT_SHALLOW_FILE",
];

/** What git lists below a folder, or null when git is missing, refuses, or the folder is in no work tree. */
export function gitEntries(folder: string): Promise<GitEntries | null> {
  const settings = SAFE_SETTINGS.flatMap((setting) => ["-c", setting]);
  // -s adds the mode of tracked entries, which tells links and submodules without a look at the disk.
  const command = ["--no-pager", ...settings, "ls-files", "-co", "-s", "--exclude-standard", "-z"];
  const options = {
    cwd: folder,
    env: gitEnvironment(),
    encoding: "buffer",
    maxBuffer: MAX_OUTPUT,
    timeout: TIMEOUT_MS,
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    execFile("git", command, options, (error, stdout, stderr) => {
      if (error !== null) resolve(null);
      else resolve({ entries: splitEntries(stdout), unopened: unopenedFolders(stderr.toString()) });
    });
  });
}

function gitEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  for (const name of REPOSITORY_VARIABLES) delete environment[name];
  return {
    ...environment,
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    LC_ALL: "C",
    LANGUAGE: "C",
  };
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
