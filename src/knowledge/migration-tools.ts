// Tools that change a database's schema in steps, by their configuration files, their migration files and their names in code.
import { words } from "../text/words.ts";

export interface MigrationTool {
  /** As reports spell it. */
  readonly name: string;
  readonly distributions: readonly string[];
  readonly importRoots: readonly string[];
  /** Base names of configuration files that show it is set up. */
  readonly configFiles: readonly string[];
  /** Paths of migration files, relative to the repository, as a regular expression's source; null where code must tell. */
  readonly migrationPath: string | null;
  /** Canonical names of a migration's base class, decorator or set-up call. */
  readonly marks: readonly string[];
  /** The ORM (a name of orms.ts) whose models it migrates, or null for any. */
  readonly orm: string | null;
  /** The tool of this list that does its work, or null. */
  readonly builtOn: string | null;
  readonly source: string;
}

interface Row {
  readonly name: string;
  readonly distributions?: string;
  readonly importRoots?: string;
  readonly configFiles?: string;
  readonly migrationPath?: string;
  readonly marks?: string;
  readonly orm?: string;
  readonly builtOn?: string;
  readonly source: string;
}

function tool(row: Row): MigrationTool {
  return {
    name: row.name,
    distributions: words(row.distributions ?? ""),
    importRoots: words(row.importRoots ?? ""),
    configFiles: words(row.configFiles ?? ""),
    migrationPath: row.migrationPath ?? null,
    marks: words(row.marks ?? ""),
    orm: row.orm ?? null,
    builtOn: row.builtOn ?? null,
    source: row.source,
  };
}

export const MIGRATION_TOOLS: readonly MigrationTool[] = [
  tool({
    name: "django",
    distributions: "django",
    importRoots: "django.db.migrations",
    // Usually four digits and an underscore; `makemigrations --name` keeps the number, hand-made ones may not.
    migrationPath: "(^|/)migrations/(?!__init__)[^/]+\\.py$",
    marks: "django.db.migrations.Migration",
    orm: "django-orm",
    source: "docs.djangoproject.com/en/6.0/topics/migrations",
  }),
  tool({
    name: "alembic",
    distributions: "alembic",
    importRoots: "alembic",
    configFiles: "alembic.ini script.py.mako",
    migrationPath: "(^|/)versions/(?!__init__)[^/]+\\.py$",
    marks:
      "alembic.context.configure alembic.context.run_migrations alembic.op alembic.config.Config alembic.command.upgrade",
    orm: "sqlalchemy-orm",
    source: "alembic.sqlalchemy.org/en/latest/tutorial.html",
  }),
  tool({
    name: "flask-migrate",
    distributions: "flask-migrate flask-alembic",
    importRoots: "flask_migrate flask_alembic",
    marks: "flask_migrate.Migrate flask_alembic.Alembic",
    orm: "flask-sqlalchemy",
    builtOn: "alembic",
    source: "flask-migrate.readthedocs.io",
  }),
  tool({
    name: "advanced-alchemy",
    distributions: "advanced-alchemy",
    importRoots: "advanced_alchemy.alembic",
    marks:
      "advanced_alchemy.alembic.commands.AlembicCommands advanced_alchemy.extensions.litestar.AlembicAsyncConfig advanced_alchemy.config.AlembicAsyncConfig advanced_alchemy.config.AlembicSyncConfig",
    orm: "sqlalchemy-orm",
    builtOn: "alembic",
    source: "docs.advanced-alchemy.litestar.dev",
  }),
  tool({
    name: "sqlalchemy-migrate",
    distributions: "sqlalchemy-migrate",
    importRoots: "migrate",
    configFiles: "migrate.cfg",
    marks: "migrate.versioning.api.upgrade migrate.versioning.shell.main",
    orm: "sqlalchemy-core",
    source: "sqlalchemy-migrate.readthedocs.io",
  }),
  tool({
    name: "aerich",
    distributions: "aerich",
    importRoots: "aerich",
    configFiles: "aerich.ini",
    marks: "aerich.Command",
    orm: "tortoise",
    source: "github.com/tortoise/aerich",
  }),
  tool({
    name: "piccolo",
    distributions: "piccolo",
    importRoots: "piccolo.apps.migrations",
    configFiles: "piccolo_conf.py",
    migrationPath: "(^|/)piccolo_migrations/(?!__init__)[^/]+\\.py$",
    marks: "piccolo.apps.migrations.auto.migration_manager.MigrationManager",
    orm: "piccolo",
    source: "piccolo-orm.readthedocs.io, migrations",
  }),
  tool({
    name: "edgy",
    distributions: "edgy",
    marks: "edgy.Migrate edgy.Instance",
    orm: "edgy",
    builtOn: "alembic",
    source: "edgy.dymmond.com/migrations",
  }),
  tool({
    name: "saffier",
    distributions: "saffier",
    marks: "saffier.Migrate",
    orm: "saffier",
    builtOn: "alembic",
    source: "saffier.dymmond.com/migrations",
  }),
  tool({
    name: "prisma",
    distributions: "prisma",
    configFiles: "schema.prisma migration_lock.toml",
    migrationPath: "(^|/)prisma/migrations/[^/]+/migration\\.sql$",
    orm: "prisma",
    source: "prisma.io/docs/orm/prisma-migrate",
  }),
  tool({
    name: "peewee-migrate",
    distributions: "peewee-migrate peewee-moves peewee-migrations peewee-db-evolve",
    importRoots: "peewee_migrate peewee_moves peeweedbevolve playhouse.migrate",
    marks:
      "peewee_migrate.Router peewee_migrate.Migrator peewee_moves.DatabaseManager playhouse.migrate.migrate playhouse.migrate.SchemaMigrator",
    orm: "peewee",
    source: "docs.peewee-orm.com, schema migrations; github.com/klen/peewee_migrate",
  }),
  tool({
    name: "beanie",
    distributions: "beanie",
    marks: "beanie.iterative_migration beanie.free_fall_migration",
    orm: "beanie",
    source: "beanie-odm.dev/tutorial/migrations",
  }),
  tool({
    name: "orator",
    distributions: "orator",
    importRoots: "orator.migrations",
    marks: "orator.migrations.Migration",
    orm: "orator",
    source: "orator-orm.com/docs/0.9/migrations.html",
  }),
  tool({
    name: "masonite-orm",
    distributions: "masonite-orm",
    importRoots: "masoniteorm.migrations",
    marks: "masoniteorm.migrations.Migration",
    orm: "masonite-orm",
    source: "orm.masoniteproject.com/schema-and-migrations",
  }),
  tool({
    name: "yoyo",
    distributions: "yoyo-migrations",
    importRoots: "yoyo",
    configFiles: "yoyo.ini",
    marks: "yoyo.step yoyo.read_migrations yoyo.get_backend",
    source: "ollycope.com/software/yoyo",
  }),
  tool({
    name: "south",
    distributions: "south",
    importRoots: "south",
    migrationPath: "(^|/)south_migrations/(?!__init__)[^/]+\\.py$",
    marks: "south.v2.SchemaMigration south.v2.DataMigration",
    orm: "django-orm",
    source: "south.readthedocs.io; ended with Django 1.7",
  }),
  tool({
    name: "flyway",
    configFiles: "flyway.conf flyway.toml",
    migrationPath: "(^|/)V[0-9][0-9._]*__[^/]+\\.sql$",
    source: "documentation.red-gate.com/flyway",
  }),
  tool({
    name: "liquibase",
    configFiles:
      "liquibase.properties db.changelog-master.xml db.changelog-master.yaml databasechangelog.xml changelog.xml",
    source: "docs.liquibase.com",
  }),
  tool({
    name: "dbmate",
    migrationPath: "(^|/)db/migrations/[0-9]{14}_[^/]+\\.sql$",
    source: "github.com/amacneil/dbmate",
  }),
  tool({ name: "sqitch", configFiles: "sqitch.conf sqitch.plan", source: "sqitch.org/docs" }),
  tool({ name: "atlas", configFiles: "atlas.hcl atlas.sum", source: "atlasgo.io/docs" }),
  tool({
    name: "pgmigrate",
    distributions: "yandex-pgmigrate",
    configFiles: "migrations.yml",
    source: "github.com/yandex/pgmigrate",
  }),
];

const BY_CONFIG_FILE = indexBy((entry) => entry.configFiles);
const BY_MARK = indexBy((entry) => entry.marks);

function indexBy(column: (entry: MigrationTool) => readonly string[]): ReadonlyMap<string, MigrationTool> {
  return new Map(MIGRATION_TOOLS.flatMap((entry) => column(entry).map((name) => [name, entry] as const)));
}

/** The tool whose configuration file has that base name. */
export function migrationToolOfConfigFile(baseName: string): MigrationTool | null {
  return BY_CONFIG_FILE.get(baseName) ?? null;
}
/** The tool of which this canonical name is a migration's base class, decorator or set-up call. */
export function migrationToolOfMark(canonicalName: string): MigrationTool | null {
  return BY_MARK.get(canonicalName) ?? null;
}
/** Tools of which a file at this POSIX path could be a migration: a candidate, which code or configuration must confirm. */
export function migrationToolsOfPath(path: string): readonly MigrationTool[] {
  return MIGRATION_TOOLS.filter(
    ({ migrationPath }) => migrationPath !== null && new RegExp(migrationPath).test(path),
  );
}
