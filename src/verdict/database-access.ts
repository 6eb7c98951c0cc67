// How queries meet the event loop, in words that need no glossary.
import type { AsyncSignal, DatabaseAccess } from "../model/report.ts";
import { counted, listed } from "./phrase.ts";

const KINDS: Readonly<Record<DatabaseAccess, string>> = {
  async: "async",
  mixed: "partly async",
  sync: "synchronous",
  none: "absent",
  unknown: "of unknown kind",
};

/** "partly async: of 326 queries, 173 run in threads and 153 in plain functions". */
export function databaseAccessWords({ access, databaseAccess }: AsyncSignal): string {
  const { awaited, syncInAsync, syncInSync, threaded } = access;
  const total = awaited + threaded + syncInSync + syncInAsync;
  const kind = KINDS[databaseAccess];
  if (total === 0) return `${kind}, and no query was seen to run`;
  const ways: readonly (readonly [count: number, one: string, many: string])[] = [
    [awaited, "is awaited", "are awaited"],
    [threaded, "runs in a thread", "run in threads"],
    [syncInSync, "runs in a plain function", "run in plain functions"],
    [syncInAsync, "blocks the event loop", "block the event loop"],
  ];
  const parts = ways.filter(([count]) => count > 0);
  const [only] = parts;
  if (only !== undefined && parts.length === 1)
    return `${kind}: ${total === 1 ? `its one query ${only[1]}` : `all ${total} queries ${only[2]}`}`;
  const words = parts.map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return `${kind}: of ${counted(total, "query", "queries")}, ${listed(words)}`;
}
