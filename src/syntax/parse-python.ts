// Turns Python text into plain nodes with tree-sitter. The native tree is copied in one cursor walk and freed at once:
// keeping native trees alive makes memory and time grow (measured on 1.1 million lines).
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Language, Parser, type Tree, type TreeCursor } from "web-tree-sitter";
import type { SyntaxNode, SyntaxTree } from "./syntax-node.ts";

/** Deeper nesting than this is cut: CPython itself refuses far less, and recursion here must stay bounded. */
const MAX_DEPTH = 400;

/** Anonymous tokens whose presence changes the meaning of their parent. */
const KEPT_TOKENS = new Set(["async", "from", "*", "**"]);

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
  await Parser.init({ wasmBinary: readFileSync(grammarFile("web-tree-sitter.wasm")) });
  const language = await Language.load(readFileSync(grammarFile("tree-sitter-python.wasm")));
  const parser = new Parser();
  parser.setLanguage(language);
  const types = language.types;
  const fields = language.fields;
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error("the Python grammar gave no tree: no language was set");
    try {
      return copyTree(tree, text, types, fields);
    } finally {
      tree.delete();
    }
  };
}

function copyTree(
  tree: Tree,
  text: string,
  types: readonly string[],
  fields: readonly (string | null)[],
): SyntaxTree {
  const cursor = tree.walk();
  const errors: number[] = [];
  const comments: { start: number; end: number }[] = [];
  let truncated = false;

  const copy = (depth: number): SyntaxNode => {
    const type = types[cursor.nodeTypeId] ?? cursor.nodeType;
    const fieldId = cursor.currentFieldId;
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    if (cursor.nodeIsMissing || type === "ERROR") errors.push(start);
    const children: SyntaxNode[] = [];
    if (depth >= MAX_DEPTH) {
      truncated = true;
    } else if (cursor.gotoFirstChild()) {
      do {
        if (isKept(cursor, types)) children.push(copy(depth + 1));
        else if (isComment(cursor, types)) comments.push({ start: cursor.startIndex, end: cursor.endIndex });
        // A bracket or colon that the grammar had to imagine is no node of ours, and the only trace of the error.
        else if (cursor.nodeIsMissing) errors.push(cursor.startIndex);
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return { type, field: fieldId === 0 ? null : (fields[fieldId] ?? null), start, end, children };
  };

  try {
    const root = copy(0);
    return { text, root, errors, comments, truncated };
  } finally {
    cursor.delete();
  }
}

function isKept(cursor: TreeCursor, types: readonly string[]): boolean {
  if (cursor.nodeIsNamed) return !isComment(cursor, types);
  return cursor.currentFieldId !== 0 || KEPT_TOKENS.has(types[cursor.nodeTypeId] ?? "");
}

function isComment(cursor: TreeCursor, types: readonly string[]): boolean {
  return types[cursor.nodeTypeId] === "comment";
}
