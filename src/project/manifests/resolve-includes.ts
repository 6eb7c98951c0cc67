// Requirements files form a graph: `dev.txt` says `-r base.txt`, setup.py reads requirements.txt. What an included file is
// for follows from who includes it, so scopes are settled here, over all manifests at once.
import { scopeOfRequirementsPath, widestScope } from "../../knowledge/dependency-groups.ts";
import type { DependencyScope, Manifest, ManifestInclude } from "../../model/manifest.ts";
import { compareText } from "../../text/compare-text.ts";

interface Edge {
  readonly from: Manifest;
  readonly include: ManifestInclude;
}

/**
 * The manifests, sorted by path, with requirements files given the widest scope among their own (by name) and those of the
 * files that include them. An include that leads to no manifest becomes a problem of the file that has it.
 */
export function resolveIncludes(manifests: readonly Manifest[]): readonly Manifest[] {
  const sorted = manifests.toSorted((left, right) => compareText(left.path, right.path));
  const known = new Set(sorted.map(({ path }) => path));
  const edges = edgesByTarget(sorted);
  const scopes = settleScopes(sorted, edges);
  return sorted.map((manifest) => {
    const missing = manifest.includes.filter(({ path }) => !known.has(path));
    const problems = [
      ...manifest.problems,
      ...missing.map(({ path, line }) => ({
        path: manifest.path,
        kind: "manifest" as const,
        message: `"${path}", included here, was not found; what it lists is not known.`,
        line,
      })),
    ];
    if (manifest.kind !== "requirements") return { ...manifest, problems };
    const scope = scopes.get(manifest.path) ?? "runtime";
    const group = groupOf(edges.get(manifest.path) ?? [], scope);
    const dependencies = manifest.dependencies.map((dependency) => ({ ...dependency, scope, group }));
    return { ...manifest, dependencies, problems };
  });
}

/** Paths that manifests include and that are not among them: files to read as requirements, if they exist. */
export function unreadIncludes(manifests: readonly Manifest[]): readonly string[] {
  const known = new Set(manifests.map(({ path }) => path));
  const paths = new Set(manifests.flatMap(({ includes }) => includes.map(({ path }) => path)));
  return [...paths].filter((path) => !known.has(path)).sort(compareText);
}

function edgesByTarget(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, Edge[]>();
  for (const from of manifests) {
    for (const include of from.includes) {
      if (include.path === from.path) continue;
      const list = edges.get(include.path) ?? [];
      list.push({ from, include });
      edges.set(include.path, list);
    }
  }
  return edges;
}

/** Widens scopes along the includes until nothing changes: there are five scopes and they only widen, so this ends. */
function settleScopes(
  manifests: readonly Manifest[],
  edges: ReadonlyMap<string, readonly Edge[]>,
): ReadonlyMap<string, DependencyScope> {
  const files = manifests.filter(({ kind }) => kind === "requirements");
  const scopes = new Map<string, DependencyScope>();
  const pending = new Set<string>();
  for (const { path } of files) {
    // A file that nobody includes and whose name tells nothing is there to be installed.
    const own = scopeOfRequirementsPath(path) ?? (edges.has(path) ? null : "runtime");
    if (own !== null) scopes.set(path, own);
    pending.add(path);
  }
  const byPath = new Map(files.map((manifest) => [manifest.path, manifest]));
  for (const path of pending) {
    pending.delete(path);
    const given = (edges.get(path) ?? [])
      .map((edge) => scopeGiven(edge, scopes))
      .filter((scope) => scope !== null);
    const own = scopes.get(path);
    const scope = widestScope(own === undefined ? given : [own, ...given]);
    if (scope === null || scope === own) continue;
    scopes.set(path, scope);
    for (const { path: target } of byPath.get(path)?.includes ?? [])
      if (byPath.has(target)) pending.add(target);
  }
  return scopes;
}

/** A constraint stays one whoever includes it; `-r` gives what the including file is for. */
function scopeGiven(
  { from, include }: Edge,
  scopes: ReadonlyMap<string, DependencyScope>,
): DependencyScope | null {
  if (from.kind !== "requirements" || include.scope === "constraint") return include.scope;
  return scopes.get(from.path) ?? null;
}

/** The extra or group that a file lists, when all that include it for this scope agree on one. */
function groupOf(edges: readonly Edge[], scope: DependencyScope): string | null {
  const groups = new Set(
    edges.filter(({ include }) => include.scope === scope).map(({ include }) => include.group),
  );
  const [group = null] = groups;
  return groups.size === 1 ? group : null;
}
