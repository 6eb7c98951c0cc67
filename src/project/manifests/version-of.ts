import { compare, valid } from "@renovatebot/pep440";
import type { Dependency, DependencyScope, Manifest } from "../../model/manifest.ts";
import { compareText } from "../../text/compare-text.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { lowestVersion } from "./lowest-version.ts";

export interface VersionFound {
  readonly version: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** "lock" and "pin" tell the version itself, "range" the lowest one that is admitted. */
  readonly from: "lock" | "pin" | "range";
}

interface Candidate extends VersionFound {
  readonly rank: readonly number[];
}

/** Development pins tell what tests run on, which is less than what the project declares for everyone. */
const SCOPE_RANK: Readonly<Record<DependencyScope, number>> = {
  runtime: 0,
  optional: 1,
  constraint: 2,
  development: 3,
  build: 4,
};
const FROM_RANK = { lock: 0, pin: 1, range: 2 } as const;

/**
 * The version of a package as the manifests tell it: a lock beats a pin, a pin beats a range, and what is needed at run
 * time beats what is needed for development (except that any lock beats any manifest). Among equals the manifest nearest
 * to the root, then the first by path, then the highest version. Null when no manifest names a version.
 *
 * @param manifests those of one project, after resolveIncludes
 */
export function versionOf(manifests: readonly Manifest[], name: string): VersionFound | null {
  const wanted = normalisePackageName(name);
  const candidates = manifests.flatMap((manifest) => [
    ...manifest.locked
      .filter((locked) => locked.name === wanted)
      .map(({ version, line, scope }) => candidate(manifest, version, line, "lock", scope)),
    ...manifest.dependencies
      .filter((dependency) => dependency.name === wanted && dependency.applies)
      .flatMap((dependency) => declared(manifest, dependency)),
  ]);
  const [best] = candidates.sort(byRank);
  if (best === undefined) return null;
  const { version, path, line, from } = best;
  return { version, path, line, from };
}

function declared(manifest: Manifest, { pinned, specifier, line, scope }: Dependency): Candidate[] {
  if (pinned !== null) return [candidate(manifest, pinned, line, "pin", scope)];
  const lowest = lowestVersion(specifier);
  return lowest === null ? [] : [candidate(manifest, lowest, line, "range", scope)];
}

function candidate(
  { path }: Manifest,
  version: string,
  line: number,
  from: VersionFound["from"],
  scope: DependencyScope,
): Candidate {
  const forDevelopment = SCOPE_RANK[scope] >= SCOPE_RANK.development ? 1 : 0;
  const depth = path.split("/").length;
  const rank =
    from === "lock"
      ? [0, 0, 0, SCOPE_RANK[scope], depth]
      : [1, forDevelopment, FROM_RANK[from], SCOPE_RANK[scope], depth];
  return { version, path, line, from, rank };
}

function byRank(left: Candidate, right: Candidate): number {
  for (const [index, value] of left.rank.entries()) {
    const difference = value - (right.rank[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return (
    compareText(left.path, right.path) ||
    compareVersions(right.version, left.version) ||
    left.line - right.line
  );
}

/** What is no version by PEP 440 (`${VERSION}`, a git reference) comes after what is one. */
function compareVersions(left: string, right: string): number {
  const [isLeft, isRight] = [valid(left) !== null, valid(right) !== null];
  if (isLeft && isRight) return compare(left, right);
  return isLeft === isRight ? compareText(left, right) : Number(isLeft) - Number(isRight);
}
