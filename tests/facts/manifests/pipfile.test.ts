import { expect, test } from "vitest";
import { collectPipfile } from "../../../src/facts/manifests/pipfile.ts";
import { collectPipfileLock } from "../../../src/facts/manifests/pipfile-lock.ts";
import { problemsOf, short } from "./short.ts";

test("Pipfile: packages, development packages, categories, tables", () => {
  const manifest = collectPipfile(
    "Pipfile",
    `[[source]]
url = "https://user:secret@mirror.example/simple"
[packages]
django = "==4.2.1"
SQLAlchemy = {extras = ["asyncio"], version = ">=2"}
shop = {editable = true, path = "."}
common = {editable = true, path = "./libs/common"}
thing = {git = "https://host.example/thing.git", ref = "main"}
pywin32 = {version = "*", sys_platform = "== 'win32'"}
old = {version = "*", markers = "python_version < '3'"}
odd = 1
[dev-packages]
pytest = "*"
[docs]
sphinx = "*"
[requires]
python_version = "3.11"
`,
  );
  expect(manifest.requiresPython).toBe("3.11");
  expect(short(manifest)).toEqual([
    "4 runtime django==4.2.1",
    "5 runtime sqlalchemy[asyncio]>=2",
    "7 runtime common @ ./libs/common",
    "8 runtime thing @ https://host.example/thing.git",
    "9 runtime pywin32 ; sys_platform == 'win32'",
    "10 runtime old ; python_version < '3'",
    "13 development/dev pytest",
    "15 development/docs sphinx",
  ]);
  expect(manifest.dependencies[0]?.pinned).toBe("4.2.1");
  expect(manifest.dependencies.map(({ applies }) => applies).lastIndexOf(false)).toBe(5);
  expect(manifest.workspaceMembers).toEqual(["./libs/common"]);
  expect(problemsOf(manifest)).toEqual([
    '11: The dependency "odd" is neither a version nor a table and was left out.',
  ]);
});

const LOCK = JSON.stringify(
  {
    _meta: { requires: { python_version: "3.11" } },
    default: { Django: { version: "==4.2.1" }, fork: { git: "https://host.example/fork" }, __proto: {} },
    develop: { pytest: { hashes: ["sha256:a"], version: "==8.0" }, django: { version: "==4.2.1" } },
  },
  null,
  4,
);

test("Pipfile.lock: versions by category, with their lines", () => {
  const manifest = collectPipfileLock("Pipfile.lock", LOCK);
  expect(manifest.locked).toEqual([
    { name: "django", version: "4.2.1", scope: "runtime", line: 8 },
    { name: "pytest", version: "8.0", scope: "development", line: 17 },
    { name: "django", version: "4.2.1", scope: "development", line: 23 },
  ]);
});

test("Pipfile.lock that is broken: what stands on lines of its own is still read", () => {
  const lines = LOCK.split("\n");
  lines.splice(17, 0, "<<<<<<< HEAD");
  const manifest = collectPipfileLock("Pipfile.lock", lines.join("\n"));
  expect(manifest.locked.map(({ name, version, scope }) => [name, version, scope])).toEqual([
    ["django", "4.2.1", "runtime"],
    ["pytest", "8.0", "development"],
    ["django", "4.2.1", "development"],
  ]);
  expect(manifest.problems.map(({ line }) => line)).toEqual([18]);
});

test.each([
  "",
  "[",
  "\0",
  "[".repeat(200_000),
  '{"default": {"__proto__": {"version": "==1"}}}',
  '{"default": 3}',
])("Pipfile.lock of another shape never throws", (text) => {
  const { locked, problems } = collectPipfileLock("Pipfile.lock", text);
  expect(locked.length + problems.length).toBeLessThan(2);
  expect(({} as { version?: string }).version).toBeUndefined();
});
