// What the scan did not see, so that a reader knows how far to trust what it did see.

import type { Problem, ProblemKind } from "../model/problem.ts";
import type { ProjectReport, Report, Signal } from "../model/report.ts";
import { counted } from "./count-words.ts";

const KINDS = {
  unreadable: ["unreadable file"],
  "too-large": ["file too large to read", "files too large to read"],
  binary: ["binary file named .py", "binary files named .py"],
  encoding: ["file of unknown encoding", "files of unknown encoding"],
  "syntax-error": ["file with syntax errors", "files with syntax errors"],
  python2: ["Python 2 file"],
  manifest: ["manifest problem"],
  settings: ["setting that could not be worked out", "settings that could not be worked out"],
  limit: ["limit reached", "limits reached"],
  unresolved: ["unresolved name"],
} as const satisfies Record<ProblemKind, readonly [one: string, many?: string]>;

const KIND_ORDER = Object.keys(KINDS) as readonly ProblemKind[];

/** "2 files with syntax errors, 1 manifest problem"; empty for no problem. */
export function problemCounts(problems: readonly Problem[]): string {
  return KIND_ORDER.flatMap((kind) => {
    const count = problems.filter((problem) => problem.kind === kind).length;
    const [one, many] = KINDS[kind] as readonly [string, string?];
    return count === 0 ? [] : [counted(count, one, many)];
  }).join(", ");
}

function isInside(path: string, root: string): boolean {
  return root === "." || path === root || path.startsWith(`${root}/`);
}

/** The root of the project that a path belongs to: the innermost that holds it. */
function rootOf(path: string, report: Report): string | null {
  let best: string | null = null;
  for (const { root } of report.projects)
    if (isInside(path, root) && (best === null || best === "." || root.length > best.length)) best = root;
  return best;
}

/** The problems of one project, or with null those outside every project. */
export function problemsOf(report: Report, project: ProjectReport | null): readonly Problem[] {
  const root = project?.root ?? null;
  return report.problems.filter((problem) => rootOf(problem.path, report) === root);
}

const SIGNALS = [
  "async",
  "models",
  "queries",
  "migrations",
  "admin",
  "databases",
  "typing",
  "concepts",
  "ties",
] as const;

/** What a project's signals and verdict say that they could not see, one clause each. */
export function unknownsOf(project: ProjectReport): readonly string[] {
  const signals = SIGNALS.flatMap((name) => {
    const { unknown }: Signal = project[name];
    return unknown === null ? [] : [`${name}: ${unknown}`];
  });
  return [...signals, ...project.verdict.missing];
}
