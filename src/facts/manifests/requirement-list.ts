import { addRequirement, type DependencyPlace, type ManifestDraft, noteProblem } from "./manifest-draft.ts";
import { itemsOf, member } from "./plain-data.ts";
import type { TomlDocument } from "./read-toml.ts";
import { addReference } from "./requirements.ts";

/** Adds the PEP 508 texts of a list in a TOML file; a missing list adds nothing, anything else is a problem. */
export function addRequirementList(
  draft: ManifestDraft,
  document: TomlDocument,
  path: readonly string[],
  place: Omit<DependencyPlace, "line">,
): void {
  const list = member(document.root, ...path);
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    noteProblem(
      draft,
      document.lineOf(path),
      `"${path.join(".")}" is not a list; its dependencies are not known.`,
    );
  }
  for (const [index, item] of itemsOf(list).entries()) {
    const line = document.lineOf([...path, index]);
    const editable = typeof item === "string" ? /^-e\s+(.+)$/.exec(item)?.[1] : undefined;
    if (editable !== undefined) addReference(draft, editable, { ...place, line });
    else if (typeof item === "string") addRequirement(draft, item, { ...place, line });
    else noteProblem(draft, line, `An entry of "${path.join(".")}" is not a text and was left out.`);
  }
}
