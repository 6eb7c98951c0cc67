// Lock files that are a list of TOML tables: poetry.lock, uv.lock, pdm.lock, and pylock.toml (PEP 751).
import { scopeOfGroupName, widestScope } from "../../knowledge/dependency-groups.ts";
import type { DependencyScope, Manifest, ManifestKind } from "../../model/manifest.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { draftManifest, finishManifest, noteProblem } from "./manifest-draft.ts";
import { itemsOf, member, textOf, textsOf } from "./plain-data.ts";
import { readToml } from "./read-toml.ts";
import { isWorkspaceMember, scopesInUvLock } from "./uv-lock-scopes.ts";

export function collectTomlLock(kind: ManifestKind, path: string, text: string): Manifest {
  const draft = draftManifest(path, kind);
  const document = readToml(draft, text, "statements");
  draft.requiresPython =
    textOf(member(document.root, "requires-python")) ??
    textOf(member(document.root, "metadata", "python-versions"));
  const list = kind === "pylock" ? "packages" : "package";
  const entries = itemsOf(member(document.root, list));
  const uvScopes = kind === "uv-lock" ? scopesInUvLock(entries) : null;
  for (const [index, entry] of entries.entries()) {
    const line = document.lineOf([list, index, "name"]);
    const name = textOf(member(entry, "name"));
    const version = textOf(member(entry, "version"));
    if (name === null) noteProblem(draft, line, "A locked package has no name and was left out.");
    // Folders and repositories may be locked without a version; the project itself is no dependency.
    else if (version !== null && !isWorkspaceMember(entry)) {
      const scope = uvScopes === null ? scopeOf(entry) : (uvScopes.get(name) ?? "runtime");
      draft.locked.push({ name: normalisePackageName(name), version, scope, line });
    }
  }
  return finishManifest(draft);
}

/** Poetry 1 wrote a category, Poetry 2 and PDM write groups. */
function scopeOf(entry: unknown): DependencyScope {
  const groups = [...textsOf(member(entry, "groups")), ...textsOf(member(entry, "category"))];
  const scopes = groups.map((group) => scopeOfGroupName(group) ?? "optional");
  const scope = widestScope(scopes) ?? "runtime";
  return scope === "runtime" && member(entry, "optional") === true ? "optional" : scope;
}
