import { expect, test } from "vitest";
import { collectTomlLock } from "../../../src/facts/manifests/toml-lock.ts";
import type { LockedPackage } from "../../../src/model/manifest.ts";

const flat = (locked: readonly LockedPackage[]) =>
  locked.map(({ line, scope, name, version }) => `${line} ${scope} ${name}==${version}`);

test("poetry.lock: categories of version 1, groups of version 2", () => {
  const manifest = collectTomlLock(
    "poetry-lock",
    "poetry.lock",
    `# This file is generated
[[package]]
name = "Django"
version = "4.2.11"
category = "main"
optional = false
[package.dependencies]
asgiref = ">=3.6"

[[package]]
name = "pytest"
version = "8.0.0"
category = "dev"

[[package]]
name = "asyncpg"
version = "0.29"
optional = true
groups = ["main"]

[[package]]
name = "sphinx"
version = "7.0"
groups = ["docs", "main"]

[[package]]
version = "1"

[metadata]
python-versions = "^3.11"
`,
  );
  expect(flat(manifest.locked)).toEqual([
    "3 runtime django==4.2.11",
    "11 development pytest==8.0.0",
    "16 optional asyncpg==0.29",
    "22 runtime sphinx==7.0",
  ]);
  expect(manifest.requiresPython).toBe("^3.11");
  expect(manifest.problems.map(({ line }) => line)).toEqual([26]);
});

test("uv.lock: what the project needs, told apart from what it is developed with", () => {
  const manifest = collectTomlLock(
    "uv-lock",
    "uv.lock",
    `version = 1
requires-python = ">=3.12"

[[package]]
name = "django"
version = "5.0.4"
source = { registry = "https://mirror.example/simple" }
dependencies = [{ name = "asgiref" }]

[[package]]
name = "asgiref"
version = "3.8"

[[package]]
name = "pytest"
version = "8.1"
dependencies = [{ name = "pluggy" }, { name = "asgiref" }]

[[package]]
name = "pluggy"
version = "1.4"

[[package]]
name = "asyncpg"
version = "0.29"

[[package]]
name = "shop"
version = "0.1.0"
source = { editable = "." }
dependencies = [{ name = "django" }]
[package.optional-dependencies]
pg = [{ name = "asyncpg" }]
[package.dev-dependencies]
dev = [{ name = "pytest" }]
`,
  );
  expect(manifest.requiresPython).toBe(">=3.12");
  expect(flat(manifest.locked)).toEqual([
    "5 runtime django==5.0.4",
    "11 runtime asgiref==3.8",
    "15 development pytest==8.1",
    "20 development pluggy==1.4",
    "24 optional asyncpg==0.29",
  ]);
});

test("pdm.lock and pylock.toml", () => {
  const pdm = collectTomlLock(
    "pdm-lock",
    "pdm.lock",
    '[[package]]\nname = "flask"\nversion = "3.0"\ngroups = ["default", "dev"]\n\n[[package]]\nname = "black"\nversion = "24.1"\ngroups = ["dev"]\n',
  );
  expect(flat(pdm.locked)).toEqual(["2 runtime flask==3.0", "7 development black==24.1"]);
  const pylock = collectTomlLock(
    "pylock",
    "pylock.toml",
    'lock-version = "1.0"\n[[packages]]\nname = "attrs"\nversion = "25.1.0"\nwheels = [{ name = "attrs.whl", hashes = { sha256 = "x" } }]\n',
  );
  expect(flat(pylock.locked)).toEqual(["3 runtime attrs==25.1.0"]);
});

test("a merge conflict in a lock loses only the packages it runs through", () => {
  const manifest = collectTomlLock(
    "poetry-lock",
    "poetry.lock",
    '[[package]]\nname = "a"\n<<<<<<< HEAD\nversion = "1"\n=======\nversion = "2"\n>>>>>>> x\n\n[[package]]\nname = "b"\nversion = "3"\n',
  );
  expect(flat(manifest.locked)).toEqual(["2 runtime a==1", "10 runtime b==3"]);
  expect(manifest.problems.map(({ line }) => line)).toEqual([3, 5, 6, 7]);
});

test.each(["package = 3", "[package]\nname='x'", "[[package]]\nname = ['x']\nversion = 1\n", "\0"])(
  "a lock of another shape (%j) never throws",
  (text) => {
    expect(collectTomlLock("uv-lock", "uv.lock", text).locked).toEqual([]);
  },
);
