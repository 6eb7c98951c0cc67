// What the ENGINE of an entry of Django's DATABASES says. Wrappers (pools, metrics, extensions) keep the database's name as
// their last part, so a backend that is not listed is read by that part.
export interface DjangoBackend {
  readonly engine: string;
  /** True for backends with their own asynchronous input and output; Django's own hand queries to threads. */
  readonly async: boolean;
}

const BACKENDS: Readonly<Record<string, DjangoBackend>> = {
  // Source: docs.djangoproject.com/en/6.0/ref/settings, DATABASES, ENGINE; and the geographic ones of contrib.gis.
  "django.db.backends.postgresql": { engine: "postgresql", async: false },
  "django.db.backends.postgresql_psycopg2": { engine: "postgresql", async: false },
  "django.db.backends.mysql": { engine: "mysql", async: false },
  "django.db.backends.sqlite3": { engine: "sqlite", async: false },
  "django.db.backends.oracle": { engine: "oracle", async: false },
  "django.contrib.gis.db.backends.postgis": { engine: "postgresql", async: false },
  "django.contrib.gis.db.backends.mysql": { engine: "mysql", async: false },
  "django.contrib.gis.db.backends.spatialite": { engine: "sqlite", async: false },
  "django.contrib.gis.db.backends.oracle": { engine: "oracle", async: false },
  // Source: the packages' own documentation.
  psqlextra: { engine: "postgresql", async: false },
  "psqlextra.backend": { engine: "postgresql", async: false },
  "localized_fields.backend": { engine: "postgresql", async: false },
  "timescale.db.backends.postgresql": { engine: "postgresql", async: false },
  "timescale.db.backends.postgis": { engine: "postgresql", async: false },
  "django_tenants.postgresql_backend": { engine: "postgresql", async: false },
  "tenant_schemas.postgresql_backend": { engine: "postgresql", async: false },
  "django_async_backend.db.backends.postgresql": { engine: "postgresql", async: true },
  django_postgrespool: { engine: "postgresql", async: false },
  "dj_db_conn_pool.backends.postgresql": { engine: "postgresql", async: false },
  "dj_db_conn_pool.backends.mysql": { engine: "mysql", async: false },
  "django_prometheus.db.backends.postgresql": { engine: "postgresql", async: false },
  "django_prometheus.db.backends.postgis": { engine: "postgresql", async: false },
  "django_prometheus.db.backends.mysql": { engine: "mysql", async: false },
  "django_prometheus.db.backends.sqlite3": { engine: "sqlite", async: false },
  "django_prometheus.db.backends.spatialite": { engine: "sqlite", async: false },
  django_cockroachdb: { engine: "cockroachdb", async: false },
  django_cockroachdb_gis: { engine: "cockroachdb", async: false },
  "mysql.connector.django": { engine: "mysql", async: false },
  django_tidb: { engine: "mysql", async: false },
  django_psdb_engine: { engine: "mysql", async: false },
  "transaction_hooks.backends.postgresql_psycopg2": { engine: "postgresql", async: false },
  mssql: { engine: "mssql", async: false },
  sql_server: { engine: "mssql", async: false },
  "sql_server.pyodbc": { engine: "mssql", async: false },
  django_mongodb_backend: { engine: "mongodb", async: false },
  djongo: { engine: "mongodb", async: false },
  django_mongodb_engine: { engine: "mongodb", async: false },
  django_snowflake: { engine: "snowflake", async: false },
  django_spanner: { engine: "spanner", async: false },
  django_redshift_backend: { engine: "redshift", async: false },
  "django_redshift_backend.base": { engine: "redshift", async: false },
  "clickhouse_backend.backend": { engine: "clickhouse", async: false },
  ibm_db_django: { engine: "db2", async: false },
  django_firebird: { engine: "firebird", async: false },
  django_libsql: { engine: "sqlite", async: false },
  "libsql.db.backends.sqlite3": { engine: "sqlite", async: false },
  // No database at all: what Django falls back to when DATABASES is empty.
  "django.db.backends.dummy": { engine: "none", async: false },
};

const BY_LAST_PART: Readonly<Record<string, string>> = {
  postgresql: "postgresql",
  postgresql_psycopg2: "postgresql",
  postgres: "postgresql",
  postgis: "postgresql",
  postgresql_backend: "postgresql",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite3: "sqlite",
  sqlite: "sqlite",
  spatialite: "sqlite",
  oracle: "oracle",
  mssql: "mssql",
  mongodb: "mongodb",
};

/**
 * The database behind an ENGINE: "django.db.backends.postgresql", or a wrapper of the project's own whose last part names one
 * ("common.db.postgresql"). Null when the text says nothing.
 */
export function databaseOfDjangoBackend(engine: string): DjangoBackend | null {
  if (Object.hasOwn(BACKENDS, engine)) return BACKENDS[engine] ?? null;
  for (const part of engine.toLowerCase().split(".").reverse()) {
    const found = Object.hasOwn(BY_LAST_PART, part) ? BY_LAST_PART[part] : undefined;
    if (found !== undefined) return { engine: found, async: false };
  }
  return null;
}

export const DJANGO_BACKENDS: readonly string[] = Object.keys(BACKENDS);
