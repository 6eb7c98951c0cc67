import { describe, expect, test } from "vitest";
import { collectPyproject } from "../../../src/facts/manifests/pyproject.ts";
import { problemsOf, short } from "./short.ts";

const read = (text: string) => collectPyproject("services/api/pyproject.toml", text);

describe("[project]", () => {
  test("gives name, Python, dependencies, extras, classifiers and entry points, each with its line", () => {
    const manifest = read(`[build-system]
requires = ["hatchling>=1.2"]
[project]
name = "Shop.API"
requires-python = ">=3.11"
dependencies = [
  "FastAPI[all]>=0.110",
  'SQLAlchemy[asyncio]==2.0.29',
  "psycopg2-binary; sys_platform != 'win32'",
]
classifiers = ["Framework :: FastAPI"]
[project.optional-dependencies]
postgres = ["asyncpg"]
dev = ["pytest"]
[project.scripts]
shop = "shop.cli:main"
[project.entry-points.pytest11]
shop = "shop.testing"
`);
    expect(manifest).toMatchObject({ kind: "pyproject", projectName: "Shop.API", requiresPython: ">=3.11" });
    expect(short(manifest)).toEqual([
      "2 build hatchling>=1.2",
      "7 runtime fastapi[all]>=0.110",
      "8 runtime sqlalchemy[asyncio]==2.0.29",
      "9 runtime psycopg2-binary ; sys_platform != 'win32'",
      "13 optional/postgres asyncpg",
      "14 development/dev pytest",
    ]);
    expect(manifest.dependencies[2]).toMatchObject({ spelled: "SQLAlchemy", pinned: "2.0.29" });
    expect(manifest.classifiers).toEqual([{ text: "Framework :: FastAPI", line: 11 }]);
    expect(manifest.entryPoints).toEqual([
      { group: "console_scripts", name: "shop", target: "shop.cli:main", line: 16 },
      { group: "pytest11", name: "shop", target: "shop.testing", line: 18 },
    ]);
    expect(manifest.problems).toEqual([]);
  });

  test("follows dynamic dependencies to the files that setuptools and Hatch name", () => {
    const manifest = read(`[project]
dynamic = ["dependencies", "optional-dependencies"]
[tool.setuptools.dynamic]
dependencies = { file = ["requirements.txt", "../common.txt"] }
optional-dependencies.test = { file = "test.txt" }
[tool.hatch.metadata.hooks.requirements_txt]
files = ["hatch.txt"]
`);
    expect(manifest.includes).toEqual([
      { path: "services/api/requirements.txt", scope: "runtime", group: null, line: 4 },
      { path: "services/common.txt", scope: "runtime", group: null, line: 4 },
      { path: "services/api/hatch.txt", scope: "runtime", group: null, line: 7 },
      { path: "services/api/test.txt", scope: "development", group: "test", line: 5 },
    ]);
    expect(manifest.problems).toEqual([]);
  });

  test("says so when only the build tells the dependencies", () => {
    const manifest = read(
      '[build-system]\nbuild-backend = "hatchling.build"\n[project]\ndynamic = ["dependencies"]\n',
    );
    expect(problemsOf(manifest)).toEqual([
      "4: The dependencies are worked out by hatchling.build when it builds; they are not known.",
    ]);
  });

  test("says so when a table or list is of the wrong kind, and reads the rest", () => {
    const manifest = read(
      '[project]\ndependencies = "django"\n[project.optional-dependencies]\nx = ["a", 3, "b"]\n',
    );
    expect(short(manifest)).toEqual(["4 optional/x a", "4 optional/x b"]);
    expect(problemsOf(manifest)).toEqual([
      '2: "project.dependencies" is not a list; its dependencies are not known.',
      '4: An entry of "project.optional-dependencies.x" is not a text and was left out.',
    ]);
  });
});

describe("[dependency-groups]", () => {
  test("are read with their includes; a group has the widest scope of those that include it", () => {
    const manifest = read(`[dependency-groups]
dev = ["mypy", {include-group = "Typing_Stubs"}]
typing-stubs = ["django-stubs"]
web = ["django>=5"]
prod = [{include-group = "web"}, "gunicorn"]
kafka = ["aiokafka"]
common = ["responses"]
unit-tests = [{include-group = "common"}]
Every_Thing = [{include-group = "inner"}]
inner = ["celery"]
production = [{include-group = "every-thing"}]
`);
    expect(short(manifest)).toEqual([
      "2 development/dev mypy",
      "3 development/typing-stubs django-stubs",
      "4 runtime/web django>=5",
      "5 runtime/prod gunicorn",
      "6 optional/kafka aiokafka",
      "7 development/common responses",
      "10 runtime/inner celery",
    ]);
    expect(manifest.problems).toEqual([]);
  });

  test("tell of groups that do not exist, include each other or hold other things", () => {
    const manifest = read(`[dependency-groups]
a = [{include-group = "b"}, {include-group = "gone"}]
b = [{include-group = "a"}, {unknown = 1}, "flask"]
c = "django"
`);
    expect(short(manifest)).toEqual(["3 optional/b flask"]);
    expect(problemsOf(manifest)).toEqual([
      '2: The dependency group "gone", included here, does not exist.',
      '3: An entry of the dependency group "b" is not known and was left out.',
      '4: The dependency group "c" is not a list.',
    ]);
  });
});

describe("[tool.poetry]", () => {
  test("version 1: groups, extras, places, several constraints, scripts", () => {
    const manifest = read(`[tool.poetry]
name = "shop"
classifiers = ["Framework :: Django"]
[tool.poetry.dependencies]
python = "^3.11"
Django = "^4.2"
sqlalchemy = {version = "2.0.29", extras = ["asyncio"]}
psycopg2 = {version = "*", optional = true}
"common.lib" = {path = "../common", develop = true}
fork = {git = "https://user:secret@host.example/fork.git", branch = "main"}
numpy = [
  {version = "<2", python = "<3.9"},
  {version = ">=2", markers = "python_version >= '3.9'"},
]
broken = 3
[tool.poetry.extras]
postgres = ["psycopg2"]
[tool.poetry.dev-dependencies]
pytest = "8.1"
[tool.poetry.group.docs.dependencies]
sphinx = "*"
[tool.poetry.group.worker.dependencies]
celery = "~5.3"
[tool.poetry.scripts]
shop = "shop:main"
`);
    expect(manifest).toMatchObject({ projectName: "shop", requiresPython: "^3.11" });
    expect(short(manifest)).toEqual([
      "6 runtime django^4.2",
      "7 runtime sqlalchemy[asyncio]2.0.29",
      "8 optional/postgres psycopg2",
      "9 runtime common-lib @ ../common",
      "10 runtime fork @ https://host.example/fork.git",
      '12 runtime numpy<2 ; python_version < "3.9"',
      "13 runtime numpy>=2 ; python_version >= '3.9'",
      "19 development/dev pytest8.1",
      "21 development/docs sphinx",
      "23 optional/worker celery~5.3",
    ]);
    const pinned = manifest.dependencies.filter((dependency) => dependency.pinned !== null);
    expect(pinned.map(({ name, pinned: version }) => [name, version])).toEqual([
      ["sqlalchemy", "2.0.29"],
      ["pytest", "8.1"],
    ]);
    expect(manifest.workspaceMembers).toEqual(["../common"]);
    expect(problemsOf(manifest)).toEqual([
      '15: The dependency "broken" is neither a version nor a table and was left out.',
    ]);
  });

  test("version 2: the table adds places to what [project] names, and names no package twice", () => {
    const manifest = read(`[project]
dependencies = ["django>=5", "common"]
[tool.poetry.dependencies]
common = {path = "libs/common"}
extra-one = "1.0"
`);
    expect(short(manifest)).toEqual([
      "2 runtime django>=5",
      "2 runtime common @ libs/common",
      "5 runtime extra-one1.0",
    ]);
  });
});

test("PDM, Hatch, uv, Rye and Flit keep lists of their own", () => {
  const manifest = read(`[tool.pdm.dev-dependencies]
test = ["pytest", "-e file:///\${PROJECT_ROOT}/libs/sub#egg=sub"]
[tool.hatch.envs.default]
dependencies = ["coverage"]
[tool.hatch.envs.docs]
extra-dependencies = ["mkdocs"]
[tool.uv]
dev-dependencies = ["ruff"]
constraint-dependencies = ["werkzeug<3"]
[tool.uv.workspace]
members = ["packages/*"]
[tool.uv.sources]
Ruff = { git = "https://host.example/ruff" }
local = { path = "libs/local" }
[tool.flit.metadata]
module = "shop"
requires = ["flask"]
[tool.flit.metadata.requires-extra]
doc = ["sphinx"]
`);
  expect(short(manifest)).toEqual([
    "2 development/test pytest",
    `2 development/test sub @ file:///\${PROJECT_ROOT}/libs/sub`,
    "4 development/default coverage",
    "6 development/docs mkdocs",
    "8 development/dev ruff @ https://host.example/ruff",
    "9 constraint werkzeug<3",
    "17 runtime flask",
    "19 development/doc sphinx",
  ]);
  expect(manifest.workspaceMembers).toEqual(["packages/*", "libs/local"]);
  expect(manifest.projectName).toBe("shop");
});

test("configured tools come with the settings that signals use", () => {
  const manifest = read(`[tool.mypy]
plugins = ["mypy_django_plugin.main", "sqlalchemy.ext.mypy.plugin"]
strict = true
[tool.django-stubs]
django_settings_module = "config.settings"
[tool.pytest.ini_options]
DJANGO_SETTINGS_MODULE = "config.settings.test"
[tool.pyright]
typeCheckingMode = "strict"
[tool.aerich]
tortoise_orm = "app.db.TORTOISE_ORM"
[tool.alembic]
script_location = "migrations"
[tool.black]
`);
  const tools = manifest.tools.map(({ name, line, settings }) => [
    name,
    line,
    ...settings.map((setting) => `${setting.line} ${setting.name}=${setting.value}`),
  ]);
  expect(tools).toEqual([
    ["mypy", 1, "2 plugins=mypy_django_plugin.main, sqlalchemy.ext.mypy.plugin", "3 strict=true"],
    ["django-stubs", 4, "5 django_settings_module=config.settings"],
    ["pytest", 6, "7 django_settings_module=config.settings.test"],
    ["pyright", 8, "9 typecheckingmode=strict"],
    ["aerich", 10, "11 tortoise_orm=app.db.TORTOISE_ORM"],
    ["alembic", 12, "13 script_location=migrations"],
    ["black", 14],
  ]);
});

test("hostile keys and broken text give problems, never a fault", () => {
  const manifest = read(`[project.optional-dependencies]
__proto__ = ["polluted"]
constructor = ["b"]
[tool.poetry.group.__proto__.dependencies]
toString = "1"
`);
  expect(short(manifest)).toEqual([
    "2 optional/__proto__ polluted",
    "3 optional/constructor b",
    "5 optional/__proto__ tostring1",
  ]);
  expect(problemsOf(read("[project]\nname = \n"))[0]).toMatch(/^2: Malformed TOML/);
  expect(read("project = 3\ntool = []\ndependency-groups = 1\n").dependencies).toEqual([]);
});
