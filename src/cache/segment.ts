// The file format of the cache: an index, then the entries. A segment is written once and never changed, so readers need no lock;
// every entry carries a checksum, so that damage costs that entry and nothing else.
import { crc32 } from "node:zlib";

/** Bytes of a key. */
export const KEY_BYTES = 32;
/** Opens every segment; the last digit counts changes of this format. */
const MAGIC = Buffer.from("ormvfct1", "latin1");
const HEADER_BYTES = MAGIC.length + 8;
const ROW_BYTES = KEY_BYTES + 8;
/** More entries than any repository has files: a larger number is damage. */
const MAX_ENTRIES = 4_000_000;

/** Where an entry lies in its segment. */
export interface EntryPlace {
  readonly offset: number;
  readonly length: number;
  readonly checksum: number;
}

/** How many bytes the index takes, from the first bytes of a segment; null where they are none. */
export function indexBytes(head: Buffer): number | null {
  if (head.length < HEADER_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const count = head.readUInt32LE(MAGIC.length);
  return count > MAX_ENTRIES ? null : HEADER_BYTES + count * ROW_BYTES;
}

/** The first bytes that indexBytes needs. */
export const HEAD_BYTES = HEADER_BYTES;

/** The index by key (hexadecimal); null where it is damaged. */
export function readIndex(index: Buffer): Map<string, EntryPlace> | null {
  if (indexBytes(index) !== index.length) return null;
  const rows = index.subarray(HEADER_BYTES);
  if (crc32(rows) !== index.readUInt32LE(MAGIC.length + 4)) return null;
  const places = new Map<string, EntryPlace>();
  let offset = index.length;
  for (let at = 0; at < rows.length; at += ROW_BYTES) {
    const length = rows.readUInt32LE(at + KEY_BYTES);
    const checksum = rows.readUInt32LE(at + KEY_BYTES + 4);
    places.set(rows.toString("hex", at, at + KEY_BYTES), { offset, length, checksum });
    offset += length;
  }
  return places;
}

/** Whether bytes are what was written at a place. */
export function isIntact(bytes: Uint8Array, place: EntryPlace): boolean {
  return bytes.length === place.length && crc32(bytes) === place.checksum;
}

/** The opening of a segment for entries in this order; the entries' bytes follow it. */
export function writeIndex(entries: readonly (readonly [key: string, bytes: Uint8Array])[]): Buffer {
  const index = Buffer.alloc(HEADER_BYTES + entries.length * ROW_BYTES);
  MAGIC.copy(index);
  index.writeUInt32LE(entries.length, MAGIC.length);
  for (const [row, [key, bytes]] of entries.entries()) {
    const at = HEADER_BYTES + row * ROW_BYTES;
    index.write(key, at, KEY_BYTES, "hex");
    index.writeUInt32LE(bytes.length, at + KEY_BYTES);
    index.writeUInt32LE(crc32(bytes), at + KEY_BYTES + 4);
  }
  index.writeUInt32LE(crc32(index.subarray(HEADER_BYTES)), MAGIC.length + 4);
  return index;
}
