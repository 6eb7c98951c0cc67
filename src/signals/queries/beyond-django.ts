// What the project's Django could not express without raw SQL.
import { beyondDjango } from "../../knowledge/capabilities.ts";
import type { DatabaseSignal, FrameworkUse, OrmUse, QueryOperation } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";

/** A statement as far as this question needs it. */
export interface AskedStatement {
  readonly orm: string;
  readonly layer: string;
  readonly operation: QueryOperation;
  readonly features: readonly string[];
}

/** The features of a statement that Django could not express, sorted. */
export type BeyondDjango = (statement: AskedStatement) => readonly string[];

/** Asks for the project's own Django version and database, where they are known. */
export function beyondDjangoOf(
  frameworks: readonly FrameworkUse[],
  orms: readonly Pick<OrmUse, "name" | "version">[],
  databases: DatabaseSignal,
): BeyondDjango {
  const django = [...frameworks, ...orms].find(({ name }) => name === "django" || name === "django-orm");
  const version = django?.version ?? null;
  const engines = [...new Set(databases.items.map(({ engine }) => engine))];
  const [engine = null] = engines.length === 1 ? engines : [];
  return ({ orm, layer, operation, features }) => {
    // What Django's own methods built is within its reach.
    if (orm === "django-orm" && layer === "orm") return [];
    const names = features.filter((name) => beyondDjango(name, version, engine, operation));
    return names.filter((name) => name !== "derived-table" || needsDerivedTable(features)).sort(compareText);
  };
}

/** Counting or paging over a subquery is what Django does by itself; joining one is what it cannot. */
function needsDerivedTable(features: readonly string[]): boolean {
  return features.includes("join") || features.includes("outer-join");
}
