// Database drivers used directly: what connects, what runs SQL text, which of it is awaited.
// Sources: PEP 249 for DB-API drivers; asyncpg, aiosqlite, aiomysql, databases, psycopg 3 references for the rest.
import type { DriverMode } from "../../../knowledge/driver.ts";
import { driverOfClass, driverOfConnect } from "../../../knowledge/drivers.ts";
import { sqlTextType } from "../../../knowledge/sql-text-types.ts";
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

/** A connection or pool by what makes it; null for other names. */
export function driverFactory(name: string): Value | null {
  const driver = driverOfConnect(name);
  if (driver === null || !driver.sql) return null;
  return [externalInstance(modeOf(driver.mode, name) === "async" ? ASYNC : SYNC)];
}

/** "sync" or "async" for a connection, pool or cursor of a driver; null for other instances. */
export function driverKind(atom: InstanceAtom): "sync" | "async" | null {
  const name = atom.external;
  if (name === null) return null;
  if (name === SYNC) return "sync";
  if (name === ASYNC) return "async";
  const known = sqlTextType(name);
  if (known !== null) return known;
  const driver = driverOfClass(name);
  return driver?.sql ? modeOf(driver.mode, name) : null;
}

/** Drivers with both forms name their asynchronous classes so. */
function modeOf(mode: DriverMode, name: string): "sync" | "async" {
  if (mode !== "both") return mode;
  return /async/i.test(name) ? "async" : "sync";
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
  const told =
    statements.length > 0
      ? statements.flatMap((one) => (one.kind === "query" ? [one.query] : []))
      : [rawQuery(frame, call, given)];
  const bulk = /^execute_?many$/.test(call.name)
    ? [{ name: "bulk", line: lineIn(frame.module, call.at) }]
    : [];
  const queries =
    bulk.length === 0 ? told : told.map((query) => ({ ...query, features: [...query.features, ...bulk] }));
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
