import { expect, test } from "vitest";
import { resolveIncludes, unreadIncludes } from "../../../src/project/manifests/resolve-includes.ts";
import { manifestsOf } from "./build-manifest.ts";

/** The scope of every dependency by file, after includes are resolved. */
function scopesOf(files: Readonly<Record<string, string>>): Record<string, string[]> {
  const resolved = resolveIncludes(manifestsOf(files));
  return Object.fromEntries(
    resolved.map(({ path, dependencies }) => [
      path,
      dependencies.map(({ scope, group }) => (group === null ? scope : `${scope}/${group}`)),
    ]),
  );
}

test("a file has the widest scope of those that include it", () => {
  expect(
    scopesOf({
      "requirements/shared.txt": "django",
      "requirements/dev.txt": "-r shared.txt\npytest",
      "requirements/prod.txt": "-r shared.txt\ngunicorn",
    }),
  ).toEqual({
    "requirements/shared.txt": ["runtime"],
    "requirements/dev.txt": ["development"],
    "requirements/prod.txt": ["runtime"],
  });
});

test("a file whose name tells nothing serves those that include it", () => {
  expect(
    scopesOf({
      "requirements/celery.txt": "celery",
      "requirements/django42.txt": "django",
      "requirements/pinned.txt": "flask==1",
      "requirements/test.txt": "-r django42.txt\n-c pinned.txt",
    }),
  ).toEqual({
    "requirements/celery.txt": ["runtime"],
    "requirements/django42.txt": ["development"],
    "requirements/pinned.txt": ["constraint"],
    "requirements/test.txt": [],
  });
});

test("a development file that the main one includes is needed at run time", () => {
  expect(
    scopesOf({ "requirements.txt": "-r requirements/test.txt", "requirements/test.txt": "pytest" }),
  ).toEqual({
    "requirements.txt": [],
    "requirements/test.txt": ["runtime"],
  });
});

test("a constraint stays one, and a file that is also installed does not become one", () => {
  expect(
    scopesOf({
      "constraints.txt": "django==4.2",
      "requirements.txt": "-c constraints.txt\ndjango",
      "dev-requirements.txt": "-c requirements.txt",
    }),
  ).toEqual({
    "constraints.txt": ["constraint"],
    "requirements.txt": ["runtime"],
    "dev-requirements.txt": [],
  });
});

test("pyproject.toml gives the files it names their scope and group", () => {
  expect(
    scopesOf({
      "pyproject.toml": `[project]
dynamic = ["dependencies", "optional-dependencies"]
[tool.setuptools.dynamic]
dependencies = { file = "reqs/main.txt" }
optional-dependencies.mysql = { file = "reqs/mysql.txt" }
`,
      "reqs/main.txt": "django",
      "reqs/mysql.txt": "mysqlclient",
    }),
  ).toMatchObject({ "reqs/main.txt": ["runtime"], "reqs/mysql.txt": ["optional/mysql"] });
});

test("files that include each other come to an end", () => {
  expect(
    scopesOf({ "requirements/a.txt": "-r b.txt\nx", "requirements/b.txt": "-r a.txt\n-r b.txt\ny" }),
  ).toEqual({
    "requirements/a.txt": ["runtime"],
    "requirements/b.txt": ["runtime"],
  });
});

test("an include that leads nowhere is a problem, and is told as a file still to be read", () => {
  const manifests = manifestsOf({ "requirements.txt": "\n-r deps/base.list\n" });
  expect(unreadIncludes(manifests)).toEqual(["deps/base.list"]);
  expect(resolveIncludes(manifests)[0]?.problems).toEqual([
    {
      path: "requirements.txt",
      kind: "manifest",
      message: '"deps/base.list", included here, was not found; what it lists is not known.',
      line: 2,
    },
  ]);
});

test("the order of the files changes nothing", () => {
  const files = {
    "requirements.txt": "-r b/requirements.txt",
    "b/requirements.txt": "django",
    "setup.cfg": "",
  };
  const manifests = manifestsOf(files);
  expect(resolveIncludes(manifests.toReversed())).toEqual(resolveIncludes(manifests));
});
