// What is read from memory must be what tree-sitter's own cursor says: on good code, bad code and half a file.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { buildSyntax } from "../../src/syntax/build-syntax.ts";
import { loadGrammar } from "../../src/syntax/load-grammar.ts";
import { walkCursor } from "../../src/syntax/walk-cursor.ts";
import { memoryWalker } from "../../src/syntax/walk-memory.ts";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function fixtures(): string[] {
  const folder = join(ROOT, "fixtures");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

describe("memoryWalker", async () => {
  const { parser, language, memory } = await loadGrammar();
  const walkMemory = memoryWalker(memory);

  const check = (text: string): void => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error("no tree");
    const quick = buildSyntax(text, language, (visitor) => walkMemory(tree, visitor));
    const sure = buildSyntax(text, language, (visitor) => walkCursor(tree, visitor));
    tree.delete();
    expect(JSON.stringify(quick)).toBe(JSON.stringify(sure));
  };

  it("agrees with the cursor on every fixture", () => {
    const texts = fixtures();
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) check(text);
  });

  it("agrees on code that ends in the middle, or lacks a character", () => {
    const text = fixtures().reduce((left, right) => (left.length > right.length ? left : right));
    const step = Math.ceil(text.length / 40);
    for (let at = 0; at < text.length; at += step) {
      check(text.slice(0, at));
      check(text.slice(0, at) + text.slice(at + 1));
    }
  });

  it("agrees where names are aliases, nesting is deep, and the text is no Python", () => {
    check("");
    check("type X = int\nmatch = case = print = 1\nprint >>f, x\nexec 'a' in b\n");
    check(`x = ${"(".repeat(500)}1${")".repeat(500)}\n`);
    check("\u0000\ufffd}])\n\t \u{1f388}'''");
  });

  it("follows the memory when it grows", () => {
    const before = memory.buffer.byteLength;
    // However much memory other tests of the thread have asked for, some text needs more.
    let lines = 10_000;
    let text = "";
    for (let tree = null; memory.buffer.byteLength === before; tree?.delete()) {
      lines *= 2;
      text = "x = {'a': [1, 2, 3], **b}\n".repeat(lines);
      tree = parser.parse(text);
    }
    const tree = parser.parse(text);
    if (tree === null) throw new Error("no tree");
    const { root } = buildSyntax(text, language, (visitor) => walkMemory(tree, visitor));
    tree.delete();
    expect(root.children).toHaveLength(lines);
    expect(root.children.at(-1)).toMatchObject({ type: "expression_statement", end: text.length - 1 });
    check("x = 1\n");
  });
});
