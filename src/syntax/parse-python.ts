// Turns Python text into plain nodes with tree-sitter. The native tree is copied in one walk and freed at once: keeping native
// trees alive makes memory and time grow (measured on 1.1 million lines).
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Language, Parser, type Tree } from "web-tree-sitter";
import { buildSyntax, type TreeVisitor } from "./build-syntax.ts";
import type { SyntaxTree } from "./syntax-node.ts";
import { walkCursor } from "./walk-cursor.ts";
import { type GrowingMemory, memoryWalker } from "./walk-memory.ts";

/** WebAssembly pages of 64 KiB, as web-tree-sitter itself sets them. */
const MEMORY = { initial: 512, maximum: 32768 };

/** Has errors, missing tokens, aliases, fields of hidden nodes and tokens too long to be kept in place of a pointer. */
const SAMPLE = `async def f(a, *b: int, c=f"{a!r:>{c}}", **d) -> None:
    """${"long ".repeat(80)}"""  # comment
    if a: print "x"
    elif not (b and c) in [*d]: return {**a, "k": -1 ** 2}
    with a as b, (c as d): yield from x.y(z)[1:2]
match x:
    case {"a": [p, *q]} | C(r=1): pass
def broken(:
    x = (1,
class
`;

type Walk = (tree: Tree, visitor: TreeVisitor) => void;

export type PythonParser = (text: string) => SyntaxTree;

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

/**
 * Loads the grammar once and returns a parser.
 *
 * @throws Error when the packaged grammar files are missing, which is a broken installation.
 */
export async function createPythonParser(): Promise<PythonParser> {
  const wasmMemory = newMemory();
  await Parser.init({ wasmBinary: readFileSync(grammarFile("web-tree-sitter.wasm")), wasmMemory });
  const language = await Language.load(readFileSync(grammarFile("tree-sitter-python.wasm")));
  const parser = new Parser();
  parser.setLanguage(language);
  const parseWith =
    (walk: Walk): PythonParser =>
    (text) => {
      const tree = parser.parse(text);
      if (tree === null) throw new Error("the Python grammar gave no tree: no language was set");
      try {
        return buildSyntax(text, language, (visitor) => walk(tree, visitor));
      } finally {
        tree.delete();
      }
    };
  const viaCursor = parseWith(walkCursor);
  const viaMemory = parseWith(memoryWalker(wasmMemory));
  return isSame(viaMemory, viaCursor) ? viaMemory : viaCursor;
}

/** Node has WebAssembly, its type declarations do not. */
function newMemory(): GrowingMemory {
  const { WebAssembly } = globalThis as unknown as {
    readonly WebAssembly: { readonly Memory: new (pages: typeof MEMORY) => GrowingMemory };
  };
  return new WebAssembly.Memory(MEMORY);
}

/** False where tree-sitter lays out its memory in another way than is known here. */
function isSame(quick: PythonParser, sure: PythonParser): boolean {
  try {
    return JSON.stringify(quick(SAMPLE)) === JSON.stringify(sure(SAMPLE));
  } catch {
    return false;
  }
}
