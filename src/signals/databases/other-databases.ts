// Databases that other ORMs connect to, and those that drivers are called for directly.
import type { ExternalCall } from "../../evaluation/events.ts";
import { type MappingAtom, UNKNOWN, type Value } from "../../evaluation/value.ts";
import { driverOfConnect } from "../../knowledge/drivers.ts";
import { callAt } from "../code-at.ts";
import { evidenceAt, type ProjectView } from "../project-view.ts";
import type { FoundDatabase } from "./found-database.ts";
import { type EngineName, enginesOfUrls, readExpr, textsOf, uniqueEngines } from "./reading.ts";

interface Connector {
  readonly name: RegExp;
  /** The database when the call's own name says it; null where its arguments do. */
  readonly engine: string | null;
}

/** Sources: the "connecting" page of each library's documentation. */
const CONNECTORS: readonly Connector[] = [
  { name: /^(?:peewee|playhouse\.\w+)\.(?:\w*Postgres\w*Database|AsyncPostgres\w*)$/, engine: "postgresql" },
  { name: /^(?:peewee|playhouse\.\w+)\.\w*(?:MySQL|MariaDB)\w*Database$/, engine: "mysql" },
  { name: /^(?:peewee|playhouse\.\w+)\.\w*(?:Sqlite|SqlCipher|APSW|CSqlite)\w*Database$/, engine: "sqlite" },
  { name: /^(?:peewee|playhouse\.\w+)\.\w*Cockroach\w*Database$/, engine: "cockroachdb" },
  { name: /^playhouse\.(?:db_url\.connect|flask_utils\.FlaskDB)$/, engine: null },
  {
    name: /^tortoise(?:\.\w+)*\.(?:Tortoise\.init|register_tortoise|RegisterTortoise|run_async)$/,
    engine: null,
  },
  {
    name: /^(?:mongoengine|flask_mongoengine)(?:\.\w+)*\.(?:connect|register_connection|MongoEngine)$/,
    engine: "mongodb",
  },
  { name: /^beanie(?:\.\w+)*\.init_beanie$/, engine: "mongodb" },
  { name: /^odmantic(?:\.\w+)*\.(?:AIOEngine|SyncEngine)$/, engine: "mongodb" },
  { name: /^(?:motor\.\w+\.\w*Client|pymongo(?:\.\w+)*\.(?:Async)?MongoClient)$/, engine: "mongodb" },
  { name: /^piccolo\.engine(?:\.\w+)*\.PostgresEngine$/, engine: "postgresql" },
  { name: /^piccolo\.engine(?:\.\w+)*\.CockroachEngine$/, engine: "cockroachdb" },
  { name: /^piccolo\.engine(?:\.\w+)*\.SQLiteEngine$/, engine: "sqlite" },
  { name: /^pony\.orm(?:\.\w+)*\.Database(?:\.bind)?$/, engine: null },
  { name: /^(?:edgy|saffier)(?:\.\w+)*\.(?:Registry|Database)$/, engine: null },
  { name: /^quart_db\.QuartDB$/, engine: null },
];

const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["postgres", "postgresql"],
  ["mysql", "mysql"],
  ["sqlite", "sqlite"],
  ["oracle", "oracle"],
  ["cockroach", "cockroachdb"],
]);

/** Databases of ORMs beside Django's and SQLAlchemy's, one an alias. */
export function otherDatabases(view: ProjectView): FoundDatabase[] {
  const found = new Map<string, FoundDatabase>();
  const note = (alias: string, engines: readonly EngineName[], call: ExternalCall): void => {
    const evidence = evidenceAt(call.site.module, call.site.start, "connects to a database");
    const known = found.get(alias);
    found.set(alias, {
      alias,
      engines: uniqueEngines([...(known?.engines ?? []), ...engines]),
      evidence: [...(known?.evidence ?? []), evidence].slice(0, 2),
    });
  };
  for (const call of view.externalCalls) {
    const connector = CONNECTORS.find(({ name }) => name.test(call.name));
    if (connector === undefined) continue;
    const connections = tortoiseConnections(call);
    for (const [alias, value] of connections) note(alias, enginesOfConnection(value), call);
    if (connections.length === 0)
      note(
        aliasOf(call),
        connector.engine === null ? enginesOfCall(view, call) : [{ engine: connector.engine, driver: null }],
        call,
      );
  }
  return [...found.values()];
}

function aliasOf({ keywords }: ExternalCall): string {
  const alias = keywords.get("alias") ?? UNKNOWN;
  const [atom] = alias;
  return atom?.kind === "text" && alias.length === 1 ? atom.parts.join("") : "default";
}

function enginesOfCall(view: ProjectView, { site, args, keywords }: ExternalCall): EngineName[] {
  const texts = new Set<string>();
  for (const value of [...args, ...keywords.values()]) textsOf(value, texts);
  const expr = callAt(site.module, site);
  for (const part of expr === null ? [] : [...expr.args, ...expr.keywords.map(({ value }) => value)])
    for (const text of readExpr(view, site.module.frame, part).texts) texts.add(text);
  const byUrl = enginesOfUrls([...texts]);
  if (byUrl.length > 0) return byUrl;
  return [...texts].flatMap((text) => {
    const engine = PROVIDERS.get(text);
    return engine === undefined ? [] : [{ engine, driver: null }];
  });
}

/** `{"connections": {"default": …}}`, as `config=` or the first argument. */
function tortoiseConnections({ name, args, keywords }: ExternalCall): (readonly [string, Value])[] {
  if (!name.startsWith("tortoise")) return [];
  const configured = [
    ...(keywords.get("config") ?? UNKNOWN),
    ...(args[0] ?? UNKNOWN),
    ...(args[1] ?? UNKNOWN),
  ];
  return configured.filter(isMapping).flatMap(({ entries }) => {
    const connections = (entries.get("connections") ?? UNKNOWN).filter(isMapping);
    return connections.flatMap((mapping) => [...mapping.entries]);
  });
}

function isMapping(atom: Value[number]): atom is MappingAtom {
  return atom.kind === "mapping";
}

/** A URL, or `{"engine": "tortoise.backends.asyncpg", …}`. */
function enginesOfConnection(value: Value): EngineName[] {
  const texts = new Set<string>();
  textsOf(value, texts);
  const backends = [...texts].flatMap((text) => {
    const driver = /^tortoise\.backends\.(\w+)$/.exec(text)?.[1];
    const engine = driver === undefined ? undefined : TORTOISE_BACKENDS.get(driver);
    return engine === undefined || driver === undefined ? [] : [{ engine, driver }];
  });
  return backends.length > 0 ? backends : enginesOfUrls([...texts]);
}

/** Source: tortoise.github.io/databases.html. */
const TORTOISE_BACKENDS: ReadonlyMap<string, string> = new Map([
  ["asyncpg", "postgresql"],
  ["psycopg", "postgresql"],
  ["sqlite", "sqlite"],
  ["mysql", "mysql"],
  ["asyncodbc", "mssql"],
  ["mssql", "mssql"],
  ["oracle", "oracle"],
]);

/** Databases that the code opens by a driver's own function, one an engine; key-value stores and the like are left out. */
export function driverDatabases(view: ProjectView): FoundDatabase[] {
  const found = new Map<string, FoundDatabase>();
  for (const { name, site } of view.externalCalls) {
    const driver = driverOfConnect(name);
    if (driver === null || (!driver.sql && driver.engine !== "mongodb")) continue;
    const known = found.get(driver.engine);
    const evidence = evidenceAt(site.module, site.start, `connects through ${driver.name}`);
    found.set(driver.engine, {
      alias: known?.alias ?? driver.name,
      engines: uniqueEngines([...(known?.engines ?? []), { engine: driver.engine, driver: driver.name }]),
      evidence: [...(known?.evidence ?? []), evidence].slice(0, 2),
    });
  }
  return [...found.values()];
}
