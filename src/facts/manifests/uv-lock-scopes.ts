// uv.lock says what each package needs, not what it is locked for. That follows from the workspace members, whose own
// dependencies, extras and groups it also lists, by following what needs what.
import { scopeOfGroupName } from "../../knowledge/dependency-groups.ts";
import type { DependencyScope } from "../../model/manifest.ts";
import { entriesOf, itemsOf, member, textOf, textsOf } from "./plain-data.ts";
import { scopeOfGroup } from "./pyproject-groups.ts";

/** Whether a locked package is the project itself or another member of its workspace. */
export function isWorkspaceMember(entry: unknown): boolean {
  return ["editable", "virtual"].some((key) => member(entry, "source", key) !== undefined);
}

/** The widest scope in which each package is needed, by name as locked. Packages that nothing needs are not in it. */
export function scopesInUvLock(entries: readonly unknown[]): ReadonlyMap<string, DependencyScope> {
  const byName = new Map<string, unknown[]>();
  for (const entry of entries) {
    const name = textOf(member(entry, "name"));
    if (name !== null) byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  const members = entries.filter(isWorkspaceMember);
  const roots: { scope: DependencyScope; needed: readonly unknown[] }[] = members.flatMap((entry) => [
    { scope: "runtime", needed: itemsOf(member(entry, "dependencies")) },
    ...entriesOf(member(entry, "optional-dependencies")).map(([extra, needed]) => ({
      scope: scopeOfGroupName(extra) === "development" ? ("development" as const) : ("optional" as const),
      needed: itemsOf(needed),
    })),
    ...entriesOf(member(entry, "dev-dependencies")).map(([group, needed]) => ({
      scope: scopeOfGroup(group),
      needed: itemsOf(needed),
    })),
  ]);
  const scopes = new Map<string, DependencyScope>();
  for (const scope of ["runtime", "optional", "development"] as const) {
    const pending = roots.filter((root) => root.scope === scope).flatMap(({ needed }) => needed);
    const seen = new Set<string>();
    for (const need of pending) follow(need, byName, seen, (found) => pending.push(found));
    for (const key of seen) {
      const name = key.split("\0")[0] ?? "";
      if (!scopes.has(name)) scopes.set(name, scope);
    }
  }
  return scopes;
}

/** Adds what one needed package needs itself, with the extras it is asked for; each package and extra once. */
function follow(
  need: unknown,
  byName: ReadonlyMap<string, readonly unknown[]>,
  seen: Set<string>,
  add: (need: unknown) => void,
): void {
  const name = textOf(member(need, "name"));
  if (name === null) return;
  for (const extra of [null, ...textsOf(member(need, "extra"))]) {
    const key = `${name}\0${extra ?? ""}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const entry of byName.get(name) ?? []) {
      const needed =
        extra === null ? member(entry, "dependencies") : member(entry, "optional-dependencies", extra);
      for (const inner of itemsOf(needed)) add(inner);
    }
  }
}
