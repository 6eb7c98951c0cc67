import type { Evidence } from "../../model/report.ts";
import type { EngineName } from "./reading.ts";

/** A database as one place configures it. */
export interface FoundDatabase {
  readonly alias: string;
  /** What it may be, the likeliest first; empty when nothing tells. */
  readonly engines: readonly EngineName[];
  readonly evidence: readonly Evidence[];
}

/**
 * The engine to report. SQLite beside another engine is the fall-back for development and tests, and no second database;
 * where several others remain, the first one named is taken.
 */
export function mainEngine(engines: readonly EngineName[]): EngineName | null {
  const [first] = engines;
  const serious = engines.filter(({ engine }) => engine !== "sqlite" && engine !== "none");
  const [main] = serious.length > 0 ? serious : engines;
  const chosen = main ?? first;
  if (chosen === undefined) return null;
  const withDriver = serious.find(({ engine, driver }) => engine === chosen.engine && driver !== null);
  return withDriver ?? chosen;
}
