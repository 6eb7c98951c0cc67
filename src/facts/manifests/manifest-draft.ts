import type {
  Classifier,
  ConfiguredTool,
  Dependency,
  DependencyScope,
  EntryPoint,
  LockedPackage,
  Manifest,
  ManifestInclude,
  ManifestKind,
} from "../../model/manifest.ts";
import type { Problem } from "../../model/problem.ts";
import { excerpt, parseRequirement, type Requirement } from "./parse-requirement.ts";

/** A manifest while a collector fills it. */
export interface ManifestDraft {
  readonly path: string;
  readonly kind: ManifestKind;
  projectName: string | null;
  requiresPython: string | null;
  dependencies: Dependency[];
  readonly locked: LockedPackage[];
  readonly tools: ConfiguredTool[];
  readonly entryPoints: EntryPoint[];
  readonly workspaceMembers: string[];
  readonly classifiers: Classifier[];
  readonly includes: ManifestInclude[];
  readonly problems: Problem[];
}

/** Where a dependency stands and what it is for. */
export interface DependencyPlace {
  readonly scope: DependencyScope;
  readonly group: string | null;
  readonly line: number;
}

/** A file of prose under a manifest's name would otherwise fill the report with its lines. */
const MAX_PROBLEMS = 20;

export function draftManifest(path: string, kind: ManifestKind): ManifestDraft {
  return {
    path,
    kind,
    projectName: null,
    requiresPython: null,
    dependencies: [],
    locked: [],
    tools: [],
    entryPoints: [],
    workspaceMembers: [],
    classifiers: [],
    includes: [],
    problems: [],
  };
}

/** Notes a problem of the manifest; `line` is 1-based. */
export function noteProblem(draft: ManifestDraft, line: number, message: string): void {
  draft.problems.push({ path: draft.path, kind: "manifest", message, line });
}

/** More than any project has; a file of millions of lines ends here. */
const MAX_DEPENDENCIES = 10_000;

/** Whether the manifest takes no more dependencies; the first time this is so, a problem says it. */
export function isFull(draft: ManifestDraft, line: number): boolean {
  if (draft.dependencies.length < MAX_DEPENDENCIES) return false;
  if (draft.problems.some(({ kind }) => kind === "limit")) return true;
  const message = `More than ${MAX_DEPENDENCIES} dependencies: the rest of this file was left out.`;
  draft.problems.unshift({ path: draft.path, kind: "limit", message, line });
  return true;
}

/** Adds a dependency whose text was already understood. */
export function addDependency(draft: ManifestDraft, requirement: Requirement, place: DependencyPlace): void {
  if (isFull(draft, place.line)) return;
  draft.dependencies.push({ ...requirement, ...place });
}

/** Adds a dependency from a PEP 508 text; what cannot be read of it becomes a problem. */
export function addRequirement(draft: ManifestDraft, text: string, place: DependencyPlace): void {
  if (isFull(draft, place.line)) return;
  const { requirement, problem } = parseRequirement(text);
  if (requirement !== null) addDependency(draft, requirement, place);
  if (problem !== null) {
    const outcome = requirement === null ? "it was left out" : "only its beginning was used";
    noteProblem(draft, place.line, `In the requirement "${excerpt(text)}", ${problem}; ${outcome}.`);
  }
}

/** The finished manifest. Beyond 20 problems only their number is told. */
export function finishManifest(draft: ManifestDraft): Manifest {
  const [...problems] = draft.problems.slice(0, MAX_PROBLEMS);
  const left = draft.problems[MAX_PROBLEMS];
  if (left !== undefined) {
    const count = draft.problems.length - MAX_PROBLEMS;
    const message = `${count} more entries of this file could not be read, the first on line ${left.line ?? 1}.`;
    problems.push({ ...left, message });
  }
  return { ...draft, problems };
}
