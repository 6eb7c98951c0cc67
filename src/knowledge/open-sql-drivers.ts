// Drivers of PostgreSQL, MySQL with MariaDB, and SQLite.
import { type Driver, driver } from "./driver.ts";

export const POSTGRESQL_DRIVERS: readonly Driver[] = [
  driver({
    name: "psycopg2",
    distributions: "psycopg2 psycopg2-binary psycopg2cffi psycopg2-pool",
    importRoots: "psycopg2 psycopg2cffi psycopg2_pool",
    engine: "postgresql",
    mode: "sync",
    connect: "psycopg2.connect psycopg2.pool.SimpleConnectionPool psycopg2.pool.ThreadedConnectionPool",
    classes:
      "psycopg2.extensions.connection psycopg2.extensions.cursor psycopg2.extras.RealDictCursor psycopg2.extras.DictCursor psycopg2.extras.NamedTupleCursor",
    source: "psycopg.org/docs",
  }),
  driver({
    name: "psycopg",
    distributions: "psycopg psycopg-binary psycopg-c psycopg-pool",
    importRoots: "psycopg psycopg_pool",
    engine: "postgresql",
    mode: "both",
    connect:
      "psycopg.connect psycopg.Connection.connect psycopg.AsyncConnection.connect psycopg_pool.ConnectionPool psycopg_pool.AsyncConnectionPool",
    classes:
      "psycopg.Connection psycopg.AsyncConnection psycopg.Cursor psycopg.AsyncCursor psycopg.ServerCursor psycopg.AsyncServerCursor psycopg.ClientCursor",
    source: "psycopg.org/psycopg3/docs",
  }),
  driver({
    name: "asyncpg",
    engine: "postgresql",
    mode: "async",
    connect: "asyncpg.connect asyncpg.create_pool",
    classes:
      "asyncpg.Connection asyncpg.Pool asyncpg.connection.Connection asyncpg.pool.Pool asyncpg.pool.PoolConnectionProxy asyncpg.Record",
    source: "magicstack.github.io/asyncpg",
  }),
  driver({
    name: "aiopg",
    engine: "postgresql",
    mode: "async",
    connect: "aiopg.connect aiopg.create_pool aiopg.sa.create_engine",
    classes: "aiopg.Connection aiopg.Cursor aiopg.Pool aiopg.sa.SAConnection aiopg.sa.Engine",
    source: "aiopg.readthedocs.io",
  }),
  driver({
    name: "pg8000",
    engine: "postgresql",
    mode: "sync",
    connect: "pg8000.connect pg8000.dbapi.connect pg8000.native.Connection",
    classes: "pg8000.dbapi.Connection pg8000.dbapi.Cursor",
    source: "its README",
  }),
  driver({
    name: "psqlpy",
    engine: "postgresql",
    mode: "async",
    connect: "psqlpy.connect psqlpy.ConnectionPool psqlpy.connect_pool",
    classes: "psqlpy.Connection psqlpy.Cursor",
    source: "psqlpy-python.github.io",
  }),
  driver({
    name: "pygresql",
    importRoots: "pgdb pg",
    engine: "postgresql",
    mode: "sync",
    connect: "pgdb.connect pg.connect pg.DB",
    source: "pygresql.org",
  }),
];

export const MYSQL_DRIVERS: readonly Driver[] = [
  driver({
    name: "mysqlclient",
    distributions: "mysqlclient mysql-python",
    importRoots: "MySQLdb",
    engine: "mysql",
    mode: "sync",
    connect: "MySQLdb.connect MySQLdb.Connect",
    classes: "MySQLdb.connections.Connection MySQLdb.cursors.Cursor MySQLdb.cursors.DictCursor",
    source: "mysqlclient.readthedocs.io",
  }),
  driver({
    name: "pymysql",
    engine: "mysql",
    mode: "sync",
    connect: "pymysql.connect pymysql.Connect pymysql.install_as_MySQLdb",
    classes: "pymysql.connections.Connection pymysql.cursors.Cursor pymysql.cursors.DictCursor",
    source: "pymysql.readthedocs.io",
  }),
  driver({
    name: "aiomysql",
    engine: "mysql",
    mode: "async",
    connect: "aiomysql.connect aiomysql.create_pool aiomysql.sa.create_engine",
    classes: "aiomysql.Connection aiomysql.Cursor aiomysql.DictCursor aiomysql.Pool",
    source: "aiomysql.readthedocs.io",
  }),
  driver({
    name: "asyncmy",
    engine: "mysql",
    mode: "async",
    connect: "asyncmy.connect asyncmy.create_pool",
    classes: "asyncmy.connection.Connection asyncmy.cursors.Cursor asyncmy.cursors.DictCursor",
    source: "its README",
  }),
  driver({
    name: "mysql-connector-python",
    distributions: "mysql-connector-python mysql-connector mysql-connector-python-rf",
    importRoots: "mysql.connector mysql",
    engine: "mysql",
    mode: "both",
    connect:
      "mysql.connector.connect mysql.connector.aio.connect mysql.connector.pooling.MySQLConnectionPool",
    classes:
      "mysql.connector.connection.MySQLConnection mysql.connector.cursor.MySQLCursor mysql.connector.MySQLConnection",
    source: "dev.mysql.com/doc/connector-python",
  }),
  driver({
    name: "mariadb",
    engine: "mysql",
    mode: "sync",
    connect: "mariadb.connect mariadb.ConnectionPool",
    source: "mariadb-corporation.github.io/mariadb-connector-python",
  }),
];

export const SQLITE_DRIVERS: readonly Driver[] = [
  driver({
    name: "sqlite3",
    // Part of the standard library; the second name is a newer build of it.
    distributions: "pysqlite3 pysqlite3-binary pysqlcipher3 sqlcipher3",
    importRoots: "sqlite3 pysqlite3 pysqlcipher3 sqlcipher3",
    engine: "sqlite",
    mode: "sync",
    connect: "sqlite3.connect sqlite3.dbapi2.connect pysqlite3.connect",
    classes: "sqlite3.Connection sqlite3.Cursor sqlite3.Row",
    source: "docs.python.org/3/library/sqlite3.html",
  }),
  driver({
    name: "aiosqlite",
    engine: "sqlite",
    mode: "async",
    connect: "aiosqlite.connect",
    classes: "aiosqlite.Connection aiosqlite.Cursor aiosqlite.core.Connection",
    source: "aiosqlite.omnilib.dev",
  }),
  driver({
    name: "apsw",
    engine: "sqlite",
    mode: "sync",
    connect: "apsw.Connection",
    classes: "apsw.Cursor",
    source: "rogerbinns.github.io/apsw",
  }),
  driver({
    name: "libsql",
    distributions: "libsql libsql-client libsql-experimental",
    importRoots: "libsql libsql_client libsql_experimental",
    engine: "sqlite",
    mode: "both",
    connect:
      "libsql.connect libsql_client.create_client libsql_client.create_client_sync libsql_experimental.connect",
    source: "docs.turso.tech/sdk/python",
  }),
];
