// Runs git on a repository that may be hostile: nothing that its configuration or attributes name may run (fsmonitor, hooks, filters),
// nothing may be fetched, and the caller's own GIT_DIR (set in hooks) must not lead elsewhere.
import { execFile } from "node:child_process";

export interface GitOutput {
  readonly stdout: Buffer;
  readonly stderr: string;
}

const SAFE_SETTINGS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.untrackedCache=false",
  "protocol.allow=never",
  "safe.bareRepository=explicit",
  "core.quotePath=false",
];
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
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

/** What a git command prints in a folder, or null when git is missing or fails. `args` must end their options before names from outside. */
export async function runGit(folder: string, args: readonly string[]): Promise<GitOutput | null> {
  const { isDone, stdout, stderr } = await tryGit(folder, args);
  return isDone ? { stdout, stderr } : null;
}

/** Why no git command works in a folder; "no-work-tree" where it is in none. */
export async function whyNoGit(folder: string): Promise<"missing" | "not-trusted" | "no-work-tree"> {
  const { isMissing, stderr } = await tryGit(folder, ["rev-parse", "--is-inside-work-tree"]);
  if (isMissing) return "missing";
  // Since 2.35.2 git leaves alone what belongs to another user (git-config, safe.directory): common in containers.
  return /dubious ownership|safe\.directory/.test(stderr) ? "not-trusted" : "no-work-tree";
}

interface Attempt extends GitOutput {
  readonly isDone: boolean;
  readonly isMissing: boolean;
}

function tryGit(folder: string, args: readonly string[]): Promise<Attempt> {
  const settings = SAFE_SETTINGS.flatMap((setting) => ["-c", setting]);
  const options = {
    cwd: folder,
    // Attributes are read from git's empty tree, so that none of the repository's can ask for a filter on files compared.
    env: args[0] === "diff" ? { ...gitEnvironment(), GIT_ATTR_SOURCE: EMPTY_TREE } : gitEnvironment(),
    encoding: "buffer",
    maxBuffer: MAX_OUTPUT,
    timeout: TIMEOUT_MS,
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    execFile("git", ["--no-pager", ...settings, ...args], options, (error, stdout, stderr) => {
      const isMissing = error?.code === "ENOENT";
      resolve({ stdout, stderr: stderr.toString(), isDone: error === null, isMissing });
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
