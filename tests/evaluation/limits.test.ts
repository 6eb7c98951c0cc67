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

/** Dependencies of which each asks for the next, and the last for the first, by functions that call others. */
function ringOf(names: readonly string[]): Record<string, string> {
  const calls = [1, 2, 3, 4, 5, 6].map((n) => `def step${n - 1}(row):\n    return step${n}(row)\n`);
  const asking = names.map((name, index) => {
    const next = names[(index + 1) % names.length];
    return `def ${name}(row: Annotated[A, Depends(${next})]) -> Annotated[A, Depends(${name})]:\n    return step0(row)\n`;
  });
  return {
    ...chosenOf(["A"]),
    "shop/rows.py": "from shop.models import A\n\ndef count():\n    return A.objects.count()\n",
    "shop/api.py": `from typing import Annotated\nfrom fastapi import Depends\nfrom shop.models import A\n\n${[...calls, ...asking].join("\n")}`,
  };
}

it.each([
  ["themselves", ["user"]],
  ["one another", ["user", "team"]],
  ["one another in a large ring", Array.from({ length: 300 }, (_, index) => `user${index}`)],
])("gets over dependencies that ask for %s", async (_, names) => {
  const cwd = temporaryTree(ringOf(names));
  const { projects, problems } = await scan({
    paths: ["."],
    cwd,
    config: { ...DEFAULT_CONFIG, cache: false },
  });
  expect(problems).toEqual([]);
  expect(projects.flatMap(({ queries }) => queries.items.map(({ path }) => path))).toEqual(["shop/rows.py"]);
});

it.each([
  ["a tuple of itself", "return grow((data, data))"],
  ["a mapping of itself", 'return grow({"left": data, "right": (data, data)})'],
  ["mappings of what it awaits", 'return grow({"left": wait(data), "right": wait(data)})'],
  ["its arguments", "return grow(data, *data)"],
])("gets over a function that calls itself with %s", async (_, body) => {
  const waits = "async def wait(data):\n    return data\n\n";
  const cwd = temporaryTree({
    ...chosenOf(["A"]),
    "shop/rows.py": `from shop.models import A\n\n${waits}def grow(data, *more):\n    A.objects.count()\n    ${body}\n\ngrow(1)\n`,
  });
  const { projects } = await scan({ paths: ["."], cwd, config: { ...DEFAULT_CONFIG, cache: false } });
  expect(projects.flatMap(({ queries }) => queries.items.map(({ execution }) => execution.line))).toEqual([
    7,
  ]);
});

/** Files that took from a minute to for ever before there were bounds, and a line of a statement that is found in them. */
const NESTED: readonly (readonly [what: string, body: string, line: number])[] = [
  [
    "thousands of elif branches",
    `    if kind == 0:\n        pass\n${Array.from({ length: 5000 }, (_, n) => `    elif kind == ${n}:\n        rows = A.objects.filter(pk=${n})\n`).join("")}    return rows.count()\n`,
    10_006,
  ],
  [
    "try in try",
    `${Array.from({ length: 40 }, (_, n) => `${"    ".repeat(n + 1)}try:\n`).join("")}${"    ".repeat(41)}A.objects.count()\n${Array.from({ length: 40 }, (_, n) => `${"    ".repeat(40 - n)}except ValueError:\n${"    ".repeat(41 - n)}pass\n`).join("")}`,
    44,
  ],
  [
    "thousands of ways of building one statement",
    `    rows = A.objects.all()\n${Array.from({ length: 3000 }, (_, n) => `    if kind.has${n}:\n        rows = rows.filter(pk=kind.has${n})\n`).join("")}    return rows.count()\n`,
    6005,
  ],
];

it.each(NESTED)("reads and follows %s", async (_, body, line) => {
  const cwd = temporaryTree({
    ...chosenOf(["A"]),
    "shop/rows.py": `from shop.models import A\n\ndef count(kind):\n${body}`,
  });
  const { projects } = await scan({ paths: ["."], cwd, config: { ...DEFAULT_CONFIG, cache: false } });
  const lines = projects.flatMap(({ queries }) => queries.items.map(({ execution }) => execution.line));
  expect(lines).toContain(line);
});
