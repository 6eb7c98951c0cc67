// Methods of sessions and connections, sync and async: what they send to the database and what they give back.
// Tables: SQLAlchemy's Session, AsyncSession and Connection references.
import type { Expr } from "../../../model/code.ts";
import type { QueryOperation } from "../../../model/report.ts";
import { externalInstance, instanceOf, isConstant, isInstanceOf, joinAll, sequence } from "../../atoms.ts";
import { callValue } from "../../call.ts";
import type { ClassInfo } from "../../class-info.ts";
import type { Execution } from "../../events.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import type { Query } from "../../query.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { featureAt, recordExecution, startQuery, stepQuery } from "../build-query.ts";
import { argument, type MethodCall } from "../call-context.ts";
import { forgetHandedOver } from "../thread-hand-over.ts";
import { fetchedRow } from "../trigger.ts";
import { additionChange, addValue, emptyAddition, forgetConditions } from "./absorb.ts";
import { entityRow, mappedClass, modelOf, rowOf, selectedWidth, sourceOf } from "./entity.ts";
import { mappedBy } from "./mapped-class.ts";
import {
  ASYNC_CONNECTIONS,
  ASYNC_RESULT,
  ASYNC_SESSIONS,
  CONNECTIONS,
  RESULT,
  SCALARS,
  SESSIONS,
} from "./names.ts";
import { eagerJoins, loadedBy } from "./option-effects.ts";
import { applySessionMethod, openedAt } from "./session-state.ts";

const RUNS_STATEMENT =
  /^(?:execute|scalar|scalars|stream|stream_scalars|exec|exec_driver_sql|execute_async|query_one)$/;
const LOADS_BY_KEY = /^(?:get|get_one)$/;
const WRITES = new Map<string, QueryOperation>([
  ["add", "insert"],
  ["add_all", "insert"],
  ["merge", "upsert"],
  ["delete", "delete"],
  ["flush", "flush"],
  ["commit", "commit"],
  ["refresh", "select"],
  ["bulk_save_objects", "insert"],
  ["bulk_insert_mappings", "insert"],
  ["bulk_update_mappings", "update"],
]);
/** Operations that only mark an object: the statement is sent by the next flush. */
const UNIT_OF_WORK = new Set(["add", "add_all"]);
/** AsyncSession.delete() is awaited because it may load what a cascade deletes. */
const SYNC_UNIT_OF_WORK = new Set([...UNIT_OF_WORK, "delete"]);

/** A method call on a session or connection; null when the receiver is neither. */
export function sessionMethod(
  world: World,
  frame: Frame,
  atom: InstanceAtom,
  call: MethodCall,
): Value | null {
  const isAsyncSession = isInstanceOf(atom, ASYNC_SESSIONS);
  const isAsync = isAsyncSession || isInstanceOf(atom, ASYNC_CONNECTIONS);
  const isSession = isAsyncSession || isInstanceOf(atom, SESSIONS);
  if (!isAsync && !isSession && !isInstanceOf(atom, CONNECTIONS)) return null;
  const { name } = call;
  if (isAsyncSession) applySessionMethod(frame, call);
  if (RUNS_STATEMENT.test(name)) return runStatement(world, frame, call, isAsync);
  if (isSession && name === "query") return startLegacyQuery(world, frame, call);
  if (isSession && LOADS_BY_KEY.test(name)) return loadByKey(world, frame, call, isAsync);
  if (isSession && WRITES.has(name)) return write(world, frame, call, isAsync);
  if (name === "run_sync") return runSync(world, frame, call, isAsyncSession);
  return connectionMethod(atom, name, isAsync);
}

function connectionMethod(atom: InstanceAtom, name: string, isAsync: boolean): Value {
  const connection = externalInstance(
    isAsync ? "sqlalchemy.ext.asyncio.AsyncConnection" : "sqlalchemy.engine.Connection",
  );
  switch (name) {
    case "begin":
    case "connect":
    case "begin_nested":
    case "begin_twophase": {
      const isEngine = /Engine$/.test(atom.external ?? "");
      const entered: Value = isEngine ? [connection] : [atom];
      return isEngine && !isAsync && name === "connect"
        ? [connection]
        : [
            {
              kind: "context",
              entered,
              ...(name === "begin" && isInstanceOf(atom, ASYNC_SESSIONS) && { commits: atom }),
            },
          ];
    }
    case "connection":
      return isAsync ? [{ kind: "awaitable", value: [connection], executions: [] }] : [connection];
    case "query_property":
      return [externalInstance("sqlalchemy.orm.query_property")];
    case "execution_options":
    case "__enter__":
      return [atom];
    case "raw_connection":
      return [externalInstance("sqlalchemy.engine.PoolProxiedConnection")];
    case "get_bind":
      return [externalInstance("sqlalchemy.engine.Engine")];
    default:
      return UNKNOWN;
  }
}

/** The statements an argument may be; something not known is still a statement. */
function statementsIn(world: World, frame: Frame, call: MethodCall, value: Value): Query[] {
  const found = value.flatMap((atom): Query[] => {
    if (atom.kind === "query") return [atom.query];
    if (atom.kind === "text") return [rawStatement(call, [atom])];
    if (atom.kind === "sql") return [fragmentStatement(world, frame, call, atom)];
    return [];
  });
  if (found.length > 0) return found;
  const start = {
    style: "sqlalchemy-select",
    orm: "sqlalchemy-core",
    layer: "core",
    model: null,
    operation: value.some(isSchemaElement) ? "ddl" : "unknown",
  } as const;
  return [{ ...startQuery({ ...start, site: call.site, isHeuristic: true }), rows: "values" }];
}

/** `CreateSchema("shop")`, `DDL("…")`. Source: "DDL Expression Constructs API" of SQLAlchemy's documentation. */
function isSchemaElement(atom: Atom): boolean {
  if (atom.kind !== "instance" || atom.external === null) return false;
  return /^sqlalchemy\.(?:sql\.ddl\.)?(?:(?:Create|Drop|Add)[A-Z]\w+|Set\w+Comment|DDL)$/.test(atom.external);
}

function rawStatement(call: MethodCall, text: Value): Query {
  const start = {
    style: "sqlalchemy-text",
    orm: "sqlalchemy-core",
    layer: "raw",
    model: null,
    operation: "unknown",
  } as const;
  return { ...startQuery({ ...start, site: call.site }), rows: "values", text };
}

/** `session.scalar(exists(...).select())`: an expression run as a statement. */
function fragmentStatement(world: World, frame: Frame, call: MethodCall, atom: Atom): Query {
  const start = startQuery({
    style: "sqlalchemy-select",
    orm: "sqlalchemy-core",
    layer: "core",
    model: atom.kind === "sql" ? atom.fragment.model : null,
    operation: "select",
    site: call.site,
  });
  const addition = emptyAddition();
  addValue(world, frame, addition, [atom], call.at);
  forgetConditions(addition);
  return stepQuery(world, frame, start, call.site, { ...additionChange(start, addition), rows: "values" });
}

function runStatement(world: World, frame: Frame, call: MethodCall, isAsync: boolean): Value {
  const given = statementsIn(world, frame, call, argument(call, 0, "statement"));
  const statements = isOfMany(call) ? given.map((query) => asBulk(frame, query, call.at)) : given;
  const executions = statements.map((query) =>
    recordExecution(world, frame, query, {
      site: call.site,
      at: call.at,
      method: call.name,
      kind: isAsync ? "unawaited" : "sync",
    }),
  );
  const row = fromSession(joinAll(statements.map(fetchedRow)), isAsync, call.receiver);
  const value = resultValue(call.name, row);
  return isAsync ? [{ kind: "awaitable", value, executions }] : value;
}

/** `execute(statement, [{…}, {…}])` writes many rows with one statement. */
function isOfMany(call: MethodCall): boolean {
  const parameters =
    call.keywords.get("params") ?? call.keywords.get("parameters") ?? call.args[1] ?? UNKNOWN;
  return parameters.some((atom) => atom.kind === "sequence" && atom.of !== "tuple");
}

function asBulk(frame: Frame, query: Query, at: number): Query {
  const isWrite = /^(?:insert|update|delete)$/.test(query.operation);
  return isWrite ? { ...query, features: [...query.features, featureAt(frame, "bulk", at)] } : query;
}

/** Rows know whether reading what they lack may wait for the database. */
function fromSession(row: Value, isAsync: boolean, session: Atom): Value {
  if (!isAsync) return row;
  const opened = openedAt(session);
  return row.map((atom): Atom => {
    if (atom.kind === "sequence" && atom.items !== null)
      return sequence(
        atom.of,
        atom.items.map((item) => fromSession(item, isAsync, session)),
      );
    if (atom.kind !== "instance" || atom.origin === undefined) return atom;
    const held = opened === undefined ? {} : { session: opened };
    return { ...atom, origin: { ...atom.origin, isAsync: true, ...held } };
  });
}

function resultValue(method: string, row: Value): Value {
  switch (method) {
    case "scalar":
      return firstValue(row);
    case "scalars":
      return [externalInstance(SCALARS, firstValue(row))];
    case "exec":
      return [externalInstance(SCALARS, row)];
    case "stream":
      return [externalInstance(ASYNC_RESULT, row)];
    case "stream_scalars":
      return [externalInstance(ASYNC_RESULT, firstValue(row))];
    default:
      return [externalInstance(RESULT, row)];
  }
}

function startLegacyQuery(world: World, frame: Frame, call: MethodCall): Value {
  const line = lineIn(frame.module, call.site.start);
  const { model, isOneOfMany } = modelOf(call.args);
  const cls: ClassInfo | null = model !== null && typeof model !== "string" ? model : null;
  const start = startQuery({
    style: "sqlalchemy-query",
    orm: cls === null ? "sqlalchemy-orm" : (mappedBy(cls) ?? "sqlalchemy-orm"),
    layer: "orm",
    model,
    operation: "select",
    isOneOfMany,
    site: call.site,
  });
  const addition = emptyAddition();
  for (const value of call.args) addValue(world, frame, addition, value, call.site.start);
  forgetConditions(addition);
  const change = additionChange(start, addition);
  const isEntity =
    call.args.length === 1 &&
    (entityRow(call.args).length > 0 || (call.args[0] ?? []).some((atom) => mappedClass(atom) !== null));
  const query = stepQuery(world, frame, start, call.site, {
    ...change,
    rows: isEntity ? "instances" : "values",
    row: rowOf(call.args),
    shape: { ...change.shape, columns: isEntity ? 2 : Math.max(1, selectedWidth(call.args)) },
    sources: change.sources ?? (model === null ? [] : [sourceOf(model, line)]),
  });
  return [{ kind: "query", query }];
}

function loadByKey(world: World, frame: Frame, call: MethodCall, isAsync: boolean): Value {
  const entity = argument(call, 0, "entity");
  const { model, isOneOfMany } = modelOf([entity]);
  const cls = model !== null && typeof model !== "string" ? model : null;
  const start = startQuery({
    style: "sqlalchemy-select",
    orm: cls === null ? "sqlalchemy-orm" : (mappedBy(cls) ?? "sqlalchemy-orm"),
    layer: "orm",
    model,
    operation: "select",
    isOneOfMany,
    site: call.site,
  });
  const addition = emptyAddition();
  for (const value of call.keywords.values()) addValue(world, frame, addition, value, call.at);
  const query = stepQuery(world, frame, start, call.site, {
    features: addition.features,
    shape: { conditions: 1 },
    ...loadedBy(world, start, optionsOf(call)),
    eager: eagerJoins(start.eager, [call.keywords.get("options") ?? UNKNOWN]),
  });
  return executed(world, frame, query, call, isAsync, fromSession(fetchedRow(query), isAsync, call.receiver));
}

/** `session.get(Order, 1, options=[selectinload(Order.items)])`. */
function optionsOf({ expr }: MethodCall): readonly Expr[] {
  if (expr.kind !== "call") return [];
  return expr.keywords.filter(({ name }) => name === "options" || name === null).map(({ value }) => value);
}

function executed(
  world: World,
  frame: Frame,
  query: Query,
  call: MethodCall,
  isAsync: boolean,
  value: Value,
): Value {
  const execution: Execution = recordExecution(world, frame, query, {
    site: call.site,
    at: call.at,
    method: call.name,
    kind: isAsync ? "unawaited" : "sync",
  });
  return isAsync ? [{ kind: "awaitable", value, executions: [execution] }] : value;
}

/** A row of the session with the state of what it was given: the attributes that were set, the others as they are loaded. */
function merged(cls: ClassInfo, given: Value, isAsync: boolean, session: Atom): Value {
  const [atom] = given;
  const set = atom?.kind === "instance" ? atom.origin?.pending : undefined;
  const loaded = set ?? ["*"];
  const opened = openedAt(session);
  const origin = {
    library: "sqlalchemy",
    loaded,
    deferred: [],
    isAsync,
    expiredBy: null,
    ...(opened !== undefined && { session: opened }),
  } as const;
  return [{ ...instanceOf(cls), origin }];
}

function write(world: World, frame: Frame, call: MethodCall, isAsync: boolean): Value {
  const [subject = UNKNOWN] = call.args;
  const inner = subject.flatMap((atom) => (atom.kind === "sequence" ? atom.element : [atom]));
  const cls =
    inner
      .map((atom) => (atom.kind === "instance" || atom.kind === "class" ? atom.class : null))
      .find((found) => found !== null && mappedBy(found) !== null) ?? null;
  const query = startQuery({
    style: "sqlalchemy-dml",
    orm: cls === null ? "sqlalchemy-orm" : (mappedBy(cls) ?? "sqlalchemy-orm"),
    layer: "orm",
    model: cls,
    operation: WRITES.get(call.name) ?? "unknown",
    site: call.site,
  });
  // merge() selects nothing where the session holds the row already, which is unknown of one that was not made here.
  const mayBePrefetched = call.name === "merge" && !inner.some(isNew);
  const bulk = call.name.startsWith("bulk_") ? [{ name: "bulk", line: lineIn(frame.module, call.at) }] : [];
  if ((isAsync ? UNIT_OF_WORK : SYNC_UNIT_OF_WORK).has(call.name)) {
    if (frame.isRecording)
      world.recorder.built.set(`${frame.module.path}:${call.at}:${call.name}`, { ...query, features: bulk });
    return UNKNOWN;
  }
  const value: Value =
    call.name === "merge" && cls !== null ? merged(cls, inner, isAsync, call.receiver) : UNKNOWN;
  // `merge(row, load=False)` takes over what it is given and asks the database nothing. Source: Session.merge.
  if (call.name === "merge" && isConstant(call.keywords.get("load") ?? UNKNOWN, "False"))
    return isAsync ? [{ kind: "awaitable", value, executions: [] }] : value;
  return executed(world, frame, { ...query, features: bulk, mayBePrefetched }, call, isAsync, value);
}

function isNew(atom: Atom): boolean {
  return atom.kind === "instance" && (atom.construction !== null || atom.origin?.pending !== undefined);
}

/** `await session.run_sync(fn, *args)`: fn gets the sync session, off the event loop's way. */
function runSync(world: World, frame: Frame, call: MethodCall, isSession: boolean): Value {
  const [callee = UNKNOWN, ...args] = call.args;
  const given = externalInstance(isSession ? "sqlalchemy.orm.Session" : "sqlalchemy.engine.Connection");
  forgetHandedOver(frame, callee, args);
  const value = callValue(world, { ...frame, isThreaded: true, isGreenlet: true }, callee, {
    expr: call.expr,
    args: [[given], ...args],
    keywords: call.keywords,
    isThreaded: true,
  });
  return [{ kind: "awaitable", value, executions: [] }];
}

/** Rows of a result: `result.scalars().all()`, `result.first()`; awaited when the result is streamed. */
export function resultMethod(atom: InstanceAtom, call: MethodCall): Value | null {
  const { external: name, element } = atom;
  if (name !== RESULT && name !== SCALARS && name !== ASYNC_RESULT) return null;
  const isStreamed = name === ASYNC_RESULT;
  const value = rowsFrom(atom, call.name, element);
  const isRead =
    /^(?:all|first|one|one_or_none|scalar|scalar_one|scalar_one_or_none|fetchall|fetchone|fetchmany|partitions)$/.test(
      call.name,
    );
  return isStreamed && isRead ? [{ kind: "awaitable", value, executions: [] }] : value;
}

/** The first value of each row, where a row is several. */
function firstValue(row: Value): Value {
  return joinAll(row.map((atom) => (atom.kind === "sequence" ? (atom.items?.[0] ?? UNKNOWN) : [atom])));
}

function rowsFrom(atom: InstanceAtom, method: string, row: Value): Value {
  switch (method) {
    case "scalars":
      return [externalInstance(atom.external === ASYNC_RESULT ? ASYNC_RESULT : SCALARS, firstValue(row))];
    case "scalar":
    case "scalar_one":
    case "scalar_one_or_none":
      return firstValue(row);
    case "all":
    case "fetchall":
    case "fetchmany":
    case "partitions":
      return [sequence("list", null, row)];
    case "unique":
    case "yield_per":
    case "tuples":
    case "columns":
      return [atom];
    case "mappings":
      return [externalInstance(atom.external === ASYNC_RESULT ? ASYNC_RESULT : RESULT, UNKNOWN)];
    default:
      return row;
  }
}
