// The commands that are compared, all run in the folder of the input, and how the tools among them are installed.
import { mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { preparePython } from "../truth/python-environment.ts";
import type { Contestant } from "./bench-result.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Starts the built program. */
export const CLI: readonly string[] = [process.execPath, here("../../dist/cli.js")];
const SCAN = [...CLI, "scan", "."];

export interface ContestantCommand {
  readonly name: Contestant;
  readonly argv: readonly string[];
  readonly accepts: readonly number[];
  /** Runs at most this often: one that takes minutes needs no tight spread. */
  readonly mostRuns: number;
  /** Called before each run. */
  readonly prepare?: () => void;
}

/** The scan itself, without a cache, filling one, and with it filled. */
export function ownCommands(scratch: string): ContestantCommand[] {
  const cache = mkdtempSync(join(scratch, "cache-"));
  const own = { accepts: [0], mostRuns: Number.POSITIVE_INFINITY };
  const cached = [...SCAN, "--cache-dir", cache];
  const empty = (): void => rmSync(cache, { recursive: true, force: true });
  return [
    { ...own, name: "cold", argv: [...SCAN, "--no-cache"] },
    { ...own, name: "fill", argv: cached, prepare: empty },
    { ...own, name: "warm", argv: cached },
  ];
}

/** A scan that tells about its stages; its time is not compared. */
export const TELLING_SCAN: readonly string[] = [...SCAN, "--no-cache", "--verbose"];
export const COLD_SCAN: readonly string[] = [...SCAN, "--no-cache"];

/** Another tool: what pip installs for it, in an environment of its own, and its command there. */
export interface Tool {
  readonly name: Contestant;
  readonly requirements: readonly string[];
  readonly mostRuns: number;
  readonly accepts: readonly number[];
  readonly argv: (folder: string) => readonly string[];
}

/** Versions are pinned. None looks at the input's own settings or ignore files: all are given the same files. */
export const TOOLS: readonly Tool[] = [
  {
    name: "ruff",
    requirements: ["ruff==0.17.5"],
    mostRuns: Number.POSITIVE_INFINITY,
    accepts: [0, 1],
    argv: (folder) => [
      ...[join(folder, "ruff"), "check", "--no-cache", "--isolated", "--no-respect-gitignore"],
      ...["--select", "ASYNC,DJ,S608", "."],
    ],
  },
  {
    name: "astGrep",
    requirements: ["ast-grep-cli==0.51.1"],
    mostRuns: Number.POSITIVE_INFINITY,
    accepts: [0, 1],
    argv: (folder) => [
      ...[join(folder, "ast-grep"), "scan", "--rule", here("rules/ast-grep.yml")],
      ...["--no-ignore", "dot", "--no-ignore", "vcs", "--no-ignore", "parent", "--json=compact", "."],
    ],
  },
  {
    name: "astParse",
    requirements: [],
    mostRuns: Number.POSITIVE_INFINITY,
    accepts: [0],
    argv: (folder) => [join(folder, "python"), here("parse_all.py")],
  },
  {
    // Newer ones ask for packages younger than some indexes hold.
    name: "semgrep",
    requirements: ["semgrep==1.170.0"],
    mostRuns: 3,
    accepts: [0],
    argv: (folder) => [
      ...[join(folder, "semgrep"), "scan", "--config", here("rules/semgrep.yml"), "--json", "--quiet"],
      ...["--metrics=off", "--disable-version-check", "--no-git-ignore", "."],
    ],
  },
];

/** @throws Error where the tool cannot be installed. */
export async function installTool(tool: Tool, cache: string): Promise<ContestantCommand> {
  const { accepts, argv, mostRuns, name } = tool;
  const python = await preparePython(tool.requirements, cache);
  return { name, mostRuns, accepts, argv: argv(dirname(python)) };
}
