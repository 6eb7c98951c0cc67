import type { SyntaxNode, SyntaxTree } from "./syntax-node.ts";

/** Takes the visible nodes of a tree as they are visited, a parent before its children. */
export interface TreeVisitor {
  /**
   * @param symbol the node's type as an index into the language's names; one beyond them is an error.
   * @param field index into the language's field names, 0 for none.
   * @param start offset in UTF-16 units, `end` exclusive.
   * @returns false when its children are not wanted; `leave` is called only after true.
   */
  enter(
    symbol: number,
    field: number,
    isNamed: boolean,
    isMissing: boolean,
    start: number,
    end: number,
  ): boolean;
  leave(): void;
}

/** Names that a grammar gives its numbers. */
export interface GrammarNames {
  readonly types: readonly string[];
  readonly fields: readonly (string | null)[];
}

/** Deeper nesting than this is cut: CPython itself refuses far less, and recursion here must stay bounded. */
const MAX_DEPTH = 400;

/** Anonymous tokens whose presence changes the meaning of their parent. */
const KEPT_TOKENS = new Set(["async", "from", "*", "**"]);

/** Builds a syntax tree out of what `walk` visits. */
export function buildSyntax(
  text: string,
  { types, fields }: GrammarNames,
  walk: (visitor: TreeVisitor) => void,
): SyntaxTree {
  const errors: number[] = [];
  const comments: { start: number; end: number }[] = [];
  const top: SyntaxNode[] = [];
  const open: SyntaxNode[][] = [top];
  let siblings = top;
  let truncated = false;
  walk({
    enter(symbol, field, isNamed, isMissing, start, end) {
      const type = types[symbol] ?? "ERROR";
      if (isNamed ? type === "comment" : field === 0 && !KEPT_TOKENS.has(type)) {
        // The grammar takes the carriage return of a line's end for a part of the comment.
        if (type === "comment")
          comments.push({ start, end: text.charCodeAt(end - 1) === 13 ? end - 1 : end });
        // A bracket or colon that the grammar had to imagine is no node of ours, and the only trace of the error.
        else if (isMissing) errors.push(start);
        return false;
      }
      if (isMissing || type === "ERROR") errors.push(start);
      const children: SyntaxNode[] = [];
      siblings.push({ type, field: field === 0 ? null : (fields[field] ?? null), start, end, children });
      if (open.length > MAX_DEPTH) {
        truncated = true;
        return false;
      }
      open.push(children);
      siblings = children;
      return true;
    },
    leave() {
      open.pop();
      siblings = open.at(-1) ?? top;
    },
  });
  const [root] = top;
  if (root === undefined) throw new Error("the Python grammar gave a tree without a root");
  return { text, root, errors, comments, truncated };
}
