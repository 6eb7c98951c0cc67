// Pipenv's Pipfile: [packages], [dev-packages] and categories of the user's own naming.
import type { DependencyScope, Manifest } from "../../model/manifest.ts";
import { addDependency, draftManifest, finishManifest, noteProblem } from "./manifest-draft.ts";
import { entriesOf, isTable, member, textOf } from "./plain-data.ts";
import { tabledDependency } from "./poetry-dependency.ts";
import { scopeOfGroup } from "./pyproject-groups.ts";
import { readToml } from "./read-toml.ts";

/** Tables that hold settings rather than packages. */
const SETTINGS = new Set(["source", "requires", "scripts", "pipenv", "pipfile"]);

export function collectPipfile(path: string, text: string): Manifest {
  const draft = draftManifest(path, "pipfile");
  const document = readToml(draft, text);
  draft.requiresPython =
    textOf(member(document.root, "requires", "python_full_version")) ??
    textOf(member(document.root, "requires", "python_version"));
  for (const [category, table] of entriesOf(document.root)) {
    if (SETTINGS.has(category) || !isTable(table)) continue;
    const { scope, group } = placeOfCategory(category);
    for (const [spelled, value] of entriesOf(table)) {
      const line = document.lineOf([category, spelled]);
      const entry = tabledDependency(spelled, value, false);
      if (entry === null) {
        noteProblem(
          draft,
          line,
          `The dependency "${spelled}" is neither a version nor a table and was left out.`,
        );
      } else if (entry.folder === ".") {
        // The project itself, installed for development.
      } else {
        if (entry.folder !== null) draft.workspaceMembers.push(entry.folder);
        addDependency(draft, entry.requirement, { scope, group, line });
      }
    }
  }
  return finishManifest(draft);
}

/** Pipfile and Pipfile.lock name the two usual categories differently. */
export function placeOfCategory(category: string): { scope: DependencyScope; group: string | null } {
  if (category === "packages" || category === "default") return { scope: "runtime", group: null };
  if (category === "dev-packages" || category === "develop") return { scope: "development", group: "dev" };
  return { scope: scopeOfGroup(category), group: category };
}
