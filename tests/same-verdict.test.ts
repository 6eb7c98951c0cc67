// What does not change what a code base does changes nothing in its verdict: the order of its files, their layout, names of local
// variables, names given to imports, and files that have nothing to do with it.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../src/config/default-config.ts";
import { scan } from "../src/index.ts";
import type { ProjectReport } from "../src/model/report.ts";
import { temporaryTree } from "./temporary-tree.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/projects", import.meta.url));
const NAMES = readdirSync(FIXTURES).filter((name) => statSync(join(FIXTURES, name)).isDirectory());
type Files = Readonly<Record<string, string>>;

function filesOf(name: string): Files {
  const root = join(FIXTURES, name);
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(
    paths.map((path) => [relative(".", path).split(sep).join("/"), readFileSync(join(root, path), "utf8")]),
  );
}

/** What is judged, without the places it was seen at. */
async function verdictsOf(files: Files): Promise<unknown> {
  const cwd = temporaryTree(files);
  const { projects } = await scan({ paths: ["."], cwd, config: { ...DEFAULT_CONFIG, cache: false } });
  return projects.map(judged);
}

function judged({ root, criteria, verdict, queries }: ProjectReport): unknown {
  const { choice, stance, confidence, margin, greenfield, flips, whatIf } = verdict;
  const contributions = criteria.map(({ id, contribution }) => [id, contribution]);
  return {
    root,
    ...{ choice, stance, confidence, margin, greenfield, flips, whatIf },
    contributions,
    tiers: queries.byTier,
  };
}

interface Change {
  readonly what: string;
  readonly apply: (files: Files, seed: number) => Files;
}

/** Applies a change of text to every Python file. */
function inPython(change: (text: string, path: string, files: Files) => string): (files: Files) => Files {
  return (files) =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        path.endsWith(".py") ? change(text, path, files) : text,
      ]),
    );
}

/** Puts remarks before lines that begin outside of any string: at the margin, or as far in as the line. */
function spreadOut(text: string, seed: number): string {
  let isInside = false;
  return text
    .split("\n")
    .map((line, index) => {
      const starts = isInside;
      if ((line.match(/"""|'''/g) ?? []).length % 2 === 1) isInside = !isInside;
      const isFree = !starts && !line.endsWith("\\") && (index * 7 + seed) % 3 === 0;
      const indent = index % 2 === 0 ? "" : line.slice(0, line.length - line.trimStart().length);
      return isFree && index > 0 ? `\n${indent}# a remark, number ${index}\n${line}` : line;
    })
    .join("\n");
}

const word = (name: string): RegExp => new RegExp(String.raw`(?<![\w.])${name}(?!\w)`, "g");

/** Whether a name stands for itself wherever it occurs: never an attribute, an argument's name, a definition or part of a string. */
function isPlain(name: string, text: string): boolean {
  const other = String.raw`\.${name}\b|\b${name}=(?!=)|\b(?:def|class|global|nonlocal) ${name}\b|["'][^"'\n]*\b${name}\b[^"'\n]*["']|\{[^}\n]*\b${name}\b`;
  return !new RegExp(other).test(text);
}

/** Names that lines assign to, by the kind of block that holds the line; blocks are told apart by their indentation. */
function assignedIn(text: string, block: "def" | "class" | "module"): ReadonlySet<string> {
  const open: { readonly indent: number; readonly kind: "def" | "class" }[] = [];
  const found = new Set<string>();
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const indent = line.length - line.trimStart().length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const [, name = ""] = /^\s*(\w+)(?:: [^=]+)? = /.exec(line) ?? [];
    if (name !== "" && (open.at(-1)?.kind ?? "module") === block) found.add(name);
    const [, kind] = /^\s*(?:async )?(def|class) /.exec(line) ?? [];
    if (kind === "def" || kind === "class") open.push({ indent, kind });
  }
  return found;
}

/** Renames variables that are assigned in functions and nowhere else. */
function renameLocals(text: string): string {
  const elsewhere = new Set([...assignedIn(text, "class"), ...assignedIn(text, "module")]);
  const names = [...assignedIn(text, "def")].filter(
    (name) =>
      !elsewhere.has(name) &&
      !new RegExp(String.raw`import[^\n]*\b${name}\b`).test(text) &&
      isPlain(name, text),
  );
  return names.reduce((was, name) => was.replace(word(name), `renamed_${name}`), text);
}

/** `from flask import Flask` as `from flask import Flask as other_Flask`, of packages from elsewhere. */
function aliasImports(text: string, path: string, files: Files): string {
  const own = new Set(Object.keys(files).flatMap((one) => one.replace(/\.py$/, "").split("/")));
  const isReexport = path.endsWith("__init__.py");
  const pattern = /^from ([a-z]\w*)((?:\.\w+)*) import (\w+)$/gm;
  return [...text.matchAll(pattern)].reduce((was, [line, root = "", rest = "", name = ""]) => {
    const others = Object.entries(files).some(
      ([one, code]) =>
        one !== path &&
        new RegExp(`^from \\S+ import .*\\b${name}\\b`, "m").test(code) &&
        !code.includes(line),
    );
    if (own.has(root) || isReexport || others || !isPlain(name, was)) return was;
    return was
      .replace(word(name), `other_${name}`)
      .replace(
        `from ${root}${rest} import other_${name}`,
        `from ${root}${rest} import ${name} as other_${name}`,
      );
  }, text);
}

/** A path in the folder of the first Python file: elsewhere a module could be a project of its own. */
function besideFirst(files: Files, name: string): string {
  const [first = ""] = Object.keys(files)
    .filter((path) => path.endsWith(".py"))
    .toSorted();
  return first.replace(/[^/]*$/, name);
}

const CHANGES: readonly Change[] = [
  {
    what: "the order in which files are written",
    apply: (files) => Object.fromEntries(Object.entries(files).reverse()),
  },
  {
    what: "blank lines and comments",
    apply: (files, seed) => inPython((text) => spreadOut(text, seed))(files),
  },
  { what: "line ends", apply: inPython((text) => text.replaceAll("\n", "\r\n")) },
  { what: "names of local variables", apply: inPython(renameLocals) },
  { what: "names given to imports", apply: inPython(aliasImports) },
  {
    what: "a module that has nothing to do with it",
    apply: (files, seed) => ({
      ...files,
      [besideFirst(files, "sums.py")]:
        `LIMIT = ${seed}\n\n\ndef total(values):\n    return sum(value for value in values if value < LIMIT)\n`,
    }),
  },
];

/** The first scan loads the grammar, and CI machines are slow. */
const SLOW = { timeout: 120_000 };

describe("the verdict is the same", SLOW, () => {
  it.each(NAMES)("of %s, whatever is changed that changes nothing", async (name) => {
    const files = filesOf(name);
    const before = await verdictsOf(files);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...CHANGES], { minLength: 1 }), fc.nat(99), async (changes, seed) => {
        const changed = changes.reduce((was, { apply }) => apply(was, seed), files);
        expect(await verdictsOf(changed)).toEqual(before);
      }),
      { numRuns: 2 },
    );
  });

  it("of one that every change really changes", () => {
    const files = filesOf("fastapi-bookshop");
    for (const { what, apply } of CHANGES)
      expect([what, JSON.stringify(apply(files, 3)) === JSON.stringify(files)]).toEqual([what, false]);
  });
});
