import { expect, test } from "vitest";
import { lowestVersion } from "../../../src/project/manifests/lowest-version.ts";
import { versionOf } from "../../../src/project/manifests/version-of.ts";
import { manifestsOf } from "./build-manifest.ts";

const of = (files: Readonly<Record<string, string>>, name = "django") => versionOf(manifestsOf(files), name);
const lock = (version: string) => `[[package]]\nname = "django"\nversion = "${version}"\n`;

test("a lock beats a pin, a pin beats a range, and each tells where it stands", () => {
  const range = { "setup.cfg": "[options]\ninstall_requires =\n  django>=3.2\n" };
  const pin = { "requirements.txt": "django==4.1\n" };
  expect(of({ ...range, ...pin, "poetry.lock": lock("4.2.11") })).toEqual({
    version: "4.2.11",
    path: "poetry.lock",
    line: 2,
    from: "lock",
  });
  expect(of({ ...range, ...pin })).toEqual({
    version: "4.1",
    path: "requirements.txt",
    line: 1,
    from: "pin",
  });
  expect(of(range)).toEqual({ version: "3.2", path: "setup.cfg", line: 3, from: "range" });
  expect(of({ "requirements.txt": "django\n" })).toBeNull();
  expect(of({})).toBeNull();
});

test("what is needed at run time beats what tests pin; a constraint pins for run time too", () => {
  expect(
    of({ "requirements-dev.txt": "django==5.0", "setup.cfg": "[options]\ninstall_requires = django>=3.2" }),
  ).toMatchObject({ version: "3.2", from: "range" });
  expect(of({ "constraints.txt": "django==4.2.7", "requirements.txt": "django>=3.2" })).toMatchObject({
    version: "4.2.7",
    path: "constraints.txt",
  });
  expect(of({ "requirements-dev.txt": "django==5.0", "requirements.txt": "django" })).toMatchObject({
    version: "5.0",
  });
});

test("names are compared as PEP 503 says", () => {
  expect(of({ "requirements.txt": "Django_Extensions==3.2" }, "django.extensions")?.version).toBe("3.2");
});

test("entries for Pythons of the past do not count, and of several the highest does", () => {
  const text =
    "django==9.9 ; python_version < '3'\ndjango==4.2 ; python_version < '3.10'\ndjango==5.0 ; python_version >= '3.10'\n";
  expect(of({ "requirements.txt": text })).toMatchObject({ version: "5.0", line: 3 });
});

test("among equals the manifest nearest to the root wins, whatever the order", () => {
  const files = {
    "a/b/requirements.txt": "django==1.0",
    "c/requirements.txt": "django==2.0",
    "b/requirements.txt": "django==3.0",
  };
  const manifests = manifestsOf(files);
  expect(versionOf(manifests, "django")).toMatchObject({ version: "3.0", path: "b/requirements.txt" });
  expect(versionOf(manifests.toReversed(), "django")).toEqual(versionOf(manifests, "django"));
});

test("a lock's runtime package beats its development one", () => {
  const text = `[[package]]\nname = "django"\nversion = "5.0"\ncategory = "dev"\n${lock("4.2")}`;
  expect(of({ "poetry.lock": text })).toMatchObject({ version: "4.2", line: 6 });
});

test("a version that is none by PEP 440 loses against one that is", () => {
  expect(of({ "requirements.txt": "django===weird\ndjango==4.2" })?.version).toBe("4.2");
});

test.each([
  [">=4.2", "4.2"],
  [">=4.2,<6", "4.2"],
  ["<6,>=4.2", "4.2"],
  ["~=4.2.1", "4.2.1"],
  ["^4.2", "4.2"],
  ["~4.2", "4.2"],
  ["4.2", "4.2"],
  ["4.2.*", "4.2"],
  ["==4.2.*", "4.2"],
  ["=4.2", "4.2"],
  [">4.2", "4.2"],
  [">=4.2,!=4.2.3", "4.2"],
  [">=3.2,>=4.0", "4.0"],
  [">=4.10,>=4.9", "4.10"],
  ["^3.2 || ^4.2", "3.2"],
  [">=4.2|<3", null],
  ["<6", null],
  ["!=4", null],
  ["*", null],
  ["", null],
  ["rubbish", null],
])("the lowest version of %j is %s", (specifier, version) => {
  expect(lowestVersion(specifier)).toBe(version);
});
