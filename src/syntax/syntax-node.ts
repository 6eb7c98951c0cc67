/**
 * One node of a parsed Python file: plain data, detached from tree-sitter, so that nothing outside this room holds
 * native memory. Anonymous tokens are left out unless they carry a field (operators) or meaning (`async`, `from`).
 */
export interface SyntaxNode {
  /** The grammar's node name: "call", "function_definition", … */
  readonly type: string;
  /** The grammar's field under which the parent holds it, or null. */
  readonly field: string | null;
  /** UTF-16 offsets into the source text, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

/** A parsed file. `errors` are the offsets at which the grammar could not follow the text. */
export interface SyntaxTree {
  readonly text: string;
  readonly root: SyntaxNode;
  readonly errors: readonly number[];
  /** Where comments are, in source order; `#` included, the line's end not. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** True where nesting went past the bound and what lies deeper was left out. */
  readonly truncated: boolean;
}

/** The child held under a field, or undefined. */
export function childByField(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field);
}

/** All children held under a field, in source order. */
export function childrenByField(node: SyntaxNode, field: string): SyntaxNode[] {
  return node.children.filter((child) => child.field === field);
}
