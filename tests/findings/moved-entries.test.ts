// Accepted findings follow the file they are in, and nothing else is accepted along with them.
import { expect, it } from "vitest";
import { followRenames } from "../../src/findings/moved-entries.ts";
import type { BaselineEntry } from "../../src/model/gate.ts";
import type { Finding } from "../../src/model/report.ts";

function entry(path: string, symbol: string, count = 1): BaselineEntry {
  return { rule: "query-in-loop", path, symbol, snippet: "session.execute()", count };
}

function findingsFor(...entries: readonly BaselineEntry[]): Finding[] {
  return entries.flatMap(({ count, ...one }) =>
    Array.from({ length: count }, () => one as unknown as Finding),
  );
}

const there =
  (...paths: readonly string[]) =>
  (path: string): boolean =>
    paths.includes(path);

const pathsOf = (entries: readonly BaselineEntry[]): string[] => entries.map(({ path }) => path);

it("leaves entries alone while their file is there", () => {
  const entries = [entry("a.py", "f")];
  expect(followRenames(entries, findingsFor(entry("b.py", "f")), there("a.py", "b.py"))).toBe(entries);
});

it("follows a file to where at least half of what was accepted in it stands", () => {
  const entries = [entry("a.py", "f"), entry("a.py", "g"), entry("other.py", "f")];
  const half = findingsFor(entry("b.py", "g"), entry("other.py", "f"));
  expect(pathsOf(followRenames(entries, half, there("b.py", "other.py")))).toEqual([
    "b.py",
    "b.py",
    "other.py",
  ]);
});

it("takes no file with less of it for the same, nor findings that were accepted where they are", () => {
  const entries = [entry("a.py", "f"), entry("a.py", "g"), entry("a.py", "h")];
  const less = findingsFor(entry("b.py", "g"));
  expect(followRenames(entries, less, there("b.py"))).toBe(entries);
  const known = [entry("a.py", "f"), entry("b.py", "f")];
  expect(followRenames(known, findingsFor(entry("b.py", "f")), there("b.py"))).toBe(known);
});

it("counts alike findings one by one", () => {
  const entries = [entry("a.py", "f", 4)];
  expect(followRenames(entries, findingsFor(entry("b.py", "f")), there("b.py"))).toBe(entries);
  expect(pathsOf(followRenames(entries, findingsFor(entry("b.py", "f", 2)), there("b.py")))).toEqual([
    "b.py",
  ]);
});

it("prefers the file with more of it, then the first by name, whatever order they come in", () => {
  const entries = [entry("a.py", "f"), entry("a.py", "g")];
  const found = findingsFor(entry("c.py", "f"), entry("b.py", "f"), entry("d.py", "f"), entry("d.py", "g"));
  expect(pathsOf(followRenames(entries, found, there("b.py", "c.py", "d.py")))).toEqual(["d.py", "d.py"]);
  const even = findingsFor(entry("c.py", "f"), entry("b.py", "f"));
  expect(pathsOf(followRenames(entries, even, there("b.py", "c.py")))).toEqual(["b.py", "b.py"]);
  expect(followRenames(entries, [...even].reverse(), there("b.py", "c.py"))).toEqual(
    followRenames(entries, even, there("b.py", "c.py")),
  );
});
