// Holds what a scan says of generated code against what the code did when it ran.
import type { Finding, Query } from "../../src/index.ts";
import type { Outcome } from "./observations.ts";
import type { Cell } from "./render-matrix.ts";

const RAISING: ReadonlySet<string> = new Set([
  "blocking-query-in-async",
  "blocking-query-reached-from-async",
  "lazy-load-in-async",
]);
const UNAWAITED = "unawaited-query";

/** What the scan says of a cell. */
export interface Answer {
  readonly raises: boolean;
  readonly unawaited: boolean;
  /** Statements that the inventory has running on the event loop. */
  readonly blocksInInventory: boolean;
  readonly says: readonly string[];
}

export interface Disagreement {
  readonly cell: string;
  /** The versions it was observed with. */
  readonly version: string;
  readonly kind: "miss" | "noise";
  readonly observed: Outcome;
  readonly says: string;
}

/** What was found in the lines of each cell; and what was found outside of all of them. */
export function answersOf(
  cells: readonly Cell[],
  findings: readonly Finding[],
  items: readonly Query[],
): { readonly answers: ReadonlyMap<string, Answer>; readonly strays: readonly Finding[] } {
  const cellAt = new Map<string, Cell>();
  for (const cell of cells)
    for (let line = cell.line; line <= cell.endLine; line += 1) cellAt.set(`${cell.path}:${line}`, cell);
  const byCell = new Map<string, Finding[]>();
  const strays: Finding[] = [];
  for (const finding of findings) {
    if (!RAISING.has(finding.rule) && finding.rule !== UNAWAITED) continue;
    const cell = cellAt.get(`${finding.path}:${finding.line}`);
    if (cell === undefined) strays.push(finding);
    else byCell.set(cell.id, [...(byCell.get(cell.id) ?? []), finding]);
  }
  const blocking = new Set(
    items.flatMap(({ execution, inAsync, path }) => {
      const isBlocking = inAsync && execution.kind === "sync" && !execution.threaded;
      const cell = isBlocking ? cellAt.get(`${path}:${execution.line}`) : undefined;
      return cell === undefined ? [] : [cell.id];
    }),
  );
  const answers = cells.map(({ id }): [string, Answer] => {
    const found = byCell.get(id) ?? [];
    return [
      id,
      {
        raises: found.some(({ rule }) => RAISING.has(rule)),
        unawaited: found.some(({ rule }) => rule === UNAWAITED),
        blocksInInventory: blocking.has(id),
        says: found.map(({ line, message, rule }) => `${rule} in line ${line}: ${message}`),
      },
    ];
  });
  return { answers: new Map(answers), strays };
}

/** Where the answer for a cell is not what it did; null where it is. */
export function disagreementOf(
  cell: string,
  version: string,
  observed: Outcome,
  answer: Answer,
): Disagreement | null {
  const expected = { raises: observed === "raises", unawaited: observed === "unawaited" };
  const isMissed = (expected.raises && !answer.raises) || (expected.unawaited && !answer.unawaited);
  const isNoise =
    (!expected.raises && (answer.raises || answer.blocksInInventory)) ||
    (!expected.unawaited && answer.unawaited);
  if (!isMissed && !isNoise) return null;
  const inventory = answer.blocksInInventory ? ["the inventory has a blocking statement"] : [];
  const says = [...answer.says, ...inventory].join("; ") || "nothing";
  return { cell, version, kind: isMissed ? "miss" : "noise", observed, says };
}
