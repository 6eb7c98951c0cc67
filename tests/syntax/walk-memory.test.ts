// What is read from memory must be what tree-sitter's own cursor says: on good code, bad code and half a file.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Language, Parser } from "web-tree-sitter";
import { buildSyntax } from "../../src/syntax/build-syntax.ts";
import { walkCursor } from "../../src/syntax/walk-cursor.ts";
import { type GrowingMemory, memoryWalker } from "../../src/syntax/walk-memory.ts";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const grammar = (name: string): Buffer => readFileSync(join(ROOT, "grammars", name));

function fixtures(): string[] {
  const folder = join(ROOT, "fixtures");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

describe("memoryWalker", async () => {
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { Memory: new (pages: object) => GrowingMemory };
  };
  const wasmMemory = new WebAssembly.Memory({ initial: 512, maximum: 32768 });
  await Parser.init({ wasmBinary: grammar("web-tree-sitter.wasm"), wasmMemory });
  const language = await Language.load(grammar("tree-sitter-python.wasm"));
  const parser = new Parser();
  parser.setLanguage(language);
  const walkMemory = memoryWalker(wasmMemory);

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
    const before = wasmMemory.buffer.byteLength;
    const text = "x = {'a': [1, 2, 3], **b}\n".repeat(20_000);
    const tree = parser.parse(text);
    if (tree === null) throw new Error("no tree");
    expect(wasmMemory.buffer.byteLength).toBeGreaterThan(before);
    const { root } = buildSyntax(text, language, (visitor) => walkMemory(tree, visitor));
    tree.delete();
    expect(root.children).toHaveLength(20_000);
    expect(root.children.at(-1)).toMatchObject({ type: "expression_statement", end: text.length - 1 });
    check("x = 1\n");
  });
});
