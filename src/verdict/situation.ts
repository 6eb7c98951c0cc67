// Some projects have no question to weigh: they store no rows, they are an ORM themselves, or they join both. Naming these
// first keeps the criteria about the one question they answer. The order matters: the first that fits is the answer.

import type { Evidence, OrmUse, ProjectSignals } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { few } from "./evidence.ts";
import { runningFrameworks } from "./frameworks.ts";
import { activeOrms, familyOf, isDocumentStore, isMapperItself, usesFamily } from "./orm-family.ts";
import { counted, listed, ormName } from "./phrase.ts";
import { readShare } from "./seen.ts";

export interface Situation {
  readonly kind:
    | "unread"
    | "mapper"
    | "bridge"
    | "subject"
    | "both-adapters"
    | "adapters"
    | "documents"
    | "no-database"
    | "only-driver"
    | "weigh";
  /** Why, as a clause; empty when the criteria decide. */
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

const LITTLE_READ = 0.5;

export function situationOf(signals: ProjectSignals): Situation {
  return (
    unread(signals) ??
    mapper(signals) ??
    bridge(signals) ??
    sqlalchemyForDjango(signals) ??
    adapters(signals) ??
    documents(signals) ??
    nothingStored(signals) ?? { kind: "weigh", says: "", evidence: [] }
  );
}

function unread(signals: ProjectSignals): Situation | null {
  const { files, unread: lost } = signals.size;
  if (files === 0) return { kind: "unread", says: "no production code was there to read", evidence: [] };
  if (lost > 0 && readShare(signals) < LITTLE_READ && !storesRows(signals))
    return { kind: "unread", says: `${counted(lost, "file")} could not be read`, evidence: [] };
  return null;
}

function mapper(signals: ProjectSignals): Situation | null {
  return isMapperItself(signals)
    ? { kind: "mapper", says: "it is an ORM itself and keeps no data of its own", evidence: [] }
    : null;
}

/** A library that maps one ORM onto the other needs both: neither can replace the other in it. */
function bridge(signals: ProjectSignals): Situation | null {
  if (!isLibrary(signals) || !usesFamily(signals, "sqlalchemy") || !usesFamily(signals, "django-orm"))
    return null;
  return {
    kind: "bridge",
    says: "it joins SQLAlchemy and the Django ORM, and both are its subject",
    evidence: few(activeOrms(signals).flatMap((orm) => orm.evidence)),
  };
}

/** A library that lives in Django and works through SQLAlchemy alone exists to bring the one into the other. */
function sqlalchemyForDjango(signals: ProjectSignals): Situation | null {
  const runsOnDjango = runningFrameworks(signals).django.length > 0;
  if (!isLibrary(signals) || !runsOnDjango || !usesFamily(signals, "sqlalchemy")) return null;
  return {
    kind: "subject",
    says: "it is a library that brings SQLAlchemy into Django, so SQLAlchemy is its subject; a project of its own would lose Django's admin and migrations by it",
    evidence: few(activeOrms(signals).flatMap((orm) => orm.evidence)),
  };
}

/** A library that only offers adapters stores nothing: the application that uses it chooses. */
function adapters(signals: ProjectSignals): Situation | null {
  const supported = signals.orms
    .filter((orm) => orm.role === "supports")
    .toSorted((a, b) => compareText(a.name, b.name));
  // Engines that adapters make for their hosts are no database of the project's own.
  if (supported.length === 0 || activeOrms(signals).length > 0 || signals.kind === "app") return null;
  const both = servesBoth(signals, supported);
  const names = listed(supported.map((orm) => ormName(orm.name)));
  return {
    kind: both ? "both-adapters" : "adapters",
    says: `it ${both ? "serves" : "only offers support for"} ${names} and keeps no data of its own`,
    evidence: few(supported.flatMap((orm) => orm.evidence)),
  };
}

const SPREAD = 2;

/**
 * True for a library about data layers that serves both ORMs. One that is spread over several web frameworks (tracing, sign-in)
 * meets the ORMs only as parts of its hosts, and one with tables of its own has decided for itself.
 */
function servesBoth(signals: ProjectSignals, supported: readonly OrmUse[]): boolean {
  const families = new Set(supported.map((orm) => familyOf(orm.name)));
  const hosts = signals.frameworks.filter((use) => use.role !== "dev-only" && use.name !== "django");
  return (
    isLibrary(signals) &&
    families.has("sqlalchemy") &&
    families.has("django-orm") &&
    hosts.length < SPREAD &&
    signals.models.total === 0
  );
}

function isLibrary({ kind }: ProjectSignals): boolean {
  return kind === "integration" || kind === "library";
}

function documents(signals: ProjectSignals): Situation | null {
  const active = activeOrms(signals);
  const mappers = active.filter((orm) => familyOf(orm.name) === "document");
  const onlyDocuments = active.length > 0 ? mappers.length === active.length : onlyDocumentStores(signals);
  if (!onlyDocuments) return null;
  const stores = mappers.length > 0 ? mappers.map((orm) => ormName(orm.name)) : documentStores(signals);
  return {
    kind: "documents",
    says: `it stores documents (${listed(stores)}), which a relational ORM does not fit`,
    evidence: few((mappers.length > 0 ? mappers : signals.databases.items).flatMap((use) => use.evidence)),
  };
}

function nothingStored(signals: ProjectSignals): Situation | null {
  if (storesRows(signals)) return null;
  const drivers = signals.databases.drivers
    .filter((driver) => !isDocumentStore(driver))
    .toSorted(compareText);
  if (drivers.length > 0 && (signals.kind === "app" || signals.kind === "tool"))
    return {
      kind: "only-driver",
      says: `a database driver is there (${listed(drivers)}), but no statement, model or database was seen`,
      evidence: few(signals.databases.evidence),
    };
  return { kind: "no-database", says: "it keeps no data in a relational database", evidence: [] };
}

function storesRows(signals: ProjectSignals): boolean {
  return (
    activeOrms(signals).some((orm) => familyOf(orm.name) !== "document") ||
    signals.models.total > 0 ||
    sendsQueries(signals) ||
    signals.migrations.tools.length > 0 ||
    signals.databases.items.some((database) => !isDocumentStore(database.engine ?? database.driver ?? ""))
  );
}

/** A query known by its shape alone may be a word of another library; without an ORM to go with it, it proves nothing. */
function sendsQueries({ queries }: ProjectSignals): boolean {
  if (queries.items.length === 0) return queries.total > 0;
  return queries.items.some((query) => query.certainty === "resolved");
}

function onlyDocumentStores(signals: ProjectSignals): boolean {
  return !storesRows(signals) && signals.databases.items.length > 0;
}

function documentStores(signals: ProjectSignals): readonly string[] {
  const names = signals.databases.items.map(
    (database) => database.engine ?? database.driver ?? database.alias,
  );
  return [...new Set(names)].toSorted(compareText);
}
