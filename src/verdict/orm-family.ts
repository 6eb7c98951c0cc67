// Which of the verdict's answers an ORM belongs to. A name that no list knows counts as another relational ORM, because that
// is the answer that claims least: it is neither of the two sides, and it does store rows.

import type { OrmUse, ProjectSignals, Side } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

export type OrmFamily = Side | "other-orm" | "document" | "raw";

const FAMILY: ReadonlyMap<string, OrmFamily> = new Map<string, OrmFamily>([
  ["django-orm", "django-orm"],
  ["sqlmodel", "sqlalchemy"],
  ["flask-sqlalchemy", "sqlalchemy"],
  ["flask-sqlalchemy-lite", "sqlalchemy"],
  ["advanced-alchemy", "sqlalchemy"],
  ["dataset", "sqlalchemy"],
  ["raw-sql", "raw"],
  ["aiosql", "raw"],
  ["databases", "raw"],
  ["pugsql", "raw"],
  ["pypika", "raw"],
  ["quart-db", "raw"],
  ["beanie", "document"],
  ["bunnet", "document"],
  ["elasticsearch-dsl", "document"],
  ["mongoengine", "document"],
  ["motor", "document"],
  ["neomodel", "document"],
  ["odmantic", "document"],
  ["pymodm", "document"],
  ["pymongo", "document"],
  ["pynamodb", "document"],
  ["redis-om", "document"],
  ["umongo", "document"],
]);

/** Drivers and engines that store no rows: neither ORM maps to them. */
const DOCUMENT_STORES: ReadonlySet<string> = new Set([
  "aioredis",
  "cassandra",
  "cassandra-driver",
  "couchdb",
  "dynamodb",
  "elasticsearch",
  "mongodb",
  "motor",
  "neo4j",
  "pymongo",
  "redis",
]);

/** Mappers that are projects of their own: a repository that bears the name is that mapper and stores nothing itself. */
const MAPPERS: ReadonlySet<string> = new Set([
  "beanie",
  "django",
  "edgy",
  "flask-sqlalchemy",
  "gino",
  "mongoengine",
  "odmantic",
  "ormar",
  "peewee",
  "piccolo",
  "pony",
  "prisma",
  "saffier",
  "sqlalchemy",
  "sqlmodel",
  "tortoise-orm",
]);

export function familyOf(orm: string): OrmFamily {
  return FAMILY.get(orm) ?? (orm.startsWith("sqlalchemy") ? "sqlalchemy" : "other-orm");
}

/** True for a database engine or driver that holds documents, keys or graphs, not rows. */
export function isDocumentStore(engineOrDriver: string): boolean {
  return DOCUMENT_STORES.has(engineOrDriver);
}

/** True when a project that is no application bears the name of a mapper: it is the ORM, it does not use one. */
export function isMapperItself(signals: ProjectSignals): boolean {
  const name = signals.name.toLowerCase().replace(/[-_.]+/g, "-");
  return signals.kind !== "app" && MAPPERS.has(name);
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

/** The relational ORM that carries the project today, or null; raw SQL is no ORM, and documents are another question. */
export function presentOrm(signals: ProjectSignals): OrmUse | null {
  return activeOrms(signals).find((orm) => !["raw", "document"].includes(familyOf(orm.name))) ?? null;
}
