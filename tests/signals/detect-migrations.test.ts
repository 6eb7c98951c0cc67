import { describe, expect, it } from "vitest";
import { detectMigrations } from "../../src/signals/migrations/detect-migrations.ts";
import { viewOf } from "./view-of.ts";

async function toolsOf(files: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const { tools } = detectMigrations(await viewOf({ "app/main.py": "def main():\n    pass\n", ...files }));
  return Object.fromEntries(tools.map(({ tool, count }) => [tool, count]));
}

const DJANGO =
  "from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = []\n";
const ALEMBIC = 'from alembic import op\nrevision = "a1"\ndown_revision = None\ndef upgrade():\n    pass\n';

describe("detectMigrations", () => {
  it("counts Django's migrations of the project, not those of tests", async () => {
    expect(
      await toolsOf({
        "shop/models.py": "",
        "shop/migrations/__init__.py": "",
        "shop/migrations/0001_initial.py": DJANGO,
        "shop/migrations/0002_more.py": DJANGO,
        "tests/testapp/migrations/0001_initial.py": DJANGO,
      }),
    ).toEqual({ django: 2 });
  });

  it("counts a squashed migration in place of those it replaces", async () => {
    const squashed = `${DJANGO}    replaces = [("shop", "0001_initial"), ("shop", "0002_more")]\n`;
    expect(
      await toolsOf({
        "shop/migrations/0001_initial.py": DJANGO,
        "shop/migrations/0002_more.py": DJANGO,
        "shop/migrations/0001_squashed_0002_more.py": squashed,
        "shop/migrations/0003_last.py": DJANGO,
      }),
    ).toEqual({ django: 2 });
  });

  it("counts revisions of Alembic wherever they are kept, and names it when there are none yet", async () => {
    expect(
      await toolsOf({
        "alembic.ini": "[alembic]\n",
        "db/env.py": "from alembic import context\n",
        "db/versions/a1_first.py": ALEMBIC,
        "db/versions/b2_second.py": ALEMBIC,
      }),
    ).toEqual({ alembic: 2 });
    expect(await toolsOf({ "alembic.ini": "[alembic]\n" })).toEqual({ alembic: 0 });
  });

  it("names Alembic where code runs it on migrations made elsewhere", async () => {
    const code =
      'from alembic import command\nfrom alembic.config import Config\n\ndef up(url):\n    command.upgrade(Config(), "head")\n';
    expect(await toolsOf({ "app/schema.py": code })).toEqual({ alembic: 0 });
    expect(
      await toolsOf({ "app/schema.py": "from app.alembic import command\ncommand.upgrade()\n" }),
    ).toEqual({});
  });

  it("calls Alembic flask-migrate where that extension is used", async () => {
    expect(
      await toolsOf({
        "app/__init__.py": "from flask_migrate import Migrate\nmigrate = Migrate()\n",
        "migrations/versions/a1_first.py": ALEMBIC,
        "migrations/alembic.ini": "[alembic]\n",
      }),
    ).toEqual({ "flask-migrate": 1 });
  });

  it.each([
    [
      "aerich",
      "migrations/models/0_init.py",
      'from tortoise import BaseDBAsyncClient\nasync def upgrade(db: BaseDBAsyncClient) -> str:\n    return ""\n',
    ],
    ["yoyo", "migrations/0001_users.py", 'from yoyo import step\nsteps = [step("CREATE TABLE x (i int)")]\n'],
    [
      "peewee-migrate",
      "migrations/001_initial.py",
      "import peewee as pw\ndef migrate(migrator, database, fake=False):\n    pass\n",
    ],
    [
      "piccolo",
      "app/piccolo_migrations/app_2024.py",
      "from piccolo.apps.migrations.auto.migration_manager import MigrationManager\nasync def forwards():\n    pass\n",
    ],
    [
      "sqlalchemy-migrate",
      "app/migrate_repo/versions/001_x.py",
      "from migrate import *\ndef upgrade(migrate_engine):\n    pass\n",
    ],
    [
      "south",
      "shop/migrations/0001_initial.py",
      "from south.v2 import SchemaMigration\nclass Migration(SchemaMigration):\n    pass\n",
    ],
    ["hand-written", "app/migrations/0003_add_owner.py", "def upgrade(connection):\n    pass\n"],
    ["sql-files", "db/migrations/0001_users.sql", "CREATE TABLE x (i int);\n"],
    ["sql-files", "app/postgresql/migrations/migration_001_002.sql", "ALTER TABLE x ADD i int;\n"],
  ])("knows a migration of %s", async (tool, path, code) => {
    expect(await toolsOf({ [path]: code })).toEqual({ [tool]: 1 });
  });

  it("takes nothing for a migration by its name alone", async () => {
    expect(
      await toolsOf({
        "app/migrations/runner.py": "class Migration:\n    pass\ndef upgrade():\n    pass\n",
        "app/release.py": 'revision = "12"\n',
        "sql/report.sql": "SELECT 1;\n",
      }),
    ).toEqual({});
  });
});
