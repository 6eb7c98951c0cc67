// [build-system] (PEP 518), [project] (PEP 621), and where setuptools and Hatch say that dynamic dependencies are listed.
import { scopeOfGroupName } from "../../knowledge/dependency-groups.ts";
import type { DependencyScope } from "../../model/manifest.ts";
import { type ManifestDraft, noteProblem } from "./manifest-draft.ts";
import { entriesOf, isTable, itemsOf, member, textOf, textsOf } from "./plain-data.ts";
import type { TomlDocument } from "./read-toml.ts";
import { addRequirementList } from "./requirement-list.ts";
import { addInclude } from "./requirements.ts";

export function readProjectTable(document: TomlDocument, draft: ManifestDraft): void {
  addRequirementList(draft, document, ["build-system", "requires"], { scope: "build", group: null });
  const project = member(document.root, "project");
  if (project !== undefined && !isTable(project)) {
    noteProblem(draft, document.lineOf(["project"]), '"project" is not a table; what it says is not known.');
  }
  draft.projectName = textOf(member(project, "name"));
  draft.requiresPython = textOf(member(project, "requires-python"));
  addRequirementList(draft, document, ["project", "dependencies"], { scope: "runtime", group: null });
  const optional = ["project", "optional-dependencies"];
  for (const [extra] of entriesOf(member(document.root, ...optional))) {
    addRequirementList(draft, document, [...optional, extra], { scope: scopeOfExtra(extra), group: extra });
  }
  readClassifiers(document, draft, ["project", "classifiers"]);
  readEntryPoints(document, draft);
  readDynamic(document, draft);
}

/** Extras are for users, but many projects keep their test and docs tools there. */
export function scopeOfExtra(name: string): DependencyScope {
  return scopeOfGroupName(name) === "development" ? "development" : "optional";
}

export function readClassifiers(document: TomlDocument, draft: ManifestDraft, path: readonly string[]): void {
  for (const [index, item] of itemsOf(member(document.root, ...path)).entries()) {
    if (typeof item === "string")
      draft.classifiers.push({ text: item, line: document.lineOf([...path, index]) });
  }
}

function readEntryPoints(document: TomlDocument, draft: ManifestDraft): void {
  addEntryPoints(document, draft, ["project", "scripts"], "console_scripts");
  addEntryPoints(document, draft, ["project", "gui-scripts"], "gui_scripts");
  const path = ["project", "entry-points"];
  for (const [group] of entriesOf(member(document.root, ...path))) {
    addEntryPoints(document, draft, [...path, group], group);
  }
}

/** Adds a table of `name = "module:attribute"`; Poetry's form with a table in place of the text is read too. */
export function addEntryPoints(
  document: TomlDocument,
  draft: ManifestDraft,
  path: readonly string[],
  group: string,
): void {
  for (const [name, value] of entriesOf(member(document.root, ...path))) {
    const target = textOf(value) ?? textOf(member(value, "reference")) ?? textOf(member(value, "callable"));
    if (target !== null)
      draft.entryPoints.push({ group, name, target, line: document.lineOf([...path, name]) });
  }
}

const SETUPTOOLS = ["tool", "setuptools", "dynamic"];
const HATCH = ["tool", "hatch", "metadata", "hooks", "requirements_txt"];

function readDynamic(document: TomlDocument, draft: ManifestDraft): void {
  includeFiles(document, draft, [...SETUPTOOLS, "dependencies", "file"], "runtime", null);
  includeFiles(document, draft, [...HATCH, "files"], "runtime", null);
  for (const [extra] of entriesOf(member(document.root, ...SETUPTOOLS, "optional-dependencies"))) {
    const path = [...SETUPTOOLS, "optional-dependencies", extra, "file"];
    includeFiles(document, draft, path, scopeOfExtra(extra), extra);
  }
  for (const [extra] of entriesOf(member(document.root, ...HATCH, "optional-dependencies"))) {
    includeFiles(document, draft, [...HATCH, "optional-dependencies", extra], scopeOfExtra(extra), extra);
  }
  const dynamic = textsOf(member(document.root, "project", "dynamic"));
  if (!dynamic.includes("dependencies") || draft.includes.length > 0) return;
  // setup.py or Poetry's own table states them then, and each is read on its own.
  const backend = textOf(member(document.root, "build-system", "build-backend")) ?? "setuptools";
  if (/setuptools|poetry/.test(backend)) return;
  const line = document.lineOf(["project", "dynamic"]);
  noteProblem(
    draft,
    line,
    `The dependencies are worked out by ${backend} when it builds; they are not known.`,
  );
}

function includeFiles(
  document: TomlDocument,
  draft: ManifestDraft,
  path: readonly string[],
  scope: DependencyScope,
  group: string | null,
): void {
  const line = document.lineOf(path);
  for (const file of textsOf(member(document.root, ...path))) addInclude(draft, file, { scope, group, line });
}
