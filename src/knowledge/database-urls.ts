// What the scheme of a database URL says: "postgresql+asyncpg://…" names a database, a driver and whether it is asynchronous.
export interface UrlScheme {
  /** postgresql, mysql, sqlite, oracle, mssql, mongodb, … */
  readonly engine: string;
  /** Name of the driver (drivers.ts), or null where the scheme leaves it to a default that depends on versions. */
  readonly driver: string | null;
  readonly async: boolean;
}

/** What each dialect of a SQLAlchemy URL stands for, aliases and third-party dialects included. */
const DIALECTS: Readonly<Record<string, { readonly engine: string; readonly driver: string | null }>> = {
  // Source: docs.sqlalchemy.org/en/20/dialects, the included dialects and their default drivers.
  postgresql: { engine: "postgresql", driver: "psycopg2" },
  // "postgres" went with SQLAlchemy 1.4 but is still what other libraries and hosting platforms write.
  postgres: { engine: "postgresql", driver: null },
  mysql: { engine: "mysql", driver: "mysqlclient" },
  mariadb: { engine: "mysql", driver: "mysqlclient" },
  sqlite: { engine: "sqlite", driver: "sqlite3" },
  oracle: { engine: "oracle", driver: null },
  mssql: { engine: "mssql", driver: "pyodbc" },
  // Source: the table of external dialects on the same page.
  cockroachdb: { engine: "cockroachdb", driver: null },
  redshift: { engine: "redshift", driver: null },
  snowflake: { engine: "snowflake", driver: "snowflake" },
  bigquery: { engine: "bigquery", driver: "bigquery" },
  databricks: { engine: "databricks", driver: "databricks" },
  clickhouse: { engine: "clickhouse", driver: "clickhouse" },
  clickhousedb: { engine: "clickhouse", driver: "clickhouse" },
  duckdb: { engine: "duckdb", driver: "duckdb" },
  trino: { engine: "trino", driver: "trino" },
  presto: { engine: "trino", driver: "trino" },
  hive: { engine: "hive", driver: "trino" },
  db2: { engine: "db2", driver: "ibm-db" },
  ibm_db_sa: { engine: "db2", driver: "ibm-db" },
  firebird: { engine: "firebird", driver: null },
  crate: { engine: "cratedb", driver: null },
  hana: { engine: "hana", driver: null },
  teradatasql: { engine: "teradata", driver: null },
  vertica: { engine: "vertica", driver: null },
  awsathena: { engine: "athena", driver: null },
  spanner: { engine: "spanner", driver: null },
  // Schemes of dj-database-url and django-environ, and of libraries that speak to no SQL database.
  pgsql: { engine: "postgresql", driver: null },
  psql: { engine: "postgresql", driver: null },
  postgis: { engine: "postgresql", driver: null },
  psqlextra: { engine: "postgresql", driver: null },
  timescale: { engine: "postgresql", driver: null },
  timescalegis: { engine: "postgresql", driver: null },
  mysql2: { engine: "mysql", driver: null },
  mysqlgis: { engine: "mysql", driver: null },
  spatialite: { engine: "sqlite", driver: "sqlite3" },
  oraclegis: { engine: "oracle", driver: null },
  mssqlms: { engine: "mssql", driver: null },
  sqlserver: { engine: "mssql", driver: null },
  libsql: { engine: "sqlite", driver: "libsql" },
  mongodb: { engine: "mongodb", driver: null },
  redis: { engine: "redis", driver: "redis" },
  rediss: { engine: "redis", driver: "redis" },
  neo4j: { engine: "neo4j", driver: "neo4j" },
  bolt: { engine: "neo4j", driver: "neo4j" },
  cassandra: { engine: "cassandra", driver: "cassandra-driver" },
};

interface DriverPart {
  readonly driver: string;
  readonly async: boolean;
}
/** What follows the `+`: the name that SQLAlchemy gives a driver, with the driver's name in drivers.ts. */
const DRIVER_PARTS: Readonly<Record<string, DriverPart>> = {
  // Source: docs.sqlalchemy.org/en/20/dialects; the asynchronous ones are those that set `is_async` in the source of 2.0.
  psycopg2: { driver: "psycopg2", async: false },
  psycopg2cffi: { driver: "psycopg2", async: false },
  // The one driver that serves both: create_async_engine decides, so the URL alone says synchronous.
  psycopg: { driver: "psycopg", async: false },
  psycopg_async: { driver: "psycopg", async: true },
  asyncpg: { driver: "asyncpg", async: true },
  aiopg: { driver: "aiopg", async: true },
  pg8000: { driver: "pg8000", async: false },
  psqlpy: { driver: "psqlpy", async: true },
  pygresql: { driver: "pygresql", async: false },
  mysqldb: { driver: "mysqlclient", async: false },
  pymysql: { driver: "pymysql", async: false },
  aiomysql: { driver: "aiomysql", async: true },
  asyncmy: { driver: "asyncmy", async: true },
  mysqlconnector: { driver: "mysql-connector-python", async: false },
  mariadbconnector: { driver: "mariadb", async: false },
  pysqlite: { driver: "sqlite3", async: false },
  pysqlcipher: { driver: "sqlite3", async: false },
  aiosqlite: { driver: "aiosqlite", async: true },
  libsql: { driver: "libsql", async: false },
  cx_oracle: { driver: "cx-oracle", async: false },
  oracledb: { driver: "oracledb", async: false },
  oracledb_async: { driver: "oracledb", async: true },
  pyodbc: { driver: "pyodbc", async: false },
  aioodbc: { driver: "aioodbc", async: true },
  pymssql: { driver: "pymssql", async: false },
  asynch: { driver: "clickhouse", async: true },
  native: { driver: "clickhouse", async: false },
  http: { driver: "clickhouse", async: false },
  connector: { driver: "databricks", async: false },
  // MongoDB's name-lookup form of a URL.
  srv: { driver: "pymongo", async: false },
};

/**
 * What a URL's scheme says, with or without what follows it: "postgresql+asyncpg", "sqlite:///db.sqlite3". Null when the
 * scheme is none of a database; an unknown driver after a known dialect is kept by its own name.
 */
export function databaseOfUrl(url: string): UrlScheme | null {
  const match = /^([a-z0-9_.]+)(?:\+([a-z0-9_]+))?(?::|$)/i.exec(url.trim());
  const dialect = match?.[1]?.toLowerCase();
  if (dialect === undefined || !Object.hasOwn(DIALECTS, dialect)) return null;
  const known = DIALECTS[dialect];
  if (known === undefined) return null;
  const part = match?.[2]?.toLowerCase();
  if (part === undefined) return { ...known, async: false };
  const driver = Object.hasOwn(DRIVER_PARTS, part) ? DRIVER_PARTS[part] : undefined;
  return { engine: known.engine, driver: driver?.driver ?? part, async: driver?.async ?? false };
}

export const URL_DIALECTS: readonly string[] = Object.keys(DIALECTS);
/** Names of drivers.ts that a URL can lead to. */
export const DRIVERS_OF_URLS: readonly string[] = [
  ...Object.values(DIALECTS).flatMap(({ driver }) => (driver === null ? [] : [driver])),
  ...Object.values(DRIVER_PARTS).map(({ driver }) => driver),
];
