// Poetry's tables, of version 1 (everything in [tool.poetry]) and 2 (which leaves to [project] what PEP 621 covers).
import type { Dependency, DependencyScope } from "../../model/manifest.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { addDependency, type ManifestDraft, noteProblem } from "./manifest-draft.ts";
import { entriesOf, itemsOf, member, textOf, textsOf } from "./plain-data.ts";
import { tabledDependency } from "./poetry-dependency.ts";
import { scopeOfGroup } from "./pyproject-groups.ts";
import { addEntryPoints, readClassifiers, scopeOfExtra } from "./pyproject-project.ts";
import type { TomlDocument } from "./read-toml.ts";

const POETRY = ["tool", "poetry"];

export function readPoetry(document: TomlDocument, draft: ManifestDraft): void {
  const poetry = member(document.root, ...POETRY);
  if (poetry === undefined) return;
  draft.projectName ??= textOf(member(poetry, "name"));
  draft.requiresPython ??= textOf(member(poetry, "dependencies", "python"));
  readClassifiers(document, draft, [...POETRY, "classifiers"]);
  addEntryPoints(document, draft, [...POETRY, "scripts"], "console_scripts");
  for (const [group] of entriesOf(member(poetry, "plugins"))) {
    addEntryPoints(document, draft, [...POETRY, "plugins", group], group);
  }
  const standard = draft.dependencies;
  draft.dependencies = [];
  readTable(document, draft, [...POETRY, "dependencies"], "runtime", null);
  draft.dependencies = withPlaces(standard, draft.dependencies);
  readTable(document, draft, [...POETRY, "dev-dependencies"], "development", "dev");
  for (const [group] of entriesOf(member(poetry, "group"))) {
    const scope = group === "main" ? "runtime" : scopeOfGroup(group);
    readTable(document, draft, [...POETRY, "group", group, "dependencies"], scope, group);
  }
}

function readTable(
  document: TomlDocument,
  draft: ManifestDraft,
  path: readonly string[],
  scope: DependencyScope,
  group: string | null,
): void {
  const extras = extrasByPackage(member(document.root, ...POETRY, "extras"));
  for (const [spelled, value] of entriesOf(member(document.root, ...path))) {
    if (spelled.toLowerCase() === "python") continue;
    // Several constraints for one package stand in a list of tables, each with its marker.
    const variants = Array.isArray(value) ? itemsOf(value) : [value];
    for (const [index, variant] of variants.entries()) {
      const line = document.lineOf(Array.isArray(value) ? [...path, spelled, index] : [...path, spelled]);
      const entry = tabledDependency(spelled, variant, true);
      if (entry === null) {
        noteProblem(
          draft,
          line,
          `The dependency "${spelled}" is neither a version nor a table and was left out.`,
        );
        continue;
      }
      if (entry.folder !== null) draft.workspaceMembers.push(entry.folder);
      const extra = extras.get(entry.requirement.name) ?? null;
      const isOptional = entry.optional && group === null;
      const optionalScope = extra === null ? "optional" : scopeOfExtra(extra);
      const place = isOptional ? { scope: optionalScope, group: extra, line } : { scope, group, line };
      addDependency(draft, entry.requirement, place);
    }
  }
}

/**
 * In Poetry 2 an entry whose package [project] already names only adds to it where the package comes from: the two are
 * one dependency.
 */
function withPlaces(standard: readonly Dependency[], poetry: readonly Dependency[]): Dependency[] {
  const places = new Map(poetry.map(({ name, url }) => [name, url]));
  const named = new Set(standard.filter(({ scope }) => scope !== "build").map(({ name }) => name));
  const placed = standard.map((known) => ({ ...known, url: known.url ?? places.get(known.name) ?? null }));
  return [...placed, ...poetry.filter(({ name }) => !named.has(name))];
}

function extrasByPackage(extras: unknown): ReadonlyMap<string, string> {
  const byPackage = new Map<string, string>();
  for (const [extra, packages] of entriesOf(extras)) {
    for (const spelled of textsOf(packages)) {
      const name = normalisePackageName(spelled.replace(/[^\w.-].*$/, ""));
      if (!byPackage.has(name)) byPackage.set(name, extra);
    }
  }
  return byPackage;
}
