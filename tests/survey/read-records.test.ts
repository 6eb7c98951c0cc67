import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";
import { readRecords } from "./read-records.ts";

const records = readRecords();
const runningOn = (...names: string[]) =>
  records.filter(({ frameworks }) => names.some((name) => frameworks[name] === "runs-on"));

describe("the survey's records", () => {
  it("are enough, of each kind", () => {
    expect(records.length).toBeGreaterThanOrEqual(40);
    expect(runningOn("django").length).toBeGreaterThanOrEqual(12);
    expect(runningOn("fastapi", "starlette").length).toBeGreaterThanOrEqual(12);
    expect(runningOn("flask").length).toBeGreaterThanOrEqual(12);
    expect(records.filter(({ choice }) => choice === "not-needed").length).toBeGreaterThanOrEqual(5);
    expect(records.filter(({ choice }) => choice === "either").length).toBeGreaterThanOrEqual(2);
  });

  it("name each package once, by a file of the version that they pin", () => {
    const names = records.map((record) => record.package.toLowerCase().replaceAll(/[-_.]+/g, "-"));
    expect(new Set(names).size).toBe(names.length);
    for (const { file, kind, version } of records) {
      expect(file).toContain(`-${version}`);
      expect(file.endsWith(".whl")).toBe(kind === "wheel");
    }
  });

  it("pin wheels that every machine can take", () => {
    for (const { file, kind } of records) if (kind === "wheel") expect(file).toMatch(/-none-any\.whl$/);
  });

  it("name no host", () => {
    const folder = new URL(".", import.meta.url);
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
      expect(readFileSync(new URL(file, folder), "utf8")).not.toMatch(/https?:/);
    }
  });
});

describe("readRecords", () => {
  it("refuses a record with a misspelt word, naming the place", () => {
    const [first] = records;
    const root = temporaryTree({ "a.json": JSON.stringify([{ ...first, choice: "sqlalchmy" }]) });
    expect(() => readRecords(root)).toThrow(/a\.json[\s\S]*0\.choice/);
  });
});
