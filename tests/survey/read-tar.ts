import type { ArchiveEntry } from "./archive-entry.ts";

const BLOCK = 512;

/**
 * Lists what an unzipped tar archive holds: ustar, with the long names of GNU tar and of pax.
 *
 * @throws Error for an archive that ends too early.
 */
export function readTar(archive: Buffer): ArchiveEntry[] {
  const entries: ArchiveEntry[] = [];
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + BLOCK);
    const size = Number.parseInt(textAt(header, 124, 12), 8) || 0;
    const start = at + BLOCK;
    if (start + size > archive.length) throw new Error("the tar archive ends too early");
    const content = archive.subarray(start, start + size);
    const type = textAt(header, 156, 1);
    if (type === "L") longName = textAt(content, 0, size);
    else if (type === "x") longName = paxPath(content) ?? longName;
    else if (type !== "g") {
      const isFile = type === "0" || type === "";
      if (type !== "5") entries.push({ name: longName ?? nameOf(header), isFile, size, read: () => content });
      longName = null;
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

function nameOf(header: Buffer): string {
  const prefix = textAt(header, 257, 5) === "ustar" ? textAt(header, 345, 155) : "";
  const name = textAt(header, 0, 100);
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** The `path` of a pax header, whose lines read `LENGTH KEY=VALUE` with the length in bytes. */
function paxPath(content: Buffer): string | null {
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(" ", at);
    const length = Number.parseInt(content.toString("utf8", at, space), 10);
    if (!(length > 0)) return null;
    const line = content.toString("utf8", space + 1, at + length - 1);
    if (line.startsWith("path=")) return line.slice("path=".length);
    at += length;
  }
  return null;
}

function textAt(bytes: Buffer, start: number, length: number): string {
  const text = bytes.toString("utf8", start, start + length);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}
