import { expect, test } from "vitest";
import { collectPyrightConfig, collectToolIni } from "../../../src/facts/manifests/tool-config.ts";
import { problemsOf, short } from "./short.ts";

test("tox.ini: what each environment installs, factors and substitutions aside", () => {
  const manifest = collectToolIni(
    "api/tox.ini",
    `[tox]
envlist = py{311,312}-django{42,50}
[testenv]
deps =
    pytest
    django42: Django>=4.2,<5
    !lint: -r{toxinidir}/requirements.txt
    {[base]deps}
[testenv:lint]
deps = flake8
[other]
deps = ignored
[pytest]
DJANGO_SETTINGS_MODULE = config.settings
`,
  );
  expect(short(manifest)).toEqual([
    "5 development pytest",
    "6 development django>=4.2,<5",
    "10 development/lint flake8",
  ]);
  expect(manifest.includes).toEqual([
    { path: "api/requirements.txt", scope: "development", group: null, line: 7 },
  ]);
  expect(manifest.tools.map(({ name }) => name)).toEqual(["tox", "pytest"]);
  expect(problemsOf(manifest)).toEqual([]);
});

test("mypy.ini: plugins and the settings of django-stubs", () => {
  const manifest = collectToolIni(
    "mypy.ini",
    "[mypy]\nstrict = True\nplugins = sqlalchemy.ext.mypy.plugin\n[mypy.plugins.django-stubs]\ndjango_settings_module = a.b\n[mypy-x.*]\nstrict = False\n",
  );
  expect(manifest.tools).toEqual([
    {
      name: "mypy",
      line: 1,
      settings: [
        { name: "plugins", value: "sqlalchemy.ext.mypy.plugin", line: 3 },
        { name: "strict", value: "True", line: 2 },
      ],
    },
    { name: "django-stubs", line: 4, settings: [{ name: "django_settings_module", value: "a.b", line: 5 }] },
  ]);
});

test("pyrightconfig.json may have comments and trailing commas", () => {
  const manifest = collectPyrightConfig(
    "pyrightconfig.json",
    '{\n  // how strict\n  "typeCheckingMode": "strict", /* "x" */\n  "strict": ["src//a"],\n}\n',
  );
  expect(manifest.tools).toEqual([
    {
      name: "pyright",
      line: 1,
      settings: [
        { name: "typecheckingmode", value: "strict", line: 3 },
        { name: "strict", value: "src//a", line: 4 },
      ],
    },
  ]);
  expect(problemsOf(collectPyrightConfig("pyrightconfig.json", "{"))).toHaveLength(1);
});
