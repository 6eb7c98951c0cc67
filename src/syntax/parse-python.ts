// Turns Python text into plain nodes with tree-sitter. The native tree is copied in one walk and freed at once: keeping native
// trees alive makes memory and time grow (measured on 1.1 million lines).
import type { Tree } from "web-tree-sitter";
import { buildSyntax, type TreeVisitor } from "./build-syntax.ts";
import { loadGrammar } from "./load-grammar.ts";
import { withoutStrayComments } from "./stray-comments.ts";
import type { SyntaxTree } from "./syntax-node.ts";
import { walkCursor } from "./walk-cursor.ts";
import { memoryWalker } from "./walk-memory.ts";

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

let making: Promise<PythonParser> | null = null;

/**
 * The parser of this thread, made when it is first asked for.
 *
 * @throws Error when the packaged grammar files are missing, which is a broken installation.
 */
export function createPythonParser(): Promise<PythonParser> {
  making ??= makeParser();
  return making;
}

async function makeParser(): Promise<PythonParser> {
  const { parser, language, memory } = await loadGrammar();
  const treeOf = (text: string, walk: Walk): SyntaxTree => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error("the Python grammar gave no tree: no language was set");
    try {
      return buildSyntax(text, language, (visitor) => walk(tree, visitor));
    } finally {
      tree.delete();
    }
  };
  const parseWith =
    (walk: Walk): PythonParser =>
    (text) =>
      clearerOf(treeOf(text, walk), (other) => treeOf(other, walk));
  const viaCursor = parseWith(walkCursor);
  const viaMemory = parseWith(memoryWalker(memory));
  return isSame(viaMemory, viaCursor) ? viaMemory : viaCursor;
}

/** What has errors is parsed again without comments that the grammar may have stumbled over; kept where that is clearer. */
function clearerOf(tree: SyntaxTree, parse: PythonParser): SyntaxTree {
  const blanked = tree.errors.length === 0 ? null : withoutStrayComments(tree.text);
  if (blanked === null) return tree;
  const again = parse(blanked.text);
  if (again.errors.length >= tree.errors.length) return tree;
  const comments = [...again.comments, ...blanked.comments].sort((left, right) => left.start - right.start);
  return { ...again, text: tree.text, comments };
}

/** False where tree-sitter lays out its memory in another way than is known here. */
function isSame(quick: PythonParser, sure: PythonParser): boolean {
  try {
    return JSON.stringify(quick(SAMPLE)) === JSON.stringify(sure(SAMPLE));
  } catch {
    return false;
  }
}
