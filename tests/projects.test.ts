// The small repositories of fixtures/projects/, each held against what a careful reader says about it.
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../src/config/default-config.ts";
import { scan } from "../src/index.ts";
import { reportSchema } from "../src/model/report.schema.ts";
import type { Report } from "../src/model/report.ts";
import { compareReport } from "./projects/compare-report.ts";
import type { Expectation } from "./projects/expectation.ts";
import { temporaryTree } from "./temporary-tree.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/projects", import.meta.url));
const ENTRIES = readdirSync(FIXTURES, { withFileTypes: true });
const NAMES = ENTRIES.filter((entry) => entry.isDirectory()).map(({ name }) => name);

function expectationOf(name: string): Expectation {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.expected.json`), "utf8"));
}

function lineIn(name: string): (path: string, code: string) => number {
  return (path, code) => {
    const pieces = readFileSync(join(FIXTURES, name, path), "utf8").split(code);
    if (pieces.length !== 2)
      throw new Error(`"${code}" occurs ${pieces.length - 1} times in ${name}/${path}`);
    return (pieces[0] ?? "").split("\n").length;
  };
}

/** The first scan loads the grammar, and CI machines are slow. */
const SLOW = { timeout: 60_000 };

function scanFolder(folder: string): Promise<Report> {
  return scan({ paths: ["."], cwd: folder, config: { ...DEFAULT_CONFIG, cache: false } });
}

describe("fixture projects", () => {
  it("each have an expectation, and each expectation a project", () => {
    expect(NAMES.filter((name) => !existsSync(join(FIXTURES, `${name}.expected.json`)))).toEqual([]);
    const expected = ENTRIES.filter((entry) => entry.isFile()).map(({ name }) =>
      name.replace(/\.expected\.json$/, ""),
    );
    expect(expected.filter((name) => !NAMES.includes(name))).toEqual([]);
  });

  it.each(NAMES)("%s: every quoted place is there once", (name) => {
    const lineOf = lineIn(name);
    for (const { queries } of Object.values(expectationOf(name).projects)) {
      for (const { path, code } of [...(queries?.has ?? []), ...(queries?.lookalikes ?? [])])
        lineOf(path, code);
    }
  });

  it.each(NAMES)("%s", SLOW, async (name) => {
    const report = await scanFolder(join(FIXTURES, name));
    expect(compareReport(expectationOf(name), report, lineIn(name))).toEqual([]);
  });

  it.each(NAMES)(
    "%s: the report is valid, and the same for a copy that is in no work tree",
    SLOW,
    async (name) => {
      const copy = temporaryTree({});
      cpSync(join(FIXTURES, name), copy, { recursive: true });
      const report = await scanFolder(join(FIXTURES, name));
      expect(reportSchema.safeParse(report).error?.issues ?? []).toEqual([]);
      expect(JSON.stringify(await scanFolder(copy))).toBe(JSON.stringify(report));
    },
  );
});
