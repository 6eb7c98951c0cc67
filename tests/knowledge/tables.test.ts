// Every table of names: well formed, without two meanings of one name, and with its source.
import { describe, expect, it } from "vitest";
import { ADMIN_TOOLS, adminOfImportRoot, adminOfView } from "../../src/knowledge/admin-tools.ts";
import {
  ASGI_WORKER_CLASSES,
  handOverForm,
  INTERFACE_BRIDGES,
  LOOP_ENTRIES,
  SERVERS,
  TASK_QUEUES,
  THREAD_HAND_OVERS,
} from "../../src/knowledge/async-tools.ts";
import { CAPABILITIES } from "../../src/knowledge/capabilities.ts";
import { DRIVERS_OF_URLS, databaseOfUrl, URL_DIALECTS } from "../../src/knowledge/database-urls.ts";
import { DJANGO_BACKENDS, databaseOfDjangoBackend } from "../../src/knowledge/django-backends.ts";
import {
  DJANGO_MANAGERS,
  DJANGO_MODEL_BASES,
  DJANGO_RELATION_FIELDS,
  djangoModelBase,
} from "../../src/knowledge/django-models.ts";
import { DRIVERS, driverNamed, driverOfDistribution, driverOfModule } from "../../src/knowledge/drivers.ts";
import { extensionOfApplication, FRAMEWORK_EXTENSIONS } from "../../src/knowledge/framework-extensions.ts";
import {
  FRAMEWORKS,
  foundationsOf,
  frameworkHosting,
  frameworkNamed,
  frameworkOfApplication,
  frameworkOfDistribution,
} from "../../src/knowledge/frameworks.ts";
import {
  MIGRATION_TOOLS,
  migrationToolOfMark,
  migrationToolsOfPath,
} from "../../src/knowledge/migration-tools.ts";
import { ORMS, ormFoundation, ormNamed, ormOfDistribution } from "../../src/knowledge/orms.ts";
import { SQLALCHEMY_BASES } from "../../src/knowledge/sqlalchemy-bases.ts";
import { TYPE_CHECKERS, TYPE_STUBS, typeStubsOfDistribution } from "../../src/knowledge/type-tools.ts";
import { normalisePackageName } from "../../src/text/normalise-package-name.ts";

interface Entry {
  readonly name: string;
  readonly source: string;
  readonly distributions?: readonly string[];
}

const TABLES: Readonly<Record<string, readonly Entry[]>> = {
  frameworks: FRAMEWORKS,
  orms: ORMS,
  drivers: DRIVERS,
  "migration tools": MIGRATION_TOOLS,
  "admin tools": ADMIN_TOOLS,
  "type checkers": TYPE_CHECKERS,
  "type stubs": TYPE_STUBS,
  servers: SERVERS,
  "task queues": TASK_QUEUES,
  "Django model bases": DJANGO_MODEL_BASES,
  "SQLAlchemy bases": SQLALCHEMY_BASES,
  capabilities: CAPABILITIES.map(({ feature, source }) => ({ name: feature, source })),
  "framework extensions": FRAMEWORK_EXTENSIONS.map(({ framework, name, ...rest }) => ({
    ...rest,
    name: `${framework} ${name}`,
  })),
};

/** A name that is in a list more than once. */
function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

describe.each(Object.entries(TABLES))("the table of %s", (_title, entries) => {
  it("names each entry once and gives its source", () => {
    expect(repeated(entries.map(({ name }) => name))).toEqual([]);
    expect(entries.filter(({ source }) => source.trim().length < 6)).toEqual([]);
  });

  it("writes distributions as PEP 503 compares them, each once an entry", () => {
    for (const { name, distributions = [] } of entries) {
      expect(distributions, name).toEqual(distributions.map(normalisePackageName));
      expect(repeated(distributions), name).toEqual([]);
    }
  });
});

const CANONICAL = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/;
const CANONICAL_LISTS: Readonly<Record<string, readonly string[]>> = {
  "framework applications": FRAMEWORKS.flatMap((entry) => entry.applications),
  "framework factories": FRAMEWORKS.flatMap((entry) => entry.factories),
  "framework parts": FRAMEWORKS.flatMap((entry) => entry.parts),
  "framework hosts": FRAMEWORKS.flatMap((entry) => entry.livesInside),
  "extension applications": FRAMEWORK_EXTENSIONS.flatMap((entry) => entry.applications),
  "model bases of ORMs": ORMS.flatMap((entry) => entry.modelBases),
  "driver calls": DRIVERS.flatMap((entry) => entry.connect),
  "driver classes": DRIVERS.flatMap((entry) => entry.classes),
  "migration marks": MIGRATION_TOOLS.flatMap((entry) => entry.marks),
  "admin registrations": ADMIN_TOOLS.flatMap((entry) => entry.registers),
  "server starts": SERVERS.flatMap((entry) => entry.starts),
  "thread hand-overs": [...THREAD_HAND_OVERS.keys()],
  "loop entries": [...LOOP_ENTRIES],
  bridges: [...INTERFACE_BRIDGES.keys()],
  "Django model bases": DJANGO_MODEL_BASES.map((entry) => entry.name),
  "Django relation fields": [...DJANGO_RELATION_FIELDS.keys()],
  "Django managers": [...DJANGO_MANAGERS],
  "SQLAlchemy bases": SQLALCHEMY_BASES.map((entry) => entry.name),
};

describe.each(Object.entries(CANONICAL_LISTS))("the names in %s", (_title, names) => {
  it("are dotted, and stand for one thing each", () => {
    expect(names.filter((name) => !CANONICAL.test(name))).toEqual([]);
    expect(repeated(names)).toEqual([]);
  });
});

describe("references between tables", () => {
  it("lead to entries that exist", () => {
    for (const { builtOn } of FRAMEWORKS)
      if (builtOn !== null) expect(frameworkNamed(builtOn), builtOn).not.toBeNull();
    for (const { builtOn } of ORMS) if (builtOn !== null) expect(ormNamed(builtOn), builtOn).not.toBeNull();
    for (const { framework } of FRAMEWORK_EXTENSIONS)
      expect(frameworkNamed(framework), framework).not.toBeNull();
    for (const { orm } of MIGRATION_TOOLS) if (orm !== null) expect(ormNamed(orm), orm).not.toBeNull();
    for (const { orms } of ADMIN_TOOLS) for (const orm of orms) expect(ormNamed(orm), orm).not.toBeNull();
    for (const { orm } of SQLALCHEMY_BASES) expect(ormNamed(orm), orm).not.toBeNull();
    for (const name of DRIVERS_OF_URLS) expect(driverNamed(name), name).not.toBeNull();
  });
});

describe("frameworks", () => {
  it("are found by what builds an application, not by what only serves one", () => {
    expect(frameworkOfApplication("fastapi.FastAPI")?.name).toBe("fastapi");
    expect(frameworkOfApplication("aiohttp.web.Application")?.name).toBe("aiohttp");
    expect(frameworkOfApplication("aiohttp.ClientSession")).toBeNull();
    expect(frameworkOfApplication("falcon.asgi.App")?.name).toBe("falcon");
    expect(extensionOfApplication("apiflask.APIFlask")?.framework).toBe("flask");
    expect(frameworkHosting("django.apps.AppConfig")?.name).toBe("django");
  });
  it("know what they stand on", () => {
    expect(foundationsOf("fastapi")).toEqual(["starlette"]);
    expect(foundationsOf("nicegui")).toEqual(["fastapi", "starlette"]);
    expect(foundationsOf("django")).toEqual([]);
    expect(frameworkOfDistribution("streamlit")?.decidesOrm).toBe(false);
  });
});

describe("ORMs and drivers", () => {
  it("are told apart", () => {
    expect(ormOfDistribution("psycopg2")).toBeNull();
    expect(driverOfDistribution("psycopg2-binary")?.name).toBe("psycopg2");
    expect(driverOfDistribution("sqlalchemy")).toBeNull();
    expect(ormFoundation("sqlmodel")).toBe("sqlalchemy-orm");
    expect(ormFoundation("ormar")).toBe("sqlalchemy-core");
    expect(ormFoundation("tortoise")).toBe("tortoise");
  });
  it("resolve a module by its longest known prefix", () => {
    expect(driverOfModule("psycopg2.extras")?.name).toBe("psycopg2");
    expect(driverOfModule("google.cloud.bigquery.dbapi")?.name).toBe("bigquery");
    expect(driverOfModule("google.cloud.storage")).toBeNull();
    expect(driverOfModule("snowflake.snowpark")).toBeNull();
  });
});

describe("databaseOfUrl", () => {
  it("reads dialect and driver", () => {
    expect(databaseOfUrl("postgresql+asyncpg://u@h/d")).toEqual({
      engine: "postgresql",
      driver: "asyncpg",
      async: true,
    });
    expect(databaseOfUrl("sqlite:///db.sqlite3")).toEqual({
      engine: "sqlite",
      driver: "sqlite3",
      async: false,
    });
    expect(databaseOfUrl("mysql+unheard://h/d")).toEqual({
      engine: "mysql",
      driver: "unheard",
      async: false,
    });
    expect(databaseOfUrl("postgresql+psycopg")).toEqual({
      engine: "postgresql",
      driver: "psycopg",
      async: false,
    });
  });
  it("refuses what is no database", () => {
    for (const text of ["https://example.org", "", "constructor://x", "postgres is fine", "a+b://c"])
      expect(databaseOfUrl(text), text).toBeNull();
  });
  it("knows each of its dialects", () => {
    for (const dialect of URL_DIALECTS) expect(databaseOfUrl(`${dialect}://h`)?.engine, dialect).toBeTruthy();
  });
});

describe("databaseOfDjangoBackend", () => {
  it("reads listed backends and wrappers named after a database", () => {
    for (const name of DJANGO_BACKENDS) expect(databaseOfDjangoBackend(name)?.engine, name).toBeTruthy();
    expect(databaseOfDjangoBackend("django_async_backend.db.backends.postgresql")?.async).toBe(true);
    expect(databaseOfDjangoBackend("common.db.backends.postgresql")?.engine).toBe("postgresql");
    expect(databaseOfDjangoBackend("our.special.backend")).toBeNull();
    expect(databaseOfDjangoBackend("toString")).toBeNull();
  });
});

describe("tools", () => {
  it("find migrations by path as candidates, and by mark for sure", () => {
    expect(migrationToolsOfPath("shop/migrations/0001_initial.py").map(({ name }) => name)).toEqual([
      "django",
    ]);
    expect(migrationToolsOfPath("shop/migrations/__init__.py")).toEqual([]);
    expect(migrationToolsOfPath("alembic/versions/1a2b_add.py").map(({ name }) => name)).toEqual(["alembic"]);
    expect(migrationToolsOfPath("db/V2__add.sql").map(({ name }) => name)).toEqual(["flyway"]);
    expect(migrationToolOfMark("django.db.migrations.Migration")?.name).toBe("django");
  });
  it("keep the dress of Django's admin apart from admins of their own", () => {
    expect(adminOfImportRoot("unfold")?.dressesDjangoAdmin).toBe(true);
    expect(adminOfView("sqladmin.ModelView")?.dressesDjangoAdmin).toBe(false);
    expect(adminOfView("django.contrib.admin.ModelAdmin")?.name).toBe("django");
  });
  it("know stubs, hand-overs and model bases", () => {
    expect(typeStubsOfDistribution("django-stubs")?.types).toBe("django-orm");
    expect(handOverForm("asgiref.sync.sync_to_async")).toBe("wraps");
    expect(handOverForm("asyncio.to_thread")).toBe("calls");
    expect(handOverForm("asyncio.create_task")).toBeNull();
    expect(ASGI_WORKER_CLASSES.has("uvicorn.workers.UvicornWorker")).toBe(true);
    expect(djangoModelBase("wagtail.models.Page")?.abstract).toBe(false);
    expect(djangoModelBase("mptt.models.MPTTModel")?.abstract).toBe(true);
  });
});
