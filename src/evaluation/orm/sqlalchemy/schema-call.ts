// Calls that read or change the schema: MetaData.create_all(), Table.create(), Inspector.get_table_names(). What they send is
// the dialect's own, so only the call is an item. Source: "Describing Databases with MetaData" and "Reflecting Database
// Objects" of SQLAlchemy's documentation.
import { externalInstance, isInstanceOf } from "../../atoms.ts";
import { constructionOf } from "../../call.ts";
import type { ClassInfo } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import { type Atom, type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { recordExecution, startQuery } from "../build-query.ts";
import type { CallContext, MethodCall } from "../call-context.ts";
import { entityModel, tableName } from "./entity.ts";
import { mappedBy } from "./mapped-class.ts";
import { CONNECTIONS, INSPECTOR, INSTANCE_STATE, METADATA } from "./names.ts";
import { keepKitTable } from "./testing-kit.ts";

const METADATA_CALLS = new Set(["create_all", "drop_all", "reflect"]);
const TABLE_CALLS = new Set(["create", "drop"]);
/** What a dialect asks the catalogue through a connection that it is given. */
const DIALECT_CALLS =
  /^(?:has_(?:table|index|schema|sequence)|get_(?:table_names|columns|pk_constraint|foreign_keys|indexes|view_names|schema_names))$/;
const INSPECTOR_CALLS = /^(?:get_\w+|has_\w+|reflect_table)$/;

/** A call of a method that sends DDL or reads the catalogue; null for other methods. */
export function schemaMethod(world: World, frame: Frame, atom: Atom, call: MethodCall): Value | null {
  if (!isSchemaCall(atom, call.name)) return null;
  runSchemaCall(world, frame, call, entityModel(atom), call.at);
  return UNKNOWN;
}

function isSchemaCall(atom: Atom, name: string): boolean {
  if (atom.kind === "sql") return atom.fragment.role === "table" && TABLE_CALLS.has(name);
  if (isInstanceOf(atom, METADATA)) return METADATA_CALLS.has(name);
  if (isInstanceOf(atom, OPERATIONS)) return OPERATIONS_CALLS.test(name);
  if (isInstanceOf(atom, DIALECT)) return DIALECT_CALLS.test(name);
  if (isInstanceOf(atom, INSPECTOR)) return INSPECTOR_CALLS.test(name);
  const isIndex = atom.kind === "instance" && atom.external === "sqlalchemy.Index";
  return (isIndex || tableName(atom) !== null) && TABLE_CALLS.has(name);
}

function runSchemaCall(
  world: World,
  frame: Frame,
  call: CallContext & { readonly name: string },
  model: ClassInfo | string | null,
  at: number,
): void {
  const orm = model === null || typeof model === "string" ? null : mappedBy(model);
  const query = startQuery({
    style: "sqlalchemy-dml",
    orm: orm ?? "sqlalchemy-core",
    layer: "core",
    model,
    operation: "ddl",
    site: call.site,
  });
  recordExecution(world, frame, query, { site: call.site, at, method: call.name });
}

/** `inspect(engine)`, `inspect(instance)`, and tables that are read from the database; null for other functions. */
export function schemaFunction(world: World, frame: Frame, name: string, call: CallContext): Value | null {
  if (name === "sqlalchemy.inspect" || name === "sqlalchemy.inspection.inspect") return inspected(call);
  if (name !== "sqlalchemy.Table") return null;
  const table = externalInstance(name, UNKNOWN, constructionOf(frame, call));
  keepKitTable(frame, table);
  if (!call.keywords.has("autoload_with")) return [table];
  const model = tableName(table);
  runSchemaCall(world, frame, { ...call, name: "autoload" }, model, call.site.start);
  return [table];
}

/** What `inspect()` gives depends on what it is asked about; both where that is not known. */
function inspected({ args }: CallContext): Value {
  const [subject = UNKNOWN] = args;
  const inspector = externalInstance("sqlalchemy.engine.Inspector");
  const state = externalInstance("sqlalchemy.orm.InstanceState");
  if (subject.some((atom) => isInstanceOf(atom, CONNECTIONS))) return [inspector];
  if (
    subject.some((atom) => atom.kind === "instance" && atom.class !== null && mappedBy(atom.class) !== null)
  )
    return [state];
  return subject.length === 0 ? [state, inspector] : UNKNOWN;
}

/** `Base.metadata` and the like, also of a session's or engine's class that is not here; null for other attributes. */
export function schemaAttribute(atom: InstanceAtom, name: string): Value | null {
  if (name === "dialect" && isInstanceOf(atom, CONNECTIONS))
    return [externalInstance("sqlalchemy.engine.Dialect")];
  if (name === "metadata" && isInstanceOf(atom, BASES)) return [externalInstance("sqlalchemy.MetaData")];
  if (!isInstanceOf(atom, INSTANCE_STATE)) return null;
  if (name === "async_session") return [externalInstance("sqlalchemy.ext.asyncio.AsyncSession")];
  return name === "session" ? [externalInstance("sqlalchemy.orm.Session")] : null;
}

/** An object that the code makes of a connection; `alembic.op` of migration scripts is judged as migrations are. */
const OPERATIONS: ReadonlySet<string> = new Set([
  "alembic.operations.Operations",
  "alembic.operations.base.Operations",
]);
const OPERATIONS_CALLS =
  /^(?:(?:add|drop|alter)_column|(?:create|drop|rename)_table|create_(?:table_comment|foreign_key|primary_key|unique_constraint|check_constraint|exclude_constraint)|(?:create|drop)_index|drop_constraint)$/;

const DIALECT: ReadonlySet<string> = new Set(["sqlalchemy.engine.Dialect"]);

const BASES: ReadonlySet<string> = new Set([
  "sqlalchemy.orm.declarative_base",
  "sqlalchemy.orm.automap_base",
  "sqlalchemy.ext.automap.automap_base",
  "sqlalchemy.orm.registry",
]);

const EXTERNAL_METADATA =
  /^(?:sqlmodel\.SQLModel|flask_sqlalchemy\.Model|sqlalchemy\.orm\.DeclarativeBase)\.metadata$/;

/** `SQLModel.metadata`: the metadata of a base class that is not here; null for other names. */
export function externalMetadata(name: string): Value | null {
  return EXTERNAL_METADATA.test(name) ? [externalInstance("sqlalchemy.MetaData")] : null;
}
