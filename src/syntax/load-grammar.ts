// tree-sitter and its grammar, loaded once a thread: web-tree-sitter keeps the first memory it is given, so a second one would be
// looked at in vain.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";
import type { GrowingMemory } from "./walk-memory.ts";

/** WebAssembly pages of 64 KiB, as web-tree-sitter itself sets them. */
const MEMORY = { initial: 512, maximum: 32768 };

export interface Grammar {
  readonly parser: Parser;
  readonly language: Language;
  readonly memory: GrowingMemory;
}

let loading: Promise<Grammar> | null = null;

/**
 * The grammar, its parser and the memory that trees are made in.
 *
 * @throws Error when the packaged grammar files are missing, which is a broken installation.
 */
export function loadGrammar(): Promise<Grammar> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Grammar> {
  const memory = newMemory();
  await Parser.init({ wasmBinary: readFileSync(grammarFile("web-tree-sitter.wasm")), wasmMemory: memory });
  const language = await Language.load(readFileSync(grammarFile("tree-sitter-python.wasm")));
  const parser = new Parser();
  parser.setLanguage(language);
  return { parser, language, memory };
}

function grammarFile(name: string): string {
  // The same code runs from src/syntax/ and from the bundle in dist/: the grammars folder is a sibling of either root.
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 4; up += 1) {
    const candidate = join(folder, "grammars", name);
    if (existsSync(candidate)) return candidate;
    folder = dirname(folder);
  }
  throw new Error(`grammars/${name} is missing from the ormverdict package; reinstall it`);
}

/** Node has WebAssembly, its type declarations do not. */
function newMemory(): GrowingMemory {
  const { WebAssembly } = globalThis as unknown as {
    readonly WebAssembly: { readonly Memory: new (pages: typeof MEMORY) => GrowingMemory };
  };
  return new WebAssembly.Memory(MEMORY);
}
