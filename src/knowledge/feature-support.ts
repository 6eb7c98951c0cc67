import { beyondDjango, beyondSqlalchemy, capabilityOf } from "./capabilities.ts";

/** What decides whether an ORM can express something. null where it is not known, which gives the benefit of the doubt. */
export interface Versions {
  readonly django: string | null;
  readonly sqlalchemy: string | null;
  /** The database's name, as in DatabaseUse. */
  readonly engine: string | null;
}

/** How far each ORM expresses one query feature, with what limits the Django ORM in one clause. */
export interface Support {
  readonly feature: string;
  readonly djangoOrm: "yes" | "limited" | "no";
  readonly sqlalchemy: "yes" | "limited" | "no";
  readonly note: string;
}

/** What is known of a feature of one statement in given versions. `operation` is the statement's: "select", "insert", … */
export function featureSupport(feature: string, operation: string, versions: Versions): Support {
  const { django, sqlalchemy, engine } = versions;
  const limit = capabilityOf(feature)?.inDjango ?? null;
  return {
    feature,
    djangoOrm: beyondDjango(feature, django, engine, operation) ? "no" : limit === null ? "yes" : "limited",
    sqlalchemy: beyondSqlalchemy(feature, sqlalchemy, engine) ? "no" : "yes",
    note: limit ?? "",
  };
}
