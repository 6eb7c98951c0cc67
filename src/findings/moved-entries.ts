// A renamed file takes its accepted findings along. Baselines hold no history, so a rename is told by what was in the file: where
// the old path is gone, the file that now has most of its accepted findings, and at least half of them, is taken for it.
import type { BaselineEntry } from "../model/gate.ts";
import type { Finding } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

type Known = Pick<BaselineEntry, "rule" | "path" | "symbol" | "snippet">;

const LEAST_SHARE = 0.5;

/** Entries under the paths that their files have now. The same array where no file was renamed. */
export function followRenames(
  entries: readonly BaselineEntry[],
  findings: readonly Finding[],
  isThere: (path: string) => boolean,
): readonly BaselineEntry[] {
  const gone = new Set([...new Set(entries.map(({ path }) => path))].filter((path) => !isThere(path)));
  if (gone.size === 0) return entries;
  const open = openFindings(entries, findings);
  const renamed = new Map<string, string>();
  for (const path of [...gone].sort(compareText)) {
    const to = newPath(
      entries.filter((entry) => entry.path === path),
      open,
    );
    if (to !== null) renamed.set(path, to);
  }
  if (renamed.size === 0) return entries;
  return entries.map((entry) => ({ ...entry, path: renamed.get(entry.path) ?? entry.path }));
}

/** By what findings are, the paths they are in, with how many of them no entry of that path accepts. */
function openFindings(
  entries: readonly BaselineEntry[],
  findings: readonly Finding[],
): Map<string, Map<string, number>> {
  const open = new Map<string, Map<string, number>>();
  const add = (one: Known, count: number): void => {
    const paths = open.get(kindOf(one)) ?? new Map<string, number>();
    open.set(kindOf(one), paths.set(one.path, (paths.get(one.path) ?? 0) + count));
  };
  for (const finding of findings) add(finding, 1);
  for (const entry of entries) add(entry, -entry.count);
  return open;
}

function kindOf({ rule, snippet, symbol }: Known): string {
  return JSON.stringify([rule, symbol, snippet]);
}

function newPath(
  entries: readonly BaselineEntry[],
  open: ReadonlyMap<string, ReadonlyMap<string, number>>,
): string | null {
  const shares = new Map<string, number>();
  for (const entry of entries)
    for (const [path, count] of open.get(kindOf(entry)) ?? [])
      if (count > 0) shares.set(path, (shares.get(path) ?? 0) + Math.min(count, entry.count));
  const total = entries.reduce((sum, { count }) => sum + count, 0);
  const [best] = [...shares].sort(([left, one], [right, other]) => other - one || compareText(left, right));
  return best !== undefined && best[1] >= total * LEAST_SHARE ? best[0] : null;
}
