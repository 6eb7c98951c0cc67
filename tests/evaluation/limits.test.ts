// What evaluation does not follow to the end is a problem in the report, where statements may be lost by it.
import { expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import type { Problem } from "../../src/model/problem.ts";
import { scan } from "../../src/scan.ts";
import { temporaryTree } from "../temporary-tree.ts";

const MODELS = ["A", "B", "C", "D", "E", "F", "G"];

async function limits(files: Readonly<Record<string, string>>): Promise<readonly Problem[]> {
  const cwd = temporaryTree(files);
  const { problems } = await scan({ paths: ["."], cwd, config: { ...DEFAULT_CONFIG, cache: false } });
  return problems.filter(({ kind }) => kind === "limit");
}

function chosenOf(models: readonly string[]): Record<string, string> {
  const classes = models.map((name) => `class ${name}(models.Model):\n    title = models.TextField()\n`);
  const branches = models.map((name) => `    if kind == "${name}":\n        rows = ${name}.objects.all()\n`);
  return {
    "shop/models.py": `from django.db import models\n\n${classes.join("\n")}`,
    "shop/rows.py": `from shop.models import *\n\ndef count(kind):\n    rows = []\n${branches.join("")}    return rows.count()\n`,
  };
}

it("says where a value can be more statements than are followed", async () => {
  expect(await limits(chosenOf(MODELS))).toEqual([
    {
      path: "shop/rows.py",
      kind: "limit",
      line: 3,
      message: expect.stringMatching(/more than 6 things.* here:/),
    },
  ]);
  expect(await limits(chosenOf(MODELS.slice(0, 5)))).toEqual([]);
});

function calledIn(ways: number): Record<string, string> {
  const calls = Array.from(
    { length: ways },
    (_, index) => `def use_${index}():\n    return rows("${"k".repeat(index + 1)}").count()\n`,
  );
  return {
    ...chosenOf(["A"]),
    "shop/rows.py": `from shop.models import A\n\ndef rows(kind):\n    return A.objects.filter(title=kind)\n\n${calls.join("\n")}`,
  };
}

it("says where a function gives a statement in more ways than are followed", async () => {
  const [limit, ...more] = await limits(calledIn(14));
  expect(limit).toMatchObject({
    path: "shop/rows.py",
    line: 3,
    message: expect.stringContaining("more than 10 ways"),
  });
  expect(more).toEqual([]);
  expect(await limits(calledIn(8))).toEqual([]);
});

it("says nothing of functions that give no statement, however they are called, nor of tests", async () => {
  const files = calledIn(14);
  const logged = (files["shop/rows.py"] ?? "").replace(
    "return A.objects.filter(title=kind)",
    "return kind.upper()",
  );
  expect(await limits({ ...files, "shop/rows.py": logged })).toEqual([]);
  const { "shop/rows.py": rows = "", ...others } = files;
  expect(await limits({ ...others, "tests/test_rows.py": rows })).toEqual([]);
});
