import type { Tree } from "web-tree-sitter";
import type { TreeVisitor } from "./build-syntax.ts";

/** Visits a tree through tree-sitter's own cursor: right with every build of it, and slow. */
export function walkCursor(tree: Tree, visitor: TreeVisitor): void {
  const cursor = tree.walk();
  const visit = (): void => {
    const { nodeTypeId, currentFieldId, nodeIsNamed, nodeIsMissing, startIndex, endIndex } = cursor;
    if (!visitor.enter(nodeTypeId, currentFieldId, nodeIsNamed, nodeIsMissing, startIndex, endIndex)) return;
    if (cursor.gotoFirstChild()) {
      do visit();
      while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    visitor.leave();
  };
  try {
    visit();
  } finally {
    cursor.delete();
  }
}
