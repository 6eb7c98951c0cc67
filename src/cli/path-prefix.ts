import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** What stands before the report's paths: "" or "services/api/". */
export interface PathPrefixes {
  /** From the working directory, so that a terminal can open them. */
  readonly fromCwd: string;
  /** From the root of the repository, as services that show results beside the code expect. */
  readonly fromRepository: string;
}

/** With one path, the report's paths start there; with several, where the command line was given. */
export function pathPrefixes(paths: readonly string[], cwd: string): PathPrefixes {
  const [only = "."] = paths;
  const base = paths.length > 1 ? resolve(cwd) : resolve(cwd, only);
  return { fromCwd: prefix(cwd, base), fromRepository: prefix(repositoryRoot(base), base) };
}

function prefix(from: string, base: string): string {
  const path = relative(from, base).split(sep).join("/");
  return path === "" ? "" : `${path}/`;
}

function repositoryRoot(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if (existsSync(join(at, ".git"))) return at;
  return folder;
}
