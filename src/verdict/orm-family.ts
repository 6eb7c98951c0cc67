// Which of the verdict's answers an ORM belongs to. A name that is not known counts as another relational ORM, because that
// is the answer that claims least: it is neither of the two sides, and it does store rows.

import { DRIVERS, driverNamed } from "../knowledge/drivers.ts";
import type { OrmKind } from "../knowledge/orm.ts";
import { ormFoundation, ormNamed, ormOfDistribution } from "../knowledge/orms.ts";
import type { OrmUse, ProjectSignals, Side } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

export type OrmFamily = Side | "other-orm" | "document" | "raw";

/** "document" stands for every store without rows: keys, graphs and wide columns are as foreign to either ORM. */
const FAMILY_OF_KIND: Readonly<Record<OrmKind, OrmFamily>> = {
  relational: "other-orm",
  document: "document",
  "key-value": "document",
  graph: "document",
  "wide-column": "document",
  "query-builder": "raw",
  "raw-sql": "raw",
};

/**
 * SQLAlchemy's family are its two layers and what is a thin layer over its ORM. A mapper of its own making over Core (Gino,
 * Ormar) is another ORM: its models and queries would have to be rewritten as well.
 */
export function familyOf(orm: string): OrmFamily {
  if (orm === "django-orm") return "django-orm";
  if (orm.startsWith("sqlalchemy") || ormFoundation(orm) === "sqlalchemy-orm") return "sqlalchemy";
  const known = ormNamed(orm);
  return known === null ? "other-orm" : FAMILY_OF_KIND[known.kind];
}

const ENGINES_WITHOUT_ROWS: ReadonlySet<string> = new Set(
  DRIVERS.filter((driver) => !driver.sql).map((driver) => driver.engine),
);

/** True for a database engine or driver that holds documents, keys or graphs, not rows. */
export function isDocumentStore(engineOrDriver: string): boolean {
  return ENGINES_WITHOUT_ROWS.has(engineOrDriver) || driverNamed(engineOrDriver)?.sql === false;
}

/** True when a project that is no application is distributed under a mapper's name: it is the ORM, it does not use one. */
export function isMapperItself(signals: ProjectSignals): boolean {
  const name = signals.name
    .toLowerCase()
    .replace(/[-_.]+/g, "-")
    .replace(/-py(thon)?$/, "");
  const known = ormOfDistribution(name);
  return (
    signals.kind !== "app" && known !== null && known.kind !== "raw-sql" && known.kind !== "query-builder"
  );
}

const ROLE_ORDER = ["primary", "secondary", "supports", "dev-only"];

/** ORMs that production code really runs on, the primary one first, in an order that input order cannot change. */
export function activeOrms(signals: ProjectSignals): readonly OrmUse[] {
  return signals.orms
    .filter((orm) => orm.role === "primary" || orm.role === "secondary")
    .toSorted(
      (a, b) => ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) || compareText(a.name, b.name),
    );
}

export function usesFamily(signals: ProjectSignals, family: OrmFamily): boolean {
  return activeOrms(signals).some((orm) => familyOf(orm.name) === family);
}

/**
 * The relational ORM that carries the project today, or null; raw SQL is no ORM, and documents are another question. Where
 * raw SQL is the main way, SQLAlchemy beside it is a connection pool.
 */
export function presentOrm(signals: ProjectSignals): OrmUse | null {
  const [main] = activeOrms(signals);
  if (main !== undefined && main.role === "primary" && familyOf(main.name) === "raw") return null;
  return activeOrms(signals).find((orm) => !["raw", "document"].includes(familyOf(orm.name))) ?? null;
}
