import { expect, test } from "vitest";
import { collectRequirements } from "../../../src/facts/manifests/requirements.ts";
import { problemsOf, short } from "./short.ts";

const read = (text: string, path = "api/requirements.txt") => collectRequirements(path, text);

test("reads names, versions, markers, comments and quotes", () => {
  const manifest = read(`# web
Django==4.2.11   # LTS
djangorestframework
psycopg[binary,pool] >= 3.1 , < 4 ; sys_platform != "win32"
"celery[redis]~=5.3"
not-a-comment#x
`);
  expect(short(manifest)).toEqual([
    "2 runtime django==4.2.11",
    "3 runtime djangorestframework",
    '4 runtime psycopg[binary,pool]>=3.1,<4 ; sys_platform != "win32"',
    "5 runtime celery[redis]~=5.3",
  ]);
  expect(problemsOf(manifest)).toEqual([
    '6: In the requirement "not-a-comment#x", "#x" cannot be read; it was left out.',
  ]);
});

test("joins continuation lines and passes over hashes and options", () => {
  const manifest = read(`--index-url https://user:secret@mirror.example/simple
-i https://mirror.example
--extra-index-url=https://mirror.example
--require-hashes
--find-links ./wheels
flask==3.0.2 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
    # via -r requirements.in
werkzeug==3.0.1 \\
# a comment ends the line above
jinja2==3.1 --no-binary :all:
--odd-flag yes
`);
  expect(short(manifest)).toEqual([
    "6 runtime flask==3.0.2",
    "10 runtime werkzeug==3.0.1",
    "12 runtime jinja2==3.1",
  ]);
  expect(problemsOf(manifest)).toEqual(['13: The option "--odd-flag yes" is not known and was ignored.']);
});

test("records includes and constraints by their path in the repository", () => {
  const manifest = read(
    `-r base.txt
-rother.txt
--requirement=../shared/common.txt
-c constraints.txt
--constraint ../c.txt
-r https://host.example/r.txt
-r ../../../outside.txt
-r /etc/passwd
`,
    "api/requirements/dev.txt",
  );
  expect(manifest.includes).toEqual([
    { path: "api/requirements/base.txt", scope: "development", group: null, line: 1 },
    { path: "api/requirements/other.txt", scope: "development", group: null, line: 2 },
    { path: "api/shared/common.txt", scope: "development", group: null, line: 3 },
    { path: "api/requirements/constraints.txt", scope: "constraint", group: null, line: 4 },
    { path: "api/c.txt", scope: "constraint", group: null, line: 5 },
  ]);
  expect(manifest.problems.map(({ line }) => line)).toEqual([6, 7, 8]);
});

test("takes names and versions from direct references", () => {
  const manifest =
    read(`-e git+https://user:secret@host.example/team/django-thing.git@v1.2#egg=Django_Thing[extra]
git+https://host.example/team/shop-core.git@main
git+ssh://git@host.example/team/shop-auth.git
git+https://host.example/team/no-suffix@feature/branch
-e git+git@host.example:team/scp-like.git
https://host.example/wheels/Flask-3.0.2-py3-none-any.whl
./vendor/sqlalchemy-2.0.29.tar.gz
https://github.com/team/tool/archive/refs/heads/main.zip
SQLAlchemy @ git+https://host.example/sa.git ; python_version > "3.8"
-e .
-e ./libs/common[dev]
../sibling
https://host.example/download
`);
  expect(short(manifest)).toEqual([
    "1 runtime django-thing[extra] @ git+https://host.example/team/django-thing.git@v1.2",
    "2 runtime shop-core @ git+https://host.example/team/shop-core.git@main",
    "3 runtime shop-auth @ git+ssh://git@host.example/team/shop-auth.git",
    "4 runtime no-suffix @ git+https://host.example/team/no-suffix@feature/branch",
    "5 runtime scp-like @ git+git@host.example:team/scp-like.git",
    "6 runtime flask @ https://host.example/wheels/Flask-3.0.2-py3-none-any.whl",
    "7 runtime sqlalchemy @ ./vendor/sqlalchemy-2.0.29.tar.gz",
    "8 runtime tool @ https://github.com/team/tool/archive/refs/heads/main.zip",
    '9 runtime sqlalchemy ; python_version > "3.8" @ git+https://host.example/sa.git',
  ]);
  expect(manifest.dependencies.map(({ pinned }) => pinned)).toEqual([
    ...[null, null, null, null, null],
    "3.0.2",
    "2.0.29",
    ...[null, null],
  ]);
  expect(manifest.workspaceMembers).toEqual([".", "./libs/common", "../sibling"]);
  expect(problemsOf(manifest)).toEqual([
    '13: "https://host.example/download" does not tell which package it is.',
  ]);
});

test.each([
  ["requirements.txt", "runtime"],
  ["requirements/production.txt", "runtime"],
  ["requirements/base.in", "runtime"],
  ["requirements-dev.txt", "development"],
  ["dev-requirements.txt", "development"],
  ["requirements_test.txt", "development"],
  ["requirements/tests.in", "development"],
  ["requirements/local.txt", "development"],
  ["requirements/lint.txt", "development"],
  ["requirements/dev/base.txt", "development"],
  ["requirements-ci.txt", "development"],
  ["docs/requirements.txt", "development"],
  ["tests/requirements.txt", "development"],
  ["constraints.txt", "constraint"],
  ["requirements/constraints-3.11.txt", "constraint"],
  ["requirements-optional.txt", "optional"],
  ["requirements/extras.txt", "optional"],
  ["latest/requirements.txt", "runtime"],
])("takes what %s lists for %s", (path, scope) => {
  expect(read("django", path).dependencies[0]?.scope).toBe(scope);
});

test("a file of prose gives no packages and one problem", () => {
  const manifest = read("The quick brown fox\njumps,\nover the lazy\ndog\n");
  expect(manifest.dependencies).toEqual([]);
  expect(problemsOf(manifest)).toEqual([
    "1: Hardly a line of this file is a requirement: it was left out as a text of another kind.",
  ]);
});

test("beyond twenty problems only their number is told", () => {
  const manifest = read("django\n".repeat(40) + "??\n".repeat(30));
  expect(manifest.dependencies).toHaveLength(40);
  expect(manifest.problems).toHaveLength(21);
  expect(manifest.problems.at(-1)?.message).toBe(
    "10 more entries of this file could not be read, the first on line 61.",
  );
});

test("a template is read with all of its branches, and says that it is one", () => {
  const manifest = read(
    '{% if cookiecutter.orm == "django" %}\nDjango==5.0\n{% else %}\nSQLAlchemy==2.0\n{% endif %}\n',
  );
  expect(short(manifest)).toEqual(["2 runtime django==5.0", "4 runtime sqlalchemy==2.0"]);
  expect(problemsOf(manifest)).toEqual([
    "1: This file is a template: all of its branches were read as if they applied.",
  ]);
});

test.each([
  ["a line of 10 MB", "x".repeat(10_000_000)],
  ["blanks", `a${" ".repeat(99_000)}\n`.repeat(20)],
  ["blanks before a comment", `${" \t".repeat(2_000_000)}x#`],
  ["continuations", "a\\\n".repeat(300_000)],
  ["millions of lines", "a\n".repeat(3_000_000)],
  ["NUL", "django\0==1\n\0\n"],
  ["slashes", `${"a/".repeat(40_000)}\n`.repeat(20)],
  ["at signs", `git+https://${"@a/".repeat(3_000)}\n`.repeat(20)],
  ["dashes", `./${"1-".repeat(40_000)}.zip\n`.repeat(20)],
])(
  "is quick with %s and never throws",
  (_, text) => {
    const start = performance.now();
    expect(read(text).dependencies.length).toBeLessThanOrEqual(10_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  },
  30_000,
);
