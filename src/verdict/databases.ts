import type { DatabaseUse, ProjectSignals } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { isDocumentStore } from "./orm-family.ts";

/** Databases that hold rows, one an alias: the same alias in several settings files is one database. */
export function relationalDatabases(signals: ProjectSignals): readonly DatabaseUse[] {
  const byAlias = new Map<string, DatabaseUse>();
  for (const database of signals.databases.items.toSorted((a, b) => compareText(placeOf(a), placeOf(b)))) {
    const isDocument = isDocumentStore(database.engine ?? database.driver ?? "");
    if (!isDocument && !byAlias.has(database.alias)) byAlias.set(database.alias, database);
  }
  return [...byAlias.values()];
}

function placeOf(database: DatabaseUse): string {
  const first = database.evidence[0];
  return `${database.alias} ${database.engine ?? ""} ${database.driver ?? ""} ${first?.path ?? ""}:${first?.line ?? 0}`;
}
