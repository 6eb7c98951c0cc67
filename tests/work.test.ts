// What a scan of each fixture takes, in counts that are the same on every machine: bytes parsed, facts made, statements evaluated.
// More than tests/work.json says by a twentieth is a scan that got slower. Where that is meant, or less is needed now:
// `UPDATE_WORK=1 npx vitest run --dir tests tests/work.test.ts`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../src/config/default-config.ts";
import { openRepository } from "../src/files/open-repository.ts";
import { readRepository } from "../src/reading/read-repository.ts";
import { type ScanWork, scanForCheck } from "../src/scan.ts";
import { createPythonParser } from "../src/syntax/parse-python.ts";
import { visitStatements } from "../src/text/visit-code.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/projects", import.meta.url));
const KNOWN = fileURLToPath(new URL("work.json", import.meta.url));
const SLACK = 1.05;

interface Work extends ScanWork {
  /** Statements of production code, as facts. */
  readonly facts: number;
}

async function workOf(name: string): Promise<Work> {
  const cwd = `${FIXTURES}/${name}`;
  const config = { ...DEFAULT_CONFIG, cache: false };
  const { work } = await scanForCheck({ paths: ["."], cwd, config });
  const { facts } = await readRepository(await openRepository(cwd, "."), {
    config,
    loadParser: createPythonParser,
    cache: null,
    skims: true,
    onFile: () => {},
  });
  let made = 0;
  for (const file of facts.files)
    if (file.role === "production")
      visitStatements(file.body, () => {
        made += 1;
      });
  return { ...work, facts: made };
}

describe("the work of a scan", () => {
  const names = readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

  it("is no more than it was", async () => {
    const now: Record<string, Work> = {};
    for (const name of names) now[name] = await workOf(name);
    if (process.env.UPDATE_WORK !== undefined) writeFileSync(KNOWN, `${JSON.stringify(now, null, 2)}\n`);
    const before: Record<string, Work> = JSON.parse(readFileSync(KNOWN, "utf8"));
    expect(Object.keys(now)).toEqual(Object.keys(before));
    const grown = names.flatMap((name) =>
      (["parsed", "facts", "evaluated"] as const)
        .filter((kind) => (now[name]?.[kind] ?? 0) > (before[name]?.[kind] ?? 0) * SLACK)
        .map((kind) => `${name}: ${kind} ${before[name]?.[kind]} → ${now[name]?.[kind]}`),
    );
    expect(grown).toEqual([]);
  });
});
