// TOML parsers give no position for a key, so this looks for it in the text. It follows table headers and `key =` lines, which
// is enough to point at a line; inside an inline table the line of the nearest enclosing key is given.

const KEY = /(?:[\w-]+|"[^"\n]*"|'[^'\n]*')/;
const DOTTED = `${KEY.source}(?:\\s*\\.\\s*${KEY.source})*`;
const HEADER = new RegExp(`^\\s*\\[\\[?\\s*(${DOTTED})\\s*\\]`);
const ENTRY = new RegExp(`^\\s*(${DOTTED})\\s*=`);

/** The 1-based line on which the key at `path` is set, or null when not even a parent of it is found. */
export function lineOfKey(toml: string, path: readonly string[]): number | null {
  let header: readonly string[] = [];
  let best: { line: number; depth: number } | null = null;
  for (const [index, text] of toml.split(/\r\n|\n|\r/).entries()) {
    const opened = HEADER.exec(text)?.[1];
    const entry = ENTRY.exec(text)?.[1];
    if (opened !== undefined) header = keyParts(opened);
    else if (entry === undefined) continue;
    const here = entry === undefined || opened !== undefined ? header : [...header, ...keyParts(entry)];
    const leadsThere = here.length <= path.length && here.every((part, depth) => part === path[depth]);
    if (leadsThere && here.length > (best?.depth ?? 0)) best = { line: index + 1, depth: here.length };
  }
  return best?.line ?? null;
}

function keyParts(dotted: string): string[] {
  return (dotted.match(new RegExp(KEY.source, "g")) ?? []).map((part) =>
    part.replace(/^(["'])(.*)\1$/, "$2"),
  );
}
