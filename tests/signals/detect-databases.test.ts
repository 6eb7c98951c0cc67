import { describe, expect, it } from "vitest";
import type { DatabaseSignal } from "../../src/model/report.ts";
import { detectDatabases } from "../../src/signals/databases/detect-databases.ts";
import { viewOf } from "./view-of.ts";

async function databasesOf(files: Readonly<Record<string, string>>): Promise<DatabaseSignal> {
  return detectDatabases(await viewOf(files));
}

function named({ items }: DatabaseSignal): string[] {
  return items.map(({ alias, engine, driver }) => `${alias}: ${engine ?? "?"} by ${driver ?? "?"}`);
}

const APPS = 'INSTALLED_APPS = ["shop"]\n';

describe("databases of Django settings", () => {
  it("reads a literal, and an alias that is added later, also in a branch", async () => {
    const signal = await databasesOf({
      "shop/settings.py": `${APPS}import os
DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "PASSWORD": "hunter2"}}
if os.environ.get("REPLICA"):
    DATABASES["replica"] = {"ENGINE": "django.db.backends.mysql"}
DATABASE_ROUTERS = ["shop.routers.Replica"]
`,
      "shop/views.py":
        "from .models import Order\ndef all_orders():\n    return list(Order.objects.using('replica'))\n",
      "shop/models.py":
        "from django.db import models\nclass Order(models.Model):\n    n = models.IntegerField()\n",
    });
    expect(named(signal)).toEqual(["default: mysql by ?", "replica: mysql by ?"]);
    expect(signal).toMatchObject({ routers: 1, explicitRouting: 1, unknown: null });
    expect(JSON.stringify(signal)).not.toContain("hunter2");
  });

  it.each([
    [
      "dj_database_url",
      'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="postgres://u:pw@h/db")}',
    ],
    [
      "dj_database_url.parse",
      'import dj_database_url, os\nDATABASES = {"default": dj_database_url.parse(os.environ.get("DB", "postgres://u:pw@h/db"))}',
    ],
    [
      "environ",
      'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db("DATABASE_URL", default="postgres://u:pw@h/db")}',
    ],
    [
      "a helper",
      'def make(name):\n    return {"ENGINE": "django.db.backends.postgresql", "NAME": name}\nDATABASES = {"default": make("a")}',
    ],
    [
      "an environment default",
      'import os\nDATABASES = {"default": {"ENGINE": os.getenv("DB_ENGINE", "django.db.backends.postgresql")}}',
    ],
    [
      "decouple",
      'from decouple import config\nDATABASES = {"default": {"ENGINE": config("ENGINE", default="django.db.backends.postgresql")}}',
    ],
    [
      "a function of the whole",
      'def databases():\n    return {"default": {"ENGINE": "django.contrib.gis.db.backends.postgis"}}\nDATABASES = databases()',
    ],
    ["an empty start", 'DATABASES = {}\nDATABASES["default"] = {"ENGINE": "django.db.backends.postgresql"}'],
    [
      "update()",
      'DATABASES = {}\nDATABASES.update({"default": {"ENGINE": "django.db.backends.postgresql"}})',
    ],
    [
      "an engine set alone",
      'DATABASES = {"default": {}}\nDATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"',
    ],
  ])("reads %s", async (_what, code) => {
    const signal = await databasesOf({ "shop/settings.py": `${APPS}${code}\n` });
    expect(signal.items.map(({ alias, engine }) => [alias, engine])).toEqual([["default", "postgresql"]]);
    expect(JSON.stringify(signal)).not.toContain("pw");
  });

  it("takes split settings for one database, and its SQLite for development as no second one", async () => {
    const signal = await databasesOf({
      "shop/settings/__init__.py": "",
      "shop/settings/base.py": `${APPS}ROOT_URLCONF = "shop.urls"\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}\n`,
      "shop/settings/dev.py":
        'from .base import *\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}, "scratch": {"ENGINE": "django.db.backends.sqlite3"}}\n',
      "shop/settings/test.py":
        'from .base import *\nDATABASES = {"other": {"ENGINE": "django.db.backends.sqlite3"}}\n',
    });
    expect(signal.items.map(({ alias, engine }) => [alias, engine])).toEqual([["default", "postgresql"]]);
  });

  it("reads class-based settings, properties included", async () => {
    const signal = await databasesOf({
      "shop/settings.py": `from configurations import Configuration
class Base(Configuration):
    INSTALLED_APPS = ["shop"]
    @property
    def DATABASES(self):
        return {"default": {"ENGINE": "django.db.backends.oracle"}}
`,
    });
    expect(signal.items.map(({ alias, engine }) => [alias, engine])).toEqual([["default", "oracle"]]);
  });

  it("quotes no secret that stands where a name should", async () => {
    const signal = await databasesOf({
      "shop/settings.py": `${APPS}DATABASES = {"pg://u:hunter2@h": {"ENGINE": "django.db.backends.mysql"}}\nDATABASE_ROUTERS = ["pg://u:hunter2@h"]\n`,
    });
    expect(signal.items).toHaveLength(1);
    expect(JSON.stringify(signal)).not.toContain("hunter2");
  });

  it("says so when the engine is known to the environment alone, unless the drivers tell", async () => {
    const settings = {
      "shop/settings.py": `${APPS}import os\nDATABASES = {"default": {"ENGINE": os.environ["DB_ENGINE"]}}\n`,
    };
    const open = await databasesOf(settings);
    expect(named(open)).toEqual(["default: ? by ?"]);
    expect(open.unknown).toContain("default");
    const told = await databasesOf({ ...settings, "requirements.txt": "psycopg2-binary==2.9\n" });
    expect(named(told)).toEqual(["default: postgresql by psycopg2"]);
    expect(told.unknown).toBeNull();
  });
});

describe("databases of SQLAlchemy", () => {
  it("takes a sync and an async engine on one setting for one database", async () => {
    const signal = await databasesOf({
      "app/db.py": `import os
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
URL = os.environ.get("DATABASE_URL", "postgresql+asyncpg://u:pw@h/db")
engine = create_async_engine(URL)
sync_engine = create_engine(URL.replace("+asyncpg", ""))
`,
    });
    expect(named(signal)).toEqual(["engine: postgresql by asyncpg"]);
  });

  it("tells engines by the settings they are read from", async () => {
    const signal = await databasesOf({
      "app/config.py": `from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    writer_db_url: str = "mysql+aiomysql://u:pw@h/db"
    reader_db_url: str = "mysql+aiomysql://u:pw@r/db"
settings = Settings()
`,
      "app/db.py": `from sqlalchemy.ext.asyncio import create_async_engine
from .config import settings
engines = {
    "writer": create_async_engine(settings.writer_db_url),
    "reader": create_async_engine(settings.reader_db_url),
}
`,
    });
    expect(signal.items.map(({ engine, driver }) => [engine, driver])).toEqual([
      ["mysql", "aiomysql"],
      ["mysql", "aiomysql"],
    ]);
    expect(JSON.stringify(signal)).not.toContain("pw");
  });

  it("reads Flask's URI and binds, not those of the testing configuration", async () => {
    const signal = await databasesOf({
      "app/config.py": `class Config:
    SQLALCHEMY_DATABASE_URI = "mysql+pymysql://u:pw@h/db"
    SQLALCHEMY_BINDS = {"archive": "sqlite:///archive.db"}
class TestingConfig(Config):
    SQLALCHEMY_DATABASE_URI = "oracle://"
`,
    });
    expect(named(signal)).toEqual(["default: mysql by pymysql", "archive: sqlite by sqlite3"]);
  });

  it("leaves an engine open that only a driver of documents could name", async () => {
    const signal = await databasesOf({
      "app/db.py": "from sqlalchemy import create_engine\ndef make(url):\n    return create_engine(url)\n",
      "requirements.txt": "pymongo==4.6\n",
    });
    expect(named(signal)).toEqual(["engine: ? by ?"]);
    expect(signal.unknown).not.toBeNull();
  });

  it("reads a URL built by parts", async () => {
    const signal = await databasesOf({
      "app/db.py": `from sqlalchemy import create_engine, URL
engine = create_engine(URL.create("postgresql+psycopg", username="u", password="pw"))
`,
    });
    expect(named(signal)).toEqual(["engine: postgresql by psycopg"]);
  });

  it("falls back on alembic.ini", async () => {
    const signal = await databasesOf({
      "app/models.py": "import sqlalchemy\n",
      "alembic.ini": "[alembic]\nsqlalchemy.url = postgresql+psycopg://u:pw@h/db\n",
    });
    expect(named(signal)).toEqual(["default: postgresql by psycopg"]);
    expect(signal.items[0]?.evidence).toEqual([
      { path: "alembic.ini", line: 2, says: "sets sqlalchemy.url" },
    ]);
  });
});

describe("other databases", () => {
  it("reads Tortoise's connections and Peewee's classes", async () => {
    const tortoise = await databasesOf({
      "app/db.py": `from tortoise import Tortoise
async def start():
    await Tortoise.init(config={"connections": {"default": "asyncpg://h/db", "log": {"engine": "tortoise.backends.mysql"}}})
`,
    });
    expect(tortoise.items.map(({ alias, engine }) => [alias, engine])).toEqual([
      ["default", null],
      ["log", "mysql"],
    ]);
    const peewee = await databasesOf({
      "app/db.py": 'from peewee import PostgresqlDatabase\ndb = PostgresqlDatabase("x")\n',
    });
    expect(peewee.items.map(({ engine }) => engine)).toEqual(["postgresql"]);
  });

  it("names a driver that code opens itself, and no SQLite file beside an ORM's database", async () => {
    const raw = await databasesOf({
      "app/db.py": 'import sqlite3\nconnection = sqlite3.connect("notes.db")\n',
    });
    expect(named(raw)).toEqual(["sqlite3: sqlite by sqlite3"]);
    const beside = await databasesOf({
      "app/db.py": `import sqlite3
from sqlalchemy import create_engine
engine = create_engine("postgresql+psycopg://h/db")
cache = sqlite3.connect("cache.db")
`,
    });
    expect(named(beside)).toEqual(["engine: postgresql by psycopg"]);
  });

  it("takes connectors to its users' databases for none of its own", async () => {
    const signal = await databasesOf({
      "app/__init__.py": "",
      "app/db.py":
        'from sqlalchemy import create_engine\nengine = create_engine("postgresql+psycopg://h/db")\n',
      "app/runners/__init__.py": "",
      "app/backends/__init__.py": "",
      "app/runners/a.py": "import pymysql\ndef run():\n    return pymysql.connect()\n",
      "app/runners/b.py": "import pyodbc\ndef run():\n    return pyodbc.connect()\n",
      "app/runners/c.py": "import oracledb\ndef run():\n    return oracledb.connect()\n",
      "app/runners/d.py": "import duckdb\ndef run():\n    return duckdb.connect()\n",
      "app/backends/mongodb.py": "import pymongo\ndef run():\n    return pymongo.MongoClient()\n",
    });
    expect(named(signal)).toEqual(["engine: postgresql by psycopg"]);
    expect(signal.drivers).toContain("pymysql");
  });

  it("finds none where there is none", async () => {
    expect(await databasesOf({ "app/main.py": "print(1)\n" })).toEqual({
      items: [],
      routers: 0,
      explicitRouting: 0,
      drivers: [],
      unknown: null,
      evidence: [],
    });
  });
});
