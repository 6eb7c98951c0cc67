// Comments addressed to `check`. They are taken from comment tokens, so that a string that quotes one does nothing.
import type { Suppression } from "../model/facts.ts";
import type { SyntaxTree } from "../syntax/syntax-node.ts";
import { type LineTable, lineAt, positionAt } from "../text/source-position.ts";

/** `# ormverdict: ignore[a, b] reason`; may follow another tool's comment, as in `# noqa: E501  # ormverdict: ignore[a]`. */
const ADDRESSED = /#\s*ormverdict:\s*(ignore-file|ignore)\b[ \t]*(?:\[([^\]]*)\])?(.*)$/i;
/** A reason may be set off by a dash or colon, and ends where another comment begins. */
const LEAD = /^[\s:–—-]+/;

/** All suppressing comments of a file, in source order. */
export function collectSuppressions(
  { text, comments }: Pick<SyntaxTree, "text" | "comments">,
  table: LineTable,
): Suppression[] {
  return comments.flatMap((comment) => {
    const match = ADDRESSED.exec(text.slice(comment.start, comment.end));
    if (match === null) return [];
    const [, verb = "", listed = "", rest = ""] = match;
    const from = positionAt(table, comment.start);
    const reason = (rest.split("#")[0] ?? "").replace(LEAD, "").trim();
    return [
      {
        line: from.line,
        column: from.column,
        endColumn: positionAt(table, comment.end).column,
        target: verb.toLowerCase() === "ignore-file" ? null : targetLine(text, comment.start, table),
        rules: listed
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name !== ""),
        reason: reason === "" ? null : reason,
      },
    ];
  });
}

/** The comment's own line when code stands before it, else the next line that holds more than a comment. */
function targetLine(text: string, offset: number, table: LineTable): number {
  const line = lineAt(table, offset);
  const start = table.lineStarts[line - 1] ?? 0;
  if (text.slice(start, offset).trim() !== "") return line;
  for (let next = line; next < table.lineStarts.length; next += 1) {
    const content = text.slice(table.lineStarts[next], table.lineStarts[next + 1]).trim();
    if (content !== "" && !content.startsWith("#")) return next + 1;
  }
  return line;
}
