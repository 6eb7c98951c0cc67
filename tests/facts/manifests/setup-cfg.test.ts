import { expect, test } from "vitest";
import { collectSetupCfg } from "../../../src/facts/manifests/setup-cfg.ts";
import { problemsOf, short } from "./short.ts";

const read = (text: string) => collectSetupCfg("setup.cfg", text);

test("reads the declarative configuration of setuptools", () => {
  const manifest = read(`[metadata]
name = shop
classifiers =
    Framework :: Django
    # a comment
    Framework :: Django :: 4.2

[options]
python_requires = >=3.9
install_requires =
    Django>=4.2,<5 ; python_version >= "3.9"
    psycopg2

    celery[redis] >= 5  # broker
setup_requires = setuptools_scm
tests_require = pytest; pytest-django; mock ; python_version < "3"

[options.extras_require]
postgres = asyncpg
test: pytest
all =
    %(postgres)s
    uvicorn

[options.entry_points]
console_scripts =
    shop = shop.cli:main

[mypy]
plugins =
    mypy_django_plugin.main,
    pydantic.mypy
[mypy.plugins.django-stubs]
django_settings_module = "config.settings"
[tool:pytest]
DJANGO_SETTINGS_MODULE = config.settings
`);
  expect(manifest).toMatchObject({ projectName: "shop", requiresPython: ">=3.9" });
  expect(short(manifest)).toEqual([
    '11 runtime django>=4.2,<5 ; python_version >= "3.9"',
    "12 runtime psycopg2",
    "14 runtime celery[redis]>=5",
    "15 build setuptools-scm",
    "16 development/tests pytest",
    "16 development/tests pytest-django",
    '16 development/tests mock ; python_version < "3"',
    "19 optional/postgres asyncpg",
    "20 development/test pytest",
    "23 optional/all uvicorn",
  ]);
  expect(manifest.dependencies.find(({ name }) => name === "mock")?.applies).toBe(false);
  expect(manifest.classifiers.map(({ line }) => line)).toEqual([4, 6]);
  expect(manifest.entryPoints).toEqual([
    { group: "console_scripts", name: "shop", target: "shop.cli:main", line: 27 },
  ]);
  expect(manifest.tools.map(({ name, line, settings }) => [name, line, settings[0]?.value])).toEqual([
    ["mypy", 29, "mypy_django_plugin.main, pydantic.mypy"],
    ["django-stubs", 33, '"config.settings"'],
    ["pytest", 35, "config.settings"],
  ]);
  expect(manifest.problems).toEqual([]);
});

test("follows file: to requirements files", () => {
  const manifest = read("[options]\ninstall_requires = file: requirements.txt, extra.txt\n");
  expect(manifest.includes.map(({ path, scope, line }) => [path, scope, line])).toEqual([
    ["requirements.txt", "runtime", 2],
    ["extra.txt", "runtime", 2],
  ]);
});

test("tells of lines that are no setting, and of requirements that cannot be read", () => {
  const manifest = read("stray\n[options]\nno setting here\ninstall_requires =\n  django\n  ???\n");
  expect(short(manifest)).toEqual(["5 runtime django"]);
  expect(manifest.problems.map(({ line }) => line)).toEqual([1, 3, 6]);
});

test.each([
  ["prototype keys", 0, "[options.extras_require]\n__proto__ = django\n[__proto__]\na = b\n"],
  ["no sections", 3, "\0\n=\n:\n"],
  ["a line of 10 MB", 1, `[options]\ninstall_requires = ${"a;".repeat(5_000_000)}`],
])(
  "survives %s",
  (_, problems, text) => {
    const start = performance.now();
    expect(problemsOf(read(text))).toHaveLength(problems);
    expect(performance.now() - start).toBeLessThan(10_000);
  },
  30_000,
);
