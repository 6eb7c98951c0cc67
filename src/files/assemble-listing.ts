import type { Problem } from "../model/problem.ts";
import { compareText } from "../text/compare-text.ts";
import { assignRoles } from "./assign-roles.ts";
import { isPython, sizeBound } from "./file-kind.ts";
import type { FolderFilter } from "./folder-filter.ts";
import type { Listing, ListOptions } from "./repository.ts";
import type { TreeFile } from "./tree-files.ts";

const MAX_FILES = 100_000;

/** Turns the files found into a listing: bounds, roles, order. Every bound that is hit becomes a problem. */
export function assembleListing(
  found: readonly TreeFile[],
  problems: readonly Problem[],
  filter: FolderFilter,
  options: ListOptions,
): Listing {
  const more: Problem[] = [...problems];
  const kept = found
    .filter(({ path }) => !filter.leavesOutFile(path))
    .sort((left, right) => compareText(left.path, right.path));
  const readable = keepCount(
    kept.filter((file) => isWithinSize(file, more)),
    options.maxFiles ?? MAX_FILES,
    more,
  );
  const { files, note } = assignRoles(
    readable,
    kept.map(({ path }) => path),
    options.roles ?? [],
  );
  return {
    files,
    others: kept.filter(({ path }) => sizeBound(path) === null).map(({ path }) => path),
    excluded: filter.excluded(),
    problems: more.sort((left, right) => compareText(left.path, right.path)),
    note,
  };
}

function isWithinSize({ path, bytes }: TreeFile, problems: Problem[]): boolean {
  const bound = sizeBound(path);
  if (bound === null || bytes <= bound) return bound !== null;
  const mib = (size: number): string => `${(size / 1024 / 1024).toFixed(1)} MiB`;
  const message = `It is ${mib(bytes)}, more than the ${mib(bound)} that are read of such a file, and was left out.`;
  problems.push({ path, kind: "too-large", message });
  return false;
}

function keepCount(files: readonly TreeFile[], most: number, problems: Problem[]): readonly TreeFile[] {
  const last = files.filter(({ path }) => isPython(path))[most];
  if (last === undefined) return files;
  const total = files.filter(({ path }) => isPython(path)).length;
  const message = `There are ${total} Python files; only the first ${most} by path were read.`;
  problems.push({ path: ".", kind: "limit", message });
  return files.filter(({ path }) => !isPython(path) || compareText(path, last.path) < 0);
}
