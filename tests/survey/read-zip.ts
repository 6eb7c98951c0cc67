import { inflateRawSync } from "node:zlib";
import type { ArchiveEntry } from "./archive-entry.ts";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const TYPE_MASK = 0o170000;
const LINK_TYPE = 0o120000;

/**
 * Lists what a zip archive, such as a wheel, holds. It knows what wheels use: stored and deflated entries, no encryption, no zip64.
 *
 * @throws Error for anything else.
 */
export function readZip(archive: Buffer): ArchiveEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || archive.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error("not a zip archive");
  const entries: ArchiveEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error("the zip directory is damaged");
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    if (!name.endsWith("/")) entries.push(entryAt(archive, at, name));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function entryAt(archive: Buffer, at: number, name: string): ArchiveEntry {
  const method = archive.readUInt16LE(at + 10);
  const packed = archive.readUInt32LE(at + 20);
  const size = archive.readUInt32LE(at + 24);
  const isLink = ((archive.readUInt32LE(at + 38) >>> 16) & TYPE_MASK) === LINK_TYPE;
  const header = archive.readUInt32LE(at + 42);
  return { name, isFile: !isLink, size, read };

  function read(): Buffer {
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const bytes = archive.subarray(start, start + packed);
    if (method === 0) return bytes;
    if (method !== 8) throw new Error(`${name} is packed in a way that is not known here`);
    return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  }
}
