// SQLAlchemy's classes by what they do with statements. Names are canonical (see canonical-name.ts).

export const SESSIONS: ReadonlySet<string> = new Set([
  "sqlalchemy.orm.Session",
  "sqlalchemy.orm.scoped_session",
  "sqlmodel.Session",
  "flask_sqlalchemy.SignallingSession",
  "sqlalchemy.orm.sessionmaker.begin",
]);
export const ASYNC_SESSIONS: ReadonlySet<string> = new Set([
  "sqlalchemy.ext.asyncio.AsyncSession",
  "sqlalchemy.ext.asyncio.async_scoped_session",
  "sqlmodel.ext.asyncio.AsyncSession",
  "sqlmodel.AsyncSession",
]);
export const CONNECTIONS: ReadonlySet<string> = new Set([
  "sqlalchemy.engine.Connection",
  "sqlalchemy.Connection",
  "sqlalchemy.engine.Engine",
  "sqlalchemy.Engine",
]);
export const ASYNC_CONNECTIONS: ReadonlySet<string> = new Set([
  "sqlalchemy.ext.asyncio.AsyncConnection",
  "sqlalchemy.ext.asyncio.AsyncEngine",
]);
export const SESSION_FACTORIES: ReadonlySet<string> = new Set([
  "sqlalchemy.orm.sessionmaker",
  "sqlalchemy.ext.asyncio.async_sessionmaker",
]);
/** Annotations that say how a collection is loaded, as `lazy=` does. */
export const LAZY_COLLECTIONS: ReadonlyMap<string, string> = new Map([
  ["sqlalchemy.orm.DynamicMapped", "dynamic"],
  ["sqlalchemy.orm.WriteOnlyMapped", "write_only"],
]);
export const FLASK_EXTENSION: ReadonlySet<string> = new Set(["flask_sqlalchemy.SQLAlchemy"]);

export const RESULT = "sqlalchemy.engine.Result";
export const SCALARS = "sqlalchemy.engine.ScalarResult";
export const ASYNC_RESULT = "sqlalchemy.ext.asyncio.AsyncResult";
export const METADATA: ReadonlySet<string> = new Set(["sqlalchemy.MetaData"]);
export const INSPECTOR: ReadonlySet<string> = new Set([
  "sqlalchemy.engine.Inspector",
  "sqlalchemy.engine.reflection.Inspector",
  "sqlalchemy.Inspector",
]);
export const INSTANCE_STATE: ReadonlySet<string> = new Set(["sqlalchemy.orm.InstanceState"]);
