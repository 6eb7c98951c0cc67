// A comment further out than the decorator above it ends the block for tree-sitter's grammar (0.25), though not for Python: the
// decorator is taken for an error, and the method behind it has none.

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** A text with blanks in place of some comments, and where those are. Offsets are the same. */
export interface BlankedText {
  readonly text: string;
  readonly comments: readonly Extent[];
}

const LINE = /^([ \t]*)(@|#|(?:async[ \t]+)?def\b|class\b)?[^\n]*\n?/gm;

/** The text without comments that stand further out than a decorator, between it and what it decorates; null where none does. */
export function withoutStrayComments(text: string): BlankedText | null {
  const comments: Extent[] = [];
  let indent = 0;
  for (const { 0: line, 1: blanks = "", 2: first = "", index } of text.matchAll(LINE)) {
    if (first === "@") indent = Math.max(indent, blanks.length);
    else if (first === "#" && blanks.length < indent)
      comments.push({ start: index + blanks.length, end: index + line.trimEnd().length });
    else if (first !== "" && first !== "#") indent = 0;
  }
  if (comments.length === 0) return null;
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of comments) {
    pieces.push(text.slice(from, start), " ".repeat(end - start));
    from = end;
  }
  return { text: pieces.join("") + text.slice(from), comments };
}
