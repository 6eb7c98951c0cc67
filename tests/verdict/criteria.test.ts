import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { criteria } from "../../src/verdict/criteria/index.ts";
import { criteriaDocument } from "../../src/verdict/criteria-document.ts";

const folder = new URL("../../src/verdict/", import.meta.url);

describe("the registry of criteria", () => {
  test("has ten, five a side, in the order of the two lists", () => {
    expect(criteria.map((criterion) => criterion.favours)).toEqual([
      ...Array.from({ length: 5 }, () => "sqlalchemy"),
      ...Array.from({ length: 5 }, () => "django-orm"),
    ]);
  });

  test("holds every file of its folder, each named after its criterion", () => {
    const files = readdirSync(new URL("criteria/", folder)).filter(
      (file) => file !== "index.ts" && file !== "criterion.ts",
    );
    expect(files.toSorted()).toEqual(criteria.map((criterion) => `${criterion.id}.ts`).toSorted());
  });

  test.each(criteria)("$id is its own documentation", (criterion) => {
    expect(criterion.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(criterion.weight).toBeGreaterThan(0);
    expect(criterion.source).toMatch(/https:\/\//);
    for (const text of [criterion.title, criterion.why, criterion.measured])
      expect(text.length).toBeGreaterThan(20);
  });
});

test("CRITERIA.md is what `npm run docs` writes", () => {
  expect(readFileSync(new URL("CRITERIA.md", folder), "utf8")).toBe(criteriaDocument());
});
