// The projects of fixtures/queries/, whose comments say which statements must be found. Strict both ways.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import { memoryRepository } from "../../src/files/memory-repository.ts";
import type { Query } from "../../src/model/report.ts";
import { scanRepository } from "../../src/scan.ts";
import { createPythonParser } from "../../src/syntax/parse-python.ts";
import { FEATURES } from "./features.ts";
import { type QueryMark, readQueryMarks } from "./read-query-marks.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/queries", import.meta.url));
const parser = createPythonParser();

function filesOf(name: string): Record<string, string> {
  const root = join(FIXTURES, name);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [relative(root, path).split(sep).join("/"), readFileSync(path, "utf8")]),
  );
}

async function queriesOf(files: Readonly<Record<string, string>>): Promise<Query[]> {
  const run = {
    config: { ...DEFAULT_CONFIG, cache: false },
    loadParser: () => parser,
    onProgress: () => {},
    gate: { baseline: null, changes: null, exists: () => false },
  };
  const report = await scanRepository(memoryRepository(files), run);
  return report.projects.flatMap(({ queries }) => [...queries.items]);
}

function tagsOf(query: Query, told: readonly string[]): string[] {
  const has = (key: string): boolean => told.some((tag) => tag.startsWith(key));
  const names = query.features.map(({ name }) => name);
  // A statement that is text as a whole has no fragments beside.
  const features = new Set(names.filter((name) => query.layer !== "raw" || name !== "raw-fragment"));
  const rest = [
    ...features,
    ...(has("executes=") ? [`executes=${query.method}`] : []),
    ...(has("hardness=") ? [`hardness=${query.hardness}`] : []),
  ];
  return [query.operation, query.model ?? "-", ...rest.sort()];
}

/** Two marks of the same line may be about two statements: each takes the statement that it fits. */
function compareLines(marks: readonly QueryMark[], queries: readonly Query[]): [string[], string[]] {
  const left = new Set(queries);
  const expected: string[] = [];
  const found: string[] = [];
  for (const { isMissed, line, path, tags } of marks) {
    const [operation = "", model = "", ...rest] = tags;
    const text = [operation, model, ...rest.sort()].join(" ");
    const fits = [...left].find(
      (query) => runsAt(query) === `${path}:${line}` && tagsOf(query, tags).join(" ") === text,
    );
    if (fits !== undefined) left.delete(fits);
    if (!isMissed && fits === undefined) expected.push(`${path}:${line} ${text}`);
    if (isMissed && fits !== undefined) found.push(`${path}:${line} ${text}, no longer missed`);
  }
  for (const query of left)
    found.push(`${runsAt(query)} ${tagsOf(query, ["executes=", "hardness="]).join(" ")}`);
  return [expected.sort(), found.sort()];
}

function runsAt(query: Query): string {
  return `${query.path}:${query.execution.line}`;
}

describe("the inventory of queries", () => {
  it.each(readdirSync(FIXTURES).sort())("%s", async (name) => {
    const files = filesOf(name);
    const marks = Object.entries(files)
      .filter(([path]) => path.endsWith(".py"))
      .flatMap(([path, text]) => readQueryMarks(path, text, FEATURES));
    expect(marks.length).toBeGreaterThan(10);
    const [expected, found] = compareLines(marks, await queriesOf(files));
    expect({ found }).toEqual({ found: expected });
  });
});

describe("marks", () => {
  it("that are misspelt fail", () => {
    const read = (text: string): unknown => readQueryMarks("a.py", text, FEATURES);
    expect(() => read("x  # quary: select Book")).toThrow(/is no mark/);
    expect(() => read("x  # query: selct Book")).toThrow(/is no operation/);
    expect(() => read("x  # query: select join")).toThrow(/no model/);
    expect(() => read("x  # query: select Book jion")).toThrow(/says nothing known/);
    expect(() => read("x  # query: select Book mised=join")).toThrow(/says nothing known/);
  });

  it("on lines of their own are about the next line of code", () => {
    const [mark] = readQueryMarks("a.py", "# query: select Book join\n\n# why\nlist(books)\n", FEATURES);
    expect(mark).toEqual({ path: "a.py", line: 4, isMissed: false, tags: ["select", "Book", "join"] });
  });
});
