// The key of a skimmed file leaves out what linking does not look at. That it does not is held here, by facts that refuse.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import { openRepository } from "../../src/files/open-repository.ts";
import { linkProjects } from "../../src/link-projects.ts";
import type { FileFacts } from "../../src/model/facts.ts";
import { outlineKey } from "../../src/reading/outline-key.ts";
import { readRepository } from "../../src/reading/read-repository.ts";
import { createPythonParser } from "../../src/syntax/parse-python.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/projects", import.meta.url));
const LEFT_OUT: ReadonlySet<string | symbol> = new Set([
  "bytes",
  "lines",
  "counts",
  "suppressions",
  "astral",
]);

function refusing(facts: FileFacts): FileFacts {
  return new Proxy(facts, {
    get(target, key) {
      if (LEFT_OUT.has(key)) throw new Error(`linking asked for the ${String(key)} of ${target.path}`);
      return Reflect.get(target, key);
    },
  });
}

async function factsOf(name: string) {
  const repository = await openRepository(`${FIXTURES}/${name}`, ".");
  const run = { config: DEFAULT_CONFIG, loadParser: createPythonParser, cache: null, skims: true };
  const { facts, makeReady } = await readRepository(repository, { ...run, onFile: () => {} });
  await makeReady();
  return facts;
}

describe("of a skimmed file", () => {
  it("linking looks at nothing that its key leaves out", async () => {
    const names = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of names) {
      const facts = await factsOf(name);
      const isSkimmed = ({ role }: FileFacts): boolean => role !== "production" && role !== "migration";
      const files = facts.files.map((file) => (isSkimmed(file) ? refusing(file) : file));
      const plain = await linkProjects(facts, false);
      expect((await linkProjects({ ...facts, files }, false)).linked).toEqual(plain.linked);
    }
  });

  it("the key says where its imports stand", async () => {
    const { files } = await factsOf("django-reports");
    const [file] = files.filter(({ imports }) => imports.length > 0);
    if (file === undefined) throw new Error("no file with imports");
    const moved = { ...file, lineStarts: [0, ...file.lineStarts.map((start) => start - 1)] };
    expect(outlineKey(moved)).not.toBe(outlineKey(file));
    expect(outlineKey({ ...file, bytes: 0, lines: 0, suppressions: [] })).toBe(outlineKey(file));
  });
});
