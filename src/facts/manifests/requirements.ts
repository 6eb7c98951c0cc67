// Requirements files as pip reads them: https://pip.pypa.io/en/stable/reference/requirements-file-format/
import { scopeOfRequirementsPath } from "../../knowledge/dependency-groups.ts";
import type { Manifest } from "../../model/manifest.ts";
import { isDirectReference, readDirectReference } from "./direct-reference.ts";
import {
  addDependency,
  addRequirement,
  type DependencyPlace,
  draftManifest,
  finishManifest,
  isFull,
  type ManifestDraft,
  noteProblem,
} from "./manifest-draft.ts";
import { excerpt } from "./parse-requirement.ts";
import { resolvePath } from "./resolve-path.ts";

/** A line of a requirements file with its continuations joined and its comment removed. */
interface LogicalLine {
  readonly text: string;
  readonly line: number;
}

/** A requirement with a hundred hashes stays far below. */
const MAX_LINE = 100_000;
/** A file with more lines is cut; with so many, its dependencies have come to an end before. */
const MAX_LINES = 1_000_000;

/** Options that change where packages come from, not which are needed. */
const IGNORED_OPTION =
  /^(-i|-f|--(index-url|pypi-url|extra-index-url|no-index|find-links|pre|prefer-binary|no-binary|only-binary|trusted-host|require-hashes|use-feature|process-dependency-links|use-wheel|no-use-wheel|always-unzip|no-deps|upgrade|no-build-isolation|only-final|all-releases|annotation-style|resolver|allow-unsafe|strip-extras|emit-\S+|no-emit-\S+|generate-hashes|hash))(?=[\s=]|$)|^-[ifU]\S*$/;
const INCLUDE = /^(?:(-r|-c)\s*=?|(--requirements?|--constraints?)(?:\s*=\s*|\s+))\s*(.+)$/;
const EDITABLE = /^(?:-e\s*|--editable(?:\s*=\s*|\s+))(.+)$/;

/** Reads a requirements or constraints file; every dependency has the scope that the file's path tells. */
export function collectRequirements(path: string, text: string): Manifest {
  const draft = draftManifest(path, "requirements");
  const scope = scopeOfRequirementsPath(path) ?? "runtime";
  addRequirementLines(draft, text, { scope, group: null, line: 1 });
  if (isProse(draft)) {
    const message = "Hardly a line of this file is a requirement: it was left out as a text of another kind.";
    return finishManifest({
      ...draftManifest(path, "requirements"),
      problems: [{ path, kind: "manifest", message, line: 1 }],
    });
  }
  return finishManifest(draft);
}

/** Adds what a text in the format of requirements files says; `place.line` is the line of the text's first line. */
export function addRequirementLines(draft: ManifestDraft, text: string, place: DependencyPlace): void {
  let templateLine: number | null = null;
  for (const { text: content, line } of logicalLines(text)) {
    const here = { ...place, line: place.line + line - 1 };
    if (isFull(draft, here.line)) break;
    if (content.length > MAX_LINE)
      noteProblem(draft, here.line, "This line is far too long and was left out.");
    else if (/^\{[%#{]/.test(content)) templateLine ??= here.line;
    else addLine(draft, content, here);
  }
  if (templateLine !== null) {
    noteProblem(
      draft,
      templateLine,
      "This file is a template: all of its branches were read as if they applied.",
    );
  }
}

/** Word lists, mails and notes are kept under such names too (`requests_to_review.txt`), and some of their lines parse. */
function isProse({ problems, dependencies, includes }: ManifestDraft): boolean {
  return problems.length > 2 && problems.length > dependencies.length + includes.length;
}

function addLine(draft: ManifestDraft, content: string, place: DependencyPlace): void {
  const include = INCLUDE.exec(content);
  if (include !== null) {
    const isConstraint = (include[1] ?? include[2] ?? "").includes("c");
    addInclude(draft, include[3] ?? "", { ...place, scope: isConstraint ? "constraint" : place.scope });
    return;
  }
  if (IGNORED_OPTION.test(content)) return;
  const editable = EDITABLE.exec(content)?.[1];
  const requirement = unquoted(withoutOptions(editable ?? content));
  if (requirement === "") return;
  if (editable !== undefined || isDirectReference(requirement)) addReference(draft, requirement, place);
  else if (requirement.startsWith("-")) {
    noteProblem(draft, place.line, `The option "${excerpt(requirement)}" is not known and was ignored.`);
  } else addRequirement(draft, requirement, place);
}

/** Records `-r file` or `-c file`. A URL, or a path out of the repository, cannot be read: that is a problem. */
export function addInclude(draft: ManifestDraft, written: string, place: DependencyPlace): void {
  const file = unquoted(written.trim());
  const path = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(file) ? null : resolvePath(draft.path, file);
  if (path !== null && path !== "") draft.includes.push({ ...place, path });
  else
    noteProblem(
      draft,
      place.line,
      `"${excerpt(file)}" lies outside the repository; what it lists is not known.`,
    );
}

/** Records a URL, wheel or folder. A folder is a project of its own, wherever it is; its dependencies are read there. */
export function addReference(draft: ManifestDraft, text: string, place: DependencyPlace): void {
  const reference = readDirectReference(text);
  if (reference?.kind === "package") addDependency(draft, reference.requirement, place);
  else if (reference?.kind === "folder") draft.workspaceMembers.push(reference.path);
  else noteProblem(draft, place.line, `"${excerpt(text)}" does not tell which package it is.`);
}

/** pip's own order: continuation lines are joined, then comments removed; a comment line ends a continuation. */
function* logicalLines(text: string): Generator<LogicalLine> {
  let parts: string[] = [];
  let start = 1;
  let line = 0;
  const joined = (): LogicalLine => {
    const content = parts.join(" ").replace(/(^|\s)#.*$/, "");
    parts = [];
    return { text: content.trim(), line: start };
  };
  for (const raw of text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/, MAX_LINES)) {
    line += 1;
    if (parts.length === 0) start = line;
    const isComment = /^\s*#/.test(raw);
    const goesOn = !isComment && raw.endsWith("\\");
    if (!isComment) parts.push(goesOn ? raw.slice(0, -1) : raw);
    if (goesOn) continue;
    const whole = joined();
    if (whole.text !== "") yield whole;
  }
  const last = joined();
  if (last.text !== "") yield last;
}

/** The requirement without `--hash=…` and other options of its own. */
function withoutOptions(text: string): string {
  const at = text.search(/\s--?[a-zA-Z]/);
  return (at < 0 ? text : text.slice(0, at)).trim();
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
