import { assert, constantFrom, oneof, property, string } from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { collectFile } from "../../../src/facts/collect-file.ts";
import { collectManifest, isManifestPath, type ParseSetup } from "../../../src/facts/manifests/index.ts";
import { createPythonParser } from "../../../src/syntax/parse-python.ts";

let parseSetup: ParseSetup;
beforeAll(async () => {
  const parse = await createPythonParser();
  parseSetup = (path, text) => collectFile({ path, role: "production", bytes: text.length }, parse(text));
});

const ONE_OF_EACH = {
  "pyproject.toml": "pyproject",
  "api/requirements.txt": "requirements",
  "setup.cfg": "setup-cfg",
  "setup.py": "setup-py",
  Pipfile: "pipfile",
  "Pipfile.lock": "pipfile-lock",
  "poetry.lock": "poetry-lock",
  "uv.lock": "uv-lock",
  "pdm.lock": "pdm-lock",
  "pylock.toml": "pylock",
  "environment.yml": "conda-environment",
  "tox.ini": "tool-config",
  "pyrightconfig.json": "tool-config",
} as const;
const PATHS = Object.keys(ONE_OF_EACH);

/** Text that each format understands to some degree, so that what is random meets more than the first check. */
const PIECES = constantFrom(
  ...[
    "[project]",
    "dependencies",
    "=",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    ",",
    "\n",
    "\n  ",
    "django>=4",
    "#",
    ";",
  ],
  ...[
    "[[package]]",
    "name",
    "version",
    "==",
    "-r ",
    "-e ",
    "@",
    "https://",
    "\\\n",
    "\0",
    "\uFEFF",
    "setup(",
    ")",
  ],
  ...[
    "from setuptools import setup\n",
    "install_requires=",
    "[options]",
    "- ",
    ": ",
    "&a ",
    "*a",
    "{%",
    "__proto__",
  ],
  ...[
    "dependencies:\n",
    "[tool.poetry.dependencies]\n",
    "[packages]\n",
    "(",
    "python_version",
    "<",
    "extra",
    "\r\n",
  ],
);

describe("collectManifest", () => {
  test("chooses the format by the file's name", () => {
    for (const [path, kind] of Object.entries(ONE_OF_EACH)) {
      const texts: Record<string, string> = {
        "setup.py": "from setuptools import setup\nsetup()\n",
        "environment.yml": "dependencies: []",
      };
      expect(collectManifest(path, texts[path] ?? "", parseSetup), path).toMatchObject({ path, kind });
    }
  });

  test.each([
    ["src/requirements/base.txt", true],
    ["requirements/dev/extra.in", true],
    ["deps/requirements-dev.txt", true],
    ["test_requirements.txt", true],
    ["constraints-3.11.txt", true],
    ["pylock.prod.toml", true],
    ["conda-env.yaml", true],
    ["my-environment.yaml", true],
    ["mypy.ini", true],
    ["notes.txt", false],
    ["requirements.md", false],
    ["docs/frequently.txt", false],
    ["my-pyproject.toml", false],
    ["src/setup.pyc", false],
    ["toolsetup.py", false],
    ["values.yml", false],
  ])("says whether %s is a manifest: %s", (path, expected) => {
    expect(isManifestPath(path)).toBe(expected);
    if (!expected) expect(collectManifest(path, "django\n")).toBeNull();
  });

  test("a setup.py without its parse says that it was not read", () => {
    expect(collectManifest("setup.py", "setup()")?.problems).toHaveLength(1);
  });

  test("a file beyond all measure is not read, and that is told", () => {
    for (const [path, kind] of Object.entries(ONE_OF_EACH)) {
      const manifest = collectManifest(path, "django\n".repeat(1_200_000), parseSetup);
      expect(manifest).toMatchObject({
        path,
        kind,
        dependencies: [],
        problems: [{ kind: "limit", line: 1 }],
      });
    }
  });

  test("never throws on random text, gives plain data with lines inside the file, and the same twice", () => {
    const texts = oneof(
      string({ maxLength: 200, unit: "binary" }),
      string({ unit: PIECES, maxLength: 60 }),
      string({ unit: oneof(PIECES, string({ maxLength: 3 })), maxLength: 40 }),
    );
    const isSound = property(constantFrom(...PATHS), texts, (path, text) => {
      const manifest = collectManifest(path, text, parseSetup);
      if (manifest === null) return;
      expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
      expect(collectManifest(path, text, parseSetup)).toEqual(manifest);
      const lines = text.split(/\r\n|\n|\r/).length;
      const placed = [...manifest.dependencies, ...manifest.locked, ...manifest.tools, ...manifest.includes];
      for (const { line } of placed) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
      }
      for (const { line } of manifest.problems) expect(line).toBeGreaterThanOrEqual(1);
      for (const { name } of manifest.dependencies)
        expect(name).toMatch(/^[a-z0-9_](?:[a-z0-9-]*[a-z0-9])?$/);
    });
    assert(isSound, { numRuns: 300 });
  }, 30_000);
});
