// Database drivers used directly: what connects, what runs SQL text, which of it is awaited.
// Sources: PEP 249 for DB-API drivers; asyncpg, aiosqlite, aiomysql, databases, psycopg 3 references for the rest.
import { externalInstance } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import type { Query } from "../../query.ts";
import { type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { recordExecution, startQuery } from "../build-query.ts";
import { argument, type MethodCall } from "../call-context.ts";

/** Connections and cursors of DB-API drivers, whatever the driver. */
const SYNC = "dbapi.Connection";
const ASYNC = "dbapi.AsyncConnection";

const SYNC_CONNECT =
  /^(?:sqlite3|psycopg2|psycopg|pymysql|MySQLdb|mysql\.connector|oracledb|cx_Oracle|pyodbc|pymssql|duckdb|apsw|psycopg2cffi|pg8000|snowflake\.connector|cymysql|mariadb|ibm_db_dbi|jaydebeapi|sqlcipher3|pysqlcipher3)(?:\.dbapi2|\.dbapi|\.connections)?\.(?:connect|Connection|Connect|Connection\.connect|connect_async|cursor)$/;
const ASYNC_CONNECT =
  /^(?:asyncpg\.(?:connect|create_pool)|aiosqlite\.connect|aiomysql\.(?:connect|create_pool)|asyncmy\.(?:connect|create_pool)|aiopg\.(?:connect|create_pool)|aioodbc\.(?:connect|create_pool)|psycopg\.AsyncConnection\.connect|psycopg_pool\.AsyncConnectionPool|databases\.Database|oracledb\.(?:connect_async|create_pool_async)|aiochclient\.ChClient)$/;
const SYNC_POOLS =
  /^(?:psycopg_pool\.ConnectionPool|psycopg2\.pool\.\w+|dbutils\.\w+\.\w+|mysql\.connector\.pooling\.MySQLConnectionPool)$/;
const SYNC_TYPES =
  /^(?:(?:sqlite3|psycopg2|psycopg|pymysql|duckdb|apsw|oracledb|pyodbc|mysql\.connector|MySQLdb)\b.*\.(?:Connection|Cursor|connection|cursor|DuckDBPyConnection|DictCursor|RealDictCursor|MySQLConnection|MySQLCursor)|django\.db\.(?:Cursor|connection)|django\.db\.backends\..*(?:DatabaseWrapper|CursorWrapper)|sqlalchemy\.engine\.PoolProxiedConnection)$/;
const ASYNC_TYPES =
  /^(?:asyncpg\b.*\.(?:Connection|Pool|PoolConnectionProxy)|aiosqlite\b.*\.(?:Connection|Cursor)|aiomysql\b.*\.(?:Connection|Pool|Cursor|DictCursor)|asyncmy\b.*\.(?:Connection|Pool)|psycopg\.(?:AsyncConnection|AsyncCursor)|psycopg_pool\.AsyncConnectionPool|aiopg\b.*\.(?:Connection|Pool)|databases\.(?:core\.)?Database|quart_db\.(?:Connection|QuartDB|interfaces\.ConnectionABC))$/;

/** A connection or pool by what makes it; null for other names. */
export function driverFactory(name: string): Value | null {
  if (ASYNC_CONNECT.test(name)) return [externalInstance(ASYNC)];
  if (SYNC_CONNECT.test(name) || SYNC_POOLS.test(name)) return [externalInstance(SYNC)];
  return null;
}

/** "sync" or "async" for a connection, pool or cursor of a driver; null for other instances. */
export function driverKind(atom: InstanceAtom): "sync" | "async" | null {
  const name = atom.external;
  if (name === null) return null;
  if (name === SYNC || SYNC_TYPES.test(name)) return "sync";
  return name === ASYNC || ASYNC_TYPES.test(name) ? "async" : null;
}

const RUNS =
  /^(?:execute|executemany|executescript|execute_fetchall|execute_insert|callproc|callfunc|sql|query_df|copy|copy_expert|copy_from|copy_to|copy_records_to_table)$/;
const FETCH_RUNS =
  /^(?:fetch|fetchrow|fetchval|fetch_all|fetch_one|fetch_val|iterate|cursor|execute_many|fetchmany_sql)$/;
const GIVES_ITSELF =
  /^(?:cursor|acquire|connection|getconn|get_connection|transaction|begin|__enter__|connect|dict_cursor|get_conn|pipeline)$/;

/** A method of a driver's connection or cursor; null when the receiver is none. */
export function driverMethod(world: World, frame: Frame, atom: InstanceAtom, call: MethodCall): Value | null {
  const kind = driverKind(atom);
  if (kind === null) return null;
  const isAsync = kind === "async";
  const sqlText = [
    ...call.args.slice(0, 1).flat(),
    ...(call.keywords.get("query") ?? []),
    ...(call.keywords.get("sql") ?? []),
  ];
  const isFetch = isAsync && FETCH_RUNS.test(call.name) && sqlText.length > 0;
  if (RUNS.test(call.name) || isFetch) return runText(world, frame, atom, call, isAsync);
  if (GIVES_ITSELF.test(call.name))
    return isAsync ? [{ kind: "awaitable", value: [atom], executions: [] }] : [atom];
  return UNKNOWN;
}

function runText(world: World, frame: Frame, atom: InstanceAtom, call: MethodCall, isAsync: boolean): Value {
  const given = argument(call, 0, call.keywords.has("query") ? "query" : "sql");
  const statements = given.filter((one) => one.kind === "query");
  const queries =
    statements.length > 0
      ? statements.flatMap((one) => (one.kind === "query" ? [one.query] : []))
      : [rawQuery(frame, call, given)];
  const executions = queries.map((query) =>
    recordExecution(world, frame, query, {
      site: call.site,
      at: call.at,
      method: call.name,
      kind: isAsync ? "unawaited" : "sync",
    }),
  );
  return isAsync ? [{ kind: "awaitable", value: [atom], executions }] : [atom];
}

export function rawQuery(frame: Frame, call: MethodCall, text: Value): Query {
  const start = startQuery({
    style: "other",
    orm: "raw-sql",
    layer: "raw",
    model: null,
    operation: "unknown",
    site: call.site,
  });
  return {
    ...start,
    rows: "values",
    text,
    features: [{ name: "raw-fragment", line: lineIn(frame.module, call.at) }],
  };
}
