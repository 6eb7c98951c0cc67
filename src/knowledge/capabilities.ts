// Which query features the Django ORM and SQLAlchemy can express without raw SQL, by version and database. What is marked
// "ran" was tried: tests/knowledge/probes run every feature on Django 1.11, 2.2, 3.2, 4.1, 4.2, 5.2, 6.0, 6.1 and SQLAlchemy 1.4,
// 2.0 over SQLite 3.40 and PostgreSQL 15, and a test holds this table against what came out. The rest is read in the docs.
import { type Capability, isOffered } from "./capability.ts";
import { GATED_IN_DJANGO } from "./gated-in-django.ts";
import { NEVER_IN_DJANGO } from "./never-in-django.ts";

/** By feature, each named once. */
export const CAPABILITIES: readonly Capability[] = [...NEVER_IN_DJANGO, ...GATED_IN_DJANGO];

const BY_FEATURE = new Map(CAPABILITIES.map((entry) => [entry.feature, entry]));

/** What is known of a query feature; null when both ORMs express it in every version that counts. */
export function capabilityOf(feature: string): Capability | null {
  return BY_FEATURE.get(feature) ?? null;
}

/**
 * Whether the Django ORM of that version cannot express the feature on that database without raw SQL. A version or database
 * that is not known (null), or a feature that is not listed, gives the benefit of the doubt. `operation` is the statement's
 * ("insert", "update", …): what Django does by itself for one operation is not beyond it there. Ask about SQL text and
 * SQLAlchemy statements: what was built by Django's own methods is within its reach by definition.
 */
export function beyondDjango(
  feature: string,
  djangoVersion: string | null,
  engine: string | null,
  operation: string | null = null,
): boolean {
  const entry = BY_FEATURE.get(feature);
  if (entry === undefined || entry.sqlalchemy.length === 0) return false;
  if (operation !== null && entry.djangoDoesFor.includes(operation)) return false;
  return !isOffered(entry.django, djangoVersion, engine);
}

/** Whether SQLAlchemy of that version cannot express the feature on that database without SQL text; as beyondDjango() otherwise. */
export function beyondSqlalchemy(
  feature: string,
  sqlalchemyVersion: string | null,
  engine: string | null,
): boolean {
  const entry = BY_FEATURE.get(feature);
  return entry !== undefined && !isOffered(entry.sqlalchemy, sqlalchemyVersion, engine);
}
