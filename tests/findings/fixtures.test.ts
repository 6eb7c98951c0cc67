// The small files of fixtures/rules/, whose comments say what each rule must find. Strict both ways.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/findings/index.ts";
import { type Mark, readMarks } from "./read-marks.ts";
import { findingsOf } from "./scan-files.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/rules", import.meta.url));
const RULE_IDS = new Set(rules.map(({ id }) => id));
const CASES = readdirSync(FIXTURES)
  .flatMap((rule) => readdirSync(join(FIXTURES, rule)).map((name) => `${rule}/${name}`))
  .sort();

/** A case is a file, or a folder of files that belong together. */
function filesOf(name: string): Record<string, string> {
  const root = join(FIXTURES, name);
  if (statSync(root).isFile()) return { [`app/${name.split("/")[1]}`]: readFileSync(root, "utf8") };
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [relative(root, path).split(sep).join("/"), readFileSync(path, "utf8")]),
  );
}

function written({ path, line, rule }: Pick<Mark, "path" | "line" | "rule">): string {
  return `${path}:${line} ${rule}`;
}

describe("fixtures of rules", () => {
  it("belong to rules, and every rule has some", () => {
    const folders = [...new Set(CASES.map((name) => name.split("/")[0] ?? ""))];
    expect(folders).toEqual([...RULE_IDS].sort());
  });

  it.each(CASES)("%s", async (name) => {
    const files = filesOf(name);
    const marks = Object.entries(files).flatMap(([path, text]) => readMarks(path, text, RULE_IDS));
    // A case is about its own rule and those that it marks: small files without tests, migrations and speed break others too.
    const about = new Set([name.split("/")[0] ?? "", ...marks.map(({ rule }) => rule)]);
    const findings = (await findingsOf(files)).filter(({ rule }) => about.has(rule));
    const found = [...new Set(findings.map(written))].sort();
    const expected = marks.filter(({ kind }) => kind !== "known-miss").map(written);
    expect(found).toEqual([...new Set(expected)].sort());
    // A limit that is gone asks to be promoted.
    const missed = marks.filter(({ kind }) => kind === "known-miss").map(written);
    expect(missed.filter((place) => found.includes(place))).toEqual([]);
  });
});

describe("marks", () => {
  it("that are misspelt fail", () => {
    expect(() => readMarks("a.py", "x  # known-mis: query", new Set(["query"]))).toThrow(/is no mark/);
    expect(() => readMarks("a.py", "x  # expect: qeury", new Set(["query"]))).toThrow(/is no rule/);
  });
});
