// Which ORMs a project works with, which is the main one, and which it only supports or tests with.
import { ormFoundation, ormNamed, ormOfImportRoot } from "../../knowledge/orms.ts";
import type { Evidence, OrmRole, OrmUse, QuerySignal } from "../../model/report.ts";
import { versionOf } from "../../project/manifests/version-of.ts";
import { compareText } from "../../text/compare-text.ts";
import { frameworkTraces } from "../frameworks/traces.ts";
import { externalImports } from "../imports.ts";
import type { ProjectView } from "../project-view.ts";
import { type OrmGrade, type OrmTrace, ormTraces } from "./traces.ts";

const GRADES: readonly OrmGrade[] = ["self", "model", "query", "text", "session", "import"];
/** A model says more than a statement: it is there for many of them. */
const WEIGHTS: Readonly<Record<OrmGrade, number>> = {
  self: 100_000,
  model: 4,
  query: 1,
  text: 1,
  session: 2,
  import: 0,
};
const MOST_EVIDENCE = 5;
/** Association tables beside mapped classes; more than these are a schema of their own. */
const FEW_TABLES = 3;
/** A dozen models with their statements: more than an adapter needs. */
const HEAVY_USE = 100;

/** The main ORM first, then the others by role and name. */
export function detectOrms(view: ProjectView, queries: QuerySignal): OrmUse[] {
  const groups = foldLayers(groupByOrm(ormTraces(view, queries)));
  const roles = productionRoles(view, groups);
  const dev = devOnly(view);
  for (const name of dev.keys()) {
    const isCovered = [...roles.keys()].some(
      (known) =>
        known === name ||
        ormFoundation(known) === name ||
        ormFoundation(name) === known ||
        (name === "sqlalchemy-orm" && known === "sqlalchemy-core"),
    );
    if (!isCovered) roles.set(name, "dev-only");
  }
  const order: readonly OrmRole[] = ["primary", "secondary", "supports", "dev-only"];
  return [...roles]
    .map(([name, role]) => ormUse(view, name, role, groups.get(name) ?? [], dev.get(name)))
    .sort(
      (left, right) =>
        order.indexOf(left.role) - order.indexOf(right.role) || compareText(left.name, right.name),
    );
}

function groupByOrm(traces: readonly OrmTrace[]): Map<string, OrmTrace[]> {
  const groups = new Map<string, OrmTrace[]>();
  for (const trace of traces) {
    const group = groups.get(trace.orm);
    if (group === undefined) groups.set(trace.orm, [trace]);
    else group.push(trace);
  }
  return groups;
}

/**
 * SQLAlchemy's layers are named by what the models are: a project whose models are Flask-SQLAlchemy's or SQLModel's uses
 * plain sessions through them, and imports of SQLAlchemy without models or entities are Core's when Core is what it builds.
 */
function foldLayers(groups: Map<string, OrmTrace[]>): Map<string, OrmTrace[]> {
  const has = (name: string, grade: OrmGrade): boolean =>
    (groups.get(name) ?? []).some((trace) => trace.grade === grade);
  const move = (from: string, to: string): void => {
    const moved = groups.get(from) ?? [];
    if (moved.length === 0) return;
    groups.set(to, [...(groups.get(to) ?? []), ...moved]);
    groups.delete(from);
  };
  /** Association tables and a few Core statements are part of working with an ORM. */
  const foldCore = (into: string): void => {
    const tables = (groups.get("sqlalchemy-core") ?? []).filter(({ grade }) => grade === "model").length;
    if (
      tables <= FEW_TABLES ||
      countWeight(groups.get("sqlalchemy-core") ?? []) <= countWeight(groups.get(into) ?? [])
    )
      move("sqlalchemy-core", into);
  };
  splitText(groups);
  const layer = ["flask-sqlalchemy", "sqlmodel"].find((name) => has(name, "model"));
  if (layer !== undefined) {
    if (!has("sqlalchemy-orm", "model")) move("sqlalchemy-orm", layer);
    foldCore(layer);
  } else if (usesSessions(groups)) {
    foldCore("sqlalchemy-orm");
  } else if (has("sqlalchemy-core", "query") || has("sqlalchemy-core", "model"))
    move("sqlalchemy-orm", "sqlalchemy-core");
  return groups;
}

/** Working through the ORM: models, sessions, or its names imported where models are the host's. */
function usesSessions(groups: ReadonlyMap<string, readonly OrmTrace[]>): boolean {
  const traces = [...(groups.get("sqlalchemy-orm") ?? []), ...(groups.get("sqlalchemy-core") ?? [])];
  return traces.some(
    ({ orm, grade, name }) =>
      (orm === "sqlalchemy-orm" && (grade === "model" || grade === "query" || grade === "session")) ||
      /^sqlalchemy\.orm\.|\.(?:AsyncSession|async_sessionmaker)$/.test(name ?? ""),
  );
}

/** Without models or statements of its own, SQLAlchemy is a connection pool: its SQL text is raw SQL. */
function splitText(groups: Map<string, OrmTrace[]>): void {
  const layers = [...groups]
    .filter(([name]) => familyName(name) === "sqlalchemy")
    .flatMap(([, traces]) => traces);
  const builds = layers.some(({ grade }) => grade === "model" || grade === "query" || grade === "self");
  const texts = layers.filter(({ grade }) => grade === "text");
  if (builds || texts.length === 0) return;
  groups.set("raw-sql", [...(groups.get("raw-sql") ?? []), ...texts]);
  for (const [name, traces] of groups)
    if (familyName(name) === "sqlalchemy")
      groups.set(
        name,
        traces.filter(({ grade }) => grade !== "text"),
      );
}

function countWeight(traces: readonly OrmTrace[]): number {
  return traces.reduce((sum, trace) => sum + WEIGHTS[trace.grade], 0);
}

function productionRoles(
  view: ProjectView,
  groups: ReadonlyMap<string, readonly OrmTrace[]>,
): Map<string, OrmRole> {
  const roles = new Map<string, OrmRole>();
  const inUse: { name: string; weight: number }[] = [];
  const families = new Set([...groups.keys()].map(familyName));
  for (const [name, traces] of groups) {
    const weight = countWeight(traces);
    if (weight === 0) {
      roles.set(name, isNeeded(view, name, traces) && groups.size === 1 ? "primary" : "supports");
      continue;
    }
    const rooted = traces.filter((trace) => !trace.isIntegration && trace.grade !== "import");
    // One ORM alone is what the project is for, wherever its code lies; several side by side are offered, unless an
    // application works with one of them throughout.
    const isOffered = families.size > 1 && (rooted.length === 0 || isOptional(view, name));
    if (isOffered && weight >= HEAVY_USE && buildsApplication(view)) {
      inUse.push({ name, weight });
      continue;
    }
    if (isOffered) roles.set(name, "supports");
    else inUse.push({ name, weight });
  }
  inUse.sort((left, right) => right.weight - left.weight || compareText(left.name, right.name));
  const main =
    inUse.find(({ name }) => name !== "raw-sql" && isMapper(name, groups.get(name) ?? [])) ??
    inUse.find(({ name }) => name === "raw-sql") ??
    inUse[0];
  for (const { name } of inUse) roles.set(name, name === main?.name ? "primary" : "secondary");
  return roles;
}

/** SQLAlchemy's layers and what stands on them are one family. */
function familyName(name: string): string {
  return name.startsWith("sqlalchemy") || ormFoundation(name).startsWith("sqlalchemy") ? "sqlalchemy" : name;
}

function buildsApplication(view: ProjectView): boolean {
  return frameworkTraces(view).some(({ grade, isIntegration }) => grade === "application" && !isIntegration);
}

/** Made to build and run statements: an engine that only SQL text goes through, or a query builder, is not. */
function isMapper(name: string, traces: readonly OrmTrace[]): boolean {
  const kind = ormNamed(name)?.kind;
  if (kind === "query-builder" && familyName(name) !== "sqlalchemy") return false;
  return (
    traces.some(({ grade }) => grade === "self" || grade === "model" || grade === "query") ||
    kind === "relational" ||
    kind === "document"
  );
}

/** Imported where the code cannot do without, and asked for by the manifest: used in ways that were not followed. */
function isNeeded(view: ProjectView, name: string, traces: readonly OrmTrace[]): boolean {
  const distributions = new Set(ormNamed(name)?.distributions ?? []);
  const isAsked = view.project.manifests.some(({ dependencies }) =>
    dependencies.some((one) => one.scope === "runtime" && distributions.has(one.name)),
  );
  return (
    isAsked && traces.some(({ isOptional: canDoWithout, isIntegration }) => !canDoWithout && !isIntegration)
  );
}

/** True when the project's own manifests ask for the ORM only as an extra, or for development. */
function isOptional(view: ProjectView, name: string): boolean {
  const distributions = new Set(ormNamed(name)?.distributions ?? []);
  const asked = view.project.manifests.flatMap((manifest) =>
    manifest.dependencies.filter((one) => distributions.has(one.name)),
  );
  return asked.length > 0 && asked.every(({ scope }) => scope === "optional" || scope === "development");
}

/** ORMs imported only by files that do not count. */
function devOnly(view: ProjectView): Map<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const file of view.project.files) {
    if (view.counts(file) || file.role === "migration") continue;
    for (const { root, name, path, line } of externalImports(view.world, file)) {
      const orm = ormOfImportRoot(root);
      const isOther = orm === null || (orm.name === "django-orm" && !/^django\.db\b/.test(name));
      if (!isOther && !found.has(orm.name))
        found.set(orm.name, { path, line, says: `${file.role} code imports ${name}` });
    }
  }
  return found;
}

function ormUse(
  view: ProjectView,
  name: string,
  role: OrmRole,
  traces: readonly OrmTrace[],
  dev: Evidence | undefined,
): OrmUse {
  const { manifests } = view.project;
  const found = (ormNamed(name)?.distributions ?? [])
    .map((distribution) => versionOf(manifests, distribution))
    .find((one) => one !== null);
  return {
    name,
    version: found?.version ?? null,
    role,
    evidence: role === "dev-only" && dev !== undefined ? [dev] : strongest(traces),
  };
}

/** One a file, the strongest grade first. */
function strongest(traces: readonly OrmTrace[]): Evidence[] {
  const sorted = [...traces].sort(
    (left, right) =>
      GRADES.indexOf(left.grade) - GRADES.indexOf(right.grade) ||
      compareText(left.evidence.path, right.evidence.path) ||
      left.evidence.line - right.evidence.line,
  );
  const seen = new Set<string>();
  return sorted
    .flatMap((trace) => {
      if (seen.has(trace.evidence.path)) return [];
      seen.add(trace.evidence.path);
      return [trace.evidence];
    })
    .slice(0, MOST_EVIDENCE);
}
