// What was seen of a project, signal by signal, each as one short line for people. Shared by the formats made for people,
// which escape it: the lines quote the repository.

import type { AdminSignal, Evidence, ProjectReport, Query } from "../model/report.ts";
import { counted, grouped, percent } from "./count-words.ts";
import { productName } from "./display-names.ts";

export interface SignalLine {
  readonly label: string;
  readonly says: string;
  /** The place that shows it best, where one does. */
  readonly at: Pick<Evidence, "path" | "line"> | null;
}

const join = (parts: readonly (string | false)[]) =>
  parts.filter((part) => part !== false && part !== "").join(" · ");

/** Whether a query stalls the event loop: executed synchronously, in async code, and not in a thread. */
function isBlocking(query: Query): boolean {
  return query.inAsync && query.execution.kind === "sync" && !query.execution.threaded;
}

const ACCESS = {
  async: "database access is async",
  mixed: "database access is partly async",
  sync: "database access is sync",
  none: "no database access seen",
  unknown: "database access could not be judged",
} as const;

/** How asynchronous the project is, and the first query that blocks an event loop if one does. */
export function asyncLines({ async, findings, queries }: ProjectReport): readonly SignalLine[] {
  const { awaited, threaded, syncInSync, syncInAsync } = async.access;
  const blocking = queries.items.find(isBlocking);
  const ways: readonly (readonly [count: number, way: string])[] = [
    [awaited, "awaited"],
    [threaded, "in threads"],
    [syncInSync, "in plain functions"],
    [syncInAsync, "blocking the event loop"],
  ];
  const access = join(ways.map(([count, way]) => count > 0 && `${grouped(count)} ${way}`));
  const made = [...async.engines, ...async.servers].join(", ");
  const says = join([
    ACCESS[async.databaseAccess] + (access === "" ? "" : ` (${access})`),
    async.functions > 0 &&
      `${grouped(async.asyncFunctions)} of ${counted(async.functions, "function")} async`,
    async.endpoints > 0 &&
      `${grouped(async.asyncEndpoints)} of ${counted(async.endpoints, "endpoint")} async`,
    made !== "" && `uses ${made}`,
  ]);
  const general = { label: "async", says, at: async.evidence[0] ?? null };
  const reaching = findings.filter(({ rule }) => rule === "blocking-query-reached-from-async");
  if (syncInAsync + reaching.length === 0) return [general];
  const [first] = reaching;
  const calls = counted(reaching.length, "call");
  const direct = `${counted(syncInAsync, "query", "queries")} in coroutines`;
  const alone = `${direct} ${syncInAsync === 1 ? "blocks" : "block"} the event loop`;
  const both = `${direct}, and more that coroutines reach through ${calls}, block the event loop`;
  const led = `queries that coroutines reach through ${calls} block the event loop`;
  const blocked = reaching.length === 0 ? alone : syncInAsync === 0 ? led : both;
  const at =
    blocking === undefined ? (first ?? null) : { path: blocking.path, line: blocking.execution.line };
  const place = at === null ? null : { path: at.path, line: at.line };
  return [general, { label: "", says: blocked, at: place }];
}

function modelsLine({ models }: ProjectReport): SignalLine {
  return {
    label: "models",
    says: models.total === 0 ? "none" : `${grouped(models.total)}, ${counted(models.relations, "relation")}`,
    at: models.items[0] ?? null,
  };
}

function databasesLine({ databases }: ProjectReport): SignalLine {
  const items = databases.items.map(({ alias, engine, driver }) => {
    const what = `${alias}: ${engine ?? "engine from the environment"}`;
    return driver === null ? what : `${what} by ${driver}`;
  });
  const driversOnly = databases.items.length === 0 && databases.drivers.length > 0;
  return {
    label: "databases",
    says: join([
      items.length > 0 ? items.join(", ") : driversOnly ? "none configured here" : "none seen",
      driversOnly &&
        `${databases.drivers.length === 1 ? "driver" : "drivers"} ${databases.drivers.join(", ")}`,
      databases.routers > 0 && counted(databases.routers, "router"),
      databases.explicitRouting > 0 &&
        `${counted(databases.explicitRouting, "query", "queries")} routed by hand`,
    ]),
    at: databases.items[0]?.evidence[0] ?? databases.evidence[0] ?? null,
  };
}

function migrationsLine({ migrations }: ProjectReport): SignalLine {
  return {
    label: "migrations",
    says:
      migrations.tools.length === 0
        ? "no tool seen"
        : migrations.tools.map(({ tool, count }) => `${productName(tool)} ${grouped(count)}`).join(" · "),
    at: migrations.tools[0]?.evidence[0] ?? migrations.evidence[0] ?? null,
  };
}

function adminName({ kind, name }: AdminSignal): string {
  return kind === "django" ? "Django admin" : (name ?? "third-party admin");
}

function adminLine({ admin }: ProjectReport): SignalLine {
  return {
    label: "admin",
    says:
      admin.kind === "none"
        ? "none seen"
        : `${adminName(admin)}, ${counted(admin.registrations, "registration")}`,
    at: admin.evidence[0] ?? null,
  };
}

function typingLine({ typing }: ProjectReport): SignalLine {
  const mapped = typing.mappedAttributes + typing.unmappedAttributes;
  return {
    label: "typing",
    says: join([
      typing.functions > 0
        ? `${percent(typing.annotatedFunctions, typing.functions)} of functions annotated`
        : "no functions",
      mapped > 0 && `${grouped(typing.mappedAttributes)} of ${counted(mapped, "attribute")} Mapped[]`,
      typing.checkers.length > 0 ? typing.checkers.join(", ") : "no type checker configured",
      typing.stubs.length > 0 && `stubs: ${typing.stubs.join(", ")}`,
    ]),
    at: null,
  };
}

function conceptsLine({ concepts }: ProjectReport): SignalLine {
  const used = [...concepts.items].sort((a, b) => b.uses - a.uses).slice(0, 4);
  const names = used.map(({ name }) => name).join(", ");
  return {
    label: "concepts",
    says: concepts.total === 0 ? "none" : `${grouped(concepts.total)} of the ORM in use, most: ${names}`,
    at: null,
  };
}

/** Every signal but queries and async, which have lines of their own. */
export function signalLines(project: ProjectReport): readonly SignalLine[] {
  return [
    modelsLine(project),
    databasesLine(project),
    migrationsLine(project),
    adminLine(project),
    typingLine(project),
    conceptsLine(project),
  ];
}

/** The same signals in one line, for readers in a hurry. */
export function briefSignals({
  models,
  databases,
  migrations,
  admin,
  typing,
  concepts,
}: ProjectReport): string {
  const engines = [...new Set(databases.items.map(({ engine }) => engine ?? "unknown engine"))];
  return join([
    counted(models.total, "model"),
    engines.length === 0
      ? "no database configured"
      : `${counted(databases.items.length, "database")} (${engines.join(", ")})`,
    migrations.tools.length === 0
      ? "no migrations"
      : migrations.tools
          .map(({ tool, count }) => `${counted(count, "migration")} of ${productName(tool)}`)
          .join(", "),
    admin.kind === "none"
      ? "no admin"
      : `${adminName(admin)} with ${counted(admin.registrations, "registration")}`,
    typing.functions > 0 && `${percent(typing.annotatedFunctions, typing.functions)} of functions annotated`,
    counted(concepts.total, "ORM concept"),
  ]);
}

/** "1 error · 2 warnings · 1 suppressed", or "none". */
export function findingWords(project: ProjectReport): string {
  const open = project.findings.filter(({ suppressed }) => !suppressed);
  const of = (severity: string) => open.filter((finding) => finding.severity === severity).length;
  const suppressed = project.findings.length - open.length;
  const parts = join([
    of("error") > 0 && counted(of("error"), "error"),
    of("warning") > 0 && counted(of("warning"), "warning"),
    of("note") > 0 && counted(of("note"), "note"),
    suppressed > 0 && `${grouped(suppressed)} suppressed`,
  ]);
  return parts === "" ? "none" : parts;
}
