import { expect, test } from "vitest";
import { collectCondaEnvironment } from "../../../src/facts/manifests/conda-environment.ts";
import { problemsOf, short } from "./short.ts";

const read = (text: string, path = "environment.yml") => collectCondaEnvironment(path, text);

test("conda packages, and pip requirements nested in them", () => {
  const manifest = read(`name: shop
channels: [conda-forge]
dependencies:
  - python=3.11
  - django=4.2
  - "conda-forge::sqlalchemy>=2,<3"
  - psycopg2=2.9.9=py311_0
  - numpy==1.26.4
  - flask 2.3.*
  - "redis-py[version='>=5']"
  - pip
  - psycopg[binary]<4,>=3
  - pip:
      - fastapi[all]==0.110.0
      - -r requirements.txt
      - git+https://host.example/team/tool.git
  - [odd]
`);
  expect(manifest).toMatchObject({ projectName: "shop", requiresPython: "=3.11" });
  expect(short(manifest)).toEqual([
    "5 runtime django=4.2",
    "6 runtime sqlalchemy>=2,<3",
    "7 runtime psycopg2==2.9.9",
    "8 runtime numpy==1.26.4",
    "9 runtime flask2.3.*",
    "10 runtime redis-py>=5",
    "11 runtime pip",
    "12 runtime psycopg[binary]<4,>=3",
    "14 runtime fastapi[all]==0.110.0",
    "16 runtime tool @ git+https://host.example/team/tool.git",
  ]);
  expect(manifest?.dependencies.map(({ pinned }) => pinned).filter((version) => version !== null)).toEqual([
    "2.9.9",
    "1.26.4",
    "0.110.0",
  ]);
  expect(manifest?.includes.map(({ path, line }) => [path, line])).toEqual([["requirements.txt", 15]]);
  expect(problemsOf(manifest)).toEqual([
    "17: An entry of this environment is not a package and was left out.",
  ]);
});

test("the file's name tells what the environment is for", () => {
  expect(short(read("dependencies: [django]", "environment-dev.yml"))).toEqual(["1 development django"]);
  expect(short(read("dependencies: [django]", "docs/environment.yml"))).toEqual(["1 development django"]);
});

test("YAML of another kind is no manifest; broken YAML is a problem with its line", () => {
  expect(read("apiVersion: v1\nkind: ConfigMap\n")).toBeNull();
  expect(read("")).toBeNull();
  const manifest = read('dependencies:\n  - django\n  - "flask\n');
  expect(short(manifest)).toContain("2 runtime django");
  expect(manifest?.problems[0]?.line).toBeGreaterThanOrEqual(3);
});

test.each([
  ["deep nesting", `dependencies: ${"[".repeat(50_000)}`],
  ["nested maps", `dependencies: ${"{a: ".repeat(50_000)}`],
  ["aliases that multiply", `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ndependencies: [*c, *c, django]\n`],
  ["prototype keys", "__proto__: {dependencies: [x]}\ndependencies: [{__proto__: x}]\n"],
  ["NUL", "dependencies: [a\0b]\n"],
  ["a long line", `dependencies: ["${"x".repeat(2_000_000)}"]`],
])(
  "survives %s",
  (_, text) => {
    const start = performance.now();
    const manifest = read(text);
    expect(manifest?.problems.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(10_000);
  },
  30_000,
);
