// [dependency-groups] (PEP 735). A group's name tells its scope by custom; a group included by others has at least theirs.
import { scopeOfGroupName, widestScope } from "../../knowledge/dependency-groups.ts";
import type { DependencyScope } from "../../model/manifest.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { addRequirement, type ManifestDraft, noteProblem } from "./manifest-draft.ts";
import { entriesOf, itemsOf, member, textOf } from "./plain-data.ts";
import type { TomlDocument } from "./read-toml.ts";

const TABLE = "dependency-groups";

export function readDependencyGroups(document: TomlDocument, draft: ManifestDraft): void {
  const groups = entriesOf(member(document.root, TABLE));
  const includes = includesOf(groups);
  const known = new Set(groups.map(([name]) => normalisePackageName(name)));
  for (const [group, items] of groups) {
    const scope = scopeOf(normalisePackageName(group), includes);
    if (!Array.isArray(items)) {
      noteProblem(draft, document.lineOf([TABLE, group]), `The dependency group "${group}" is not a list.`);
    }
    for (const [index, item] of itemsOf(items).entries()) {
      const line = document.lineOf([TABLE, group, index]);
      const included = textOf(member(item, "include-group"));
      if (typeof item === "string") addRequirement(draft, item, { scope, group, line });
      else if (included === null) {
        noteProblem(
          draft,
          line,
          `An entry of the dependency group "${group}" is not known and was left out.`,
        );
      } else if (!known.has(normalisePackageName(included))) {
        noteProblem(draft, line, `The dependency group "${included}", included here, does not exist.`);
      }
    }
  }
}

/** For each group, the groups that include it. */
function includesOf(groups: readonly (readonly [string, unknown])[]): ReadonlyMap<string, readonly string[]> {
  const includedBy = new Map<string, string[]>();
  for (const [group, items] of groups) {
    for (const item of itemsOf(items)) {
      const included = textOf(member(item, "include-group"));
      if (included === null) continue;
      const key = normalisePackageName(included);
      const outer = includedBy.get(key) ?? [];
      outer.push(normalisePackageName(group));
      includedBy.set(key, outer);
    }
  }
  return includedBy;
}

/** How many groups that include a group, directly or not, are looked at. Real projects have a handful. */
const MAX_INCLUDERS = 100;

function scopeOf(group: string, includedBy: ReadonlyMap<string, readonly string[]>): DependencyScope {
  const reached = new Set([group]);
  for (const name of reached) {
    for (const outer of includedBy.get(name) ?? []) if (reached.size < MAX_INCLUDERS) reached.add(outer);
  }
  const scopes = [...reached].map(scopeOfGroupName).filter((scope) => scope !== null);
  return widestScope(scopes) ?? "optional";
}

/** The scope of a group outside PEP 735 (Poetry, PDM): by its name, "optional" when that does not tell. */
export function scopeOfGroup(group: string): DependencyScope {
  return scopeOfGroupName(group) ?? "optional";
}
