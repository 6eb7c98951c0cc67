// Facts of unchanged files, kept between runs. Nothing here may ever fail a scan: a cache that cannot be read is empty, one that
// cannot be written stays as it is. Runs may share a folder: segments appear whole by a rename and are never changed.
import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { type EntryPlace, HEAD_BYTES, indexBytes, isIntact, readIndex, writeIndex } from "./segment.ts";

/** What a scan needs of a cache. Keys are those of `entryKey`. */
export interface FactsCache {
  /** The bytes kept under a key, or null. */
  get(key: string): Uint8Array | null;
  /** Everything kept under the key, by runs that did not find what they looked for in what was there. */
  all(key: string): Iterable<Uint8Array>;
  put(key: string, bytes: Uint8Array): void;
  /** Writes what was put, drops what has not been used for longest, and lets go of all files. */
  close(): void;
}

export interface CacheBounds {
  /** Bytes that all segments may take together. */
  readonly bytes: number;
  readonly segments: number;
}

export const CACHE_BOUNDS: CacheBounds = { bytes: 1024 ** 3, segments: 64 };
/** A run that used more segments than this writes what it used into one. */
const MAX_USED_SEGMENTS = 8;
/** A name that starts so was being written; it is left alone for this long. */
const TEMPORARY = "writing-";
const TEMPORARY_MS = 3_600_000;

interface OpenSegment {
  readonly file: string;
  readonly descriptor: number;
  readonly places: Map<string, EntryPlace>;
  /** Keys only: what a whole repository's facts take would otherwise stay in memory until the end. */
  readonly used: Set<string>;
  isDamaged: boolean;
}

/** The key of a file's facts: its bytes and all else that they depend on. */
export function entryKey(bytes: Uint8Array, rest: string): string {
  return createHash("sha256").update(rest).update("\0").update(bytes).digest("hex");
}

/**
 * Opens a cache folder; it is made when something is first written.
 *
 * @param stamp names what made the facts; segments with another stamp are not looked into.
 */
export function openFactsCache(folder: string, stamp: string, bounds = CACHE_BOUNDS): FactsCache {
  const prefix = `facts-${createHash("sha256").update(stamp).digest("hex").slice(0, 16)}-`;
  const segments = openSegments(folder, prefix);
  const added = new Map<string, Uint8Array>();
  function* all(key: string): Generator<Uint8Array, undefined> {
    for (const segment of segments) {
      const bytes = readEntry(segment, key);
      if (bytes !== null) yield bytes;
    }
    return undefined;
  }
  return {
    get: (key) => all(key).next().value ?? null,
    all,
    put: (key, bytes) => void added.set(key, bytes),
    close() {
      const used = segments.filter((segment) => segment.used.size > 0);
      const isScattered = used.length > MAX_USED_SEGMENTS;
      const gathered = segments.filter(({ isDamaged, used }) => isDamaged || (isScattered && used.size > 0));
      for (const segment of gathered)
        for (const key of segment.used) {
          const bytes = readEntry(segment, key);
          if (bytes !== null) added.set(key, bytes);
        }
      for (const { descriptor } of segments) quietly(() => closeSync(descriptor));
      const written = added.size > 0 ? writeSegment(folder, prefix, added, bounds) : null;
      if (written !== null) {
        // What was written may have taken the very name of what it heals.
        const replaced = gathered.filter(({ file }) => file !== written);
        for (const { file, isDamaged, places, used: taken } of replaced)
          if (isDamaged || taken.size === places.size) quietly(() => rmSync(file, { force: true }));
      }
      for (const { file } of used) quietly(() => markUsed(file));
      if (written !== null) quietly(() => evict(folder, bounds));
    },
  };
}

function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function openSegments(folder: string, prefix: string): OpenSegment[] {
  const names = quietly(() => readdirSync(folder)) ?? [];
  return names
    .filter((name) => name.startsWith(prefix))
    .sort()
    .flatMap((name) => quietly(() => openSegment(join(folder, name))) ?? []);
}

function openSegment(file: string): OpenSegment | null {
  const descriptor = openSync(file, "r");
  let isKept = false;
  try {
    const head = readAt(descriptor, 0, HEAD_BYTES);
    const length = head === null ? null : indexBytes(head);
    const index = length === null ? null : readAt(descriptor, 0, length);
    const places = index === null ? null : readIndex(index);
    isKept = places !== null;
    if (places !== null) return { file, descriptor, places, used: new Set(), isDamaged: false };
  } finally {
    if (!isKept) closeSync(descriptor);
  }
  // No reader can use it; writers never leave one like it.
  rmSync(file, { force: true });
  return null;
}

function readAt(descriptor: number, offset: number, length: number): Buffer | null {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let filled = 0; filled < length; ) {
    const count = readSync(descriptor, bytes, filled, length - filled, offset + filled);
    if (count === 0) return null;
    filled += count;
  }
  return bytes;
}

function readEntry(segment: OpenSegment, key: string): Uint8Array | null {
  const place = segment.places.get(key);
  if (place === undefined) return null;
  const bytes = quietly(() => readAt(segment.descriptor, place.offset, place.length));
  if (bytes !== null && isIntact(bytes, place)) {
    segment.used.add(key);
    return bytes;
  }
  segment.places.delete(key);
  segment.used.delete(key);
  segment.isDamaged = true;
  return null;
}

/** The segment's file; null when nothing was written: no room, no permission, or more than the cache may hold. */
function writeSegment(
  folder: string,
  prefix: string,
  entries: ReadonlyMap<string, Uint8Array>,
  bounds: CacheBounds,
): string | null {
  const sorted = [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
  const bytes = sorted.reduce((total, [, one]) => total + one.length, 0);
  if (bytes > bounds.bytes) return null;
  const index = writeIndex(sorted);
  const name = createHash("sha256").update(index).digest("hex").slice(0, 24);
  const file = join(folder, `${prefix}${name}`);
  const temporary = join(folder, `${TEMPORARY}${randomBytes(12).toString("hex")}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const descriptor = openSync(temporary, "wx", 0o600);
    try {
      writeAll(descriptor, index);
      for (const [, one] of sorted) writeAll(descriptor, one);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
    return file;
  } catch {
    quietly(() => rmSync(temporary, { force: true }));
    return null;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}

/** Moves a segment's time of change to now by writing its first byte again: no clock is asked. */
function markUsed(file: string): void {
  const descriptor = openSync(file, "r+");
  try {
    const first = readAt(descriptor, 0, 1);
    if (first !== null) writeSync(descriptor, first, 0, 1, 0);
  } finally {
    closeSync(descriptor);
  }
}

/** Drops the segments used longest ago until the rest is within bounds, and what interrupted runs left behind. */
function evict(folder: string, bounds: CacheBounds): void {
  const files = readdirSync(folder)
    .filter((name) => name.startsWith("facts-") || name.startsWith(TEMPORARY))
    .flatMap((name) => {
      const stats = quietly(() => statSync(join(folder, name)));
      return stats === null ? [] : [{ name, bytes: stats.size, at: stats.mtimeMs }];
    })
    .sort((left, right) => right.at - left.at);
  const newest = files[0]?.at ?? 0;
  let total = 0;
  let count = 0;
  for (const { name, bytes, at } of files) {
    const isTemporary = name.startsWith(TEMPORARY);
    if (isTemporary && newest - at < TEMPORARY_MS) continue;
    total += bytes;
    count += 1;
    if (isTemporary || (count > 1 && (total > bounds.bytes || count > bounds.segments)))
      quietly(() => rmSync(join(folder, name), { force: true }));
  }
}
