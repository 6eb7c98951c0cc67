// What git's diff says, without a library: only headers and hunk lines are looked at.
import type { LineRange } from "../model/gate.ts";
import { entryName } from "./entry-name.ts";

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/;

/** Changed lines on the new side of a diff without context, by path as entryName writes it. */
export function readDiff(diff: Buffer): Map<string, LineRange[]> {
  const changes = new Map<string, LineRange[]>();
  let current: LineRange[] | null = null;
  // Lines of the hunk that are still to come: a line of content may look like a header.
  let inside = 0;
  // Bytes as characters: names need not be UTF-8, and what lines hold does not matter.
  for (const line of diff.toString("latin1").split("\n")) {
    if (inside > 0 && /^[-+]/.test(line)) {
      inside -= 1;
      continue;
    }
    if (line.startsWith("+++ ")) {
      const path = newPath(line.slice(4));
      current = path === null ? null : [];
      if (path !== null && current !== null) changes.set(path, current);
      continue;
    }
    const hunk = HUNK.exec(line);
    if (hunk === null) continue;
    const start = Number(hunk[1]);
    const count = hunk[2] === undefined ? 1 : Number(hunk[2]);
    const removed = /^@@ -\d+(?:,(\d+))?/.exec(line)?.[1];
    inside = count + (removed === undefined ? 1 : Number(removed));
    // Where lines only went, what stands around the gap changed its meaning.
    current?.push(count === 0 ? [Math.max(1, start), start + 1] : [start, start + count - 1]);
  }
  return changes;
}

/** The path after "+++ ", which git quotes like a C string where it holds quotes or control characters; null for a deleted file. */
function newPath(written: string): string | null {
  const bare = written.endsWith("\t") ? written.slice(0, -1) : written;
  const name = bare.startsWith('"') ? unquote(bare.slice(1, bare.lastIndexOf('"'))) : bare;
  return name.startsWith("b/") ? entryName(Buffer.from(name.slice(2), "latin1")).name : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

function unquote(quoted: string): string {
  return quoted.replace(/\\([0-7]{3}|.)/g, (_whole, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
}
