// Reads the Python files of a repository: each once, or not at all where its facts are kept. With much to read, threads help.
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { entryKey, type FactsCache } from "../cache/facts-cache.ts";
import { packFile, type ReadFile, unpackFile } from "../facts/pack-facts.ts";
import { readBytes } from "../files/read-text.ts";
import type { ListedFile, Repository } from "../files/repository.ts";
import type { Statement } from "../model/code.ts";
import type { PythonParser } from "../syntax/parse-python.ts";
import { type CountedParser, countParsing } from "./count-parsing.ts";
import { type ReadingDepth, readBody, readSource } from "./read-source.ts";
import type { UnreadFile } from "./worker-messages.ts";
import { startPool, type WorkerPool } from "./worker-pool.ts";

export interface PythonReading {
  readonly depth: ReadingDepth;
  /** Threads to read with, the leading one included; null for as many as there are processors. */
  readonly jobs: number | null;
  readonly loadParser: () => Promise<PythonParser>;
  readonly cache: FactsCache | null;
  /** Called before each file. */
  readonly onFile: (done: number, total: number) => void;
}

export interface PythonFiles {
  /** By path, in the order of the listing. */
  readonly files: ReadonlyMap<string, ReadFile>;
  /** Keys that the facts of each file are kept under, by path; empty without a cache. */
  readonly keys: ReadonlyMap<string, string>;
  /** UTF-16 units that went through the parser. */
  parsed(): number;
  /** Paths of skimmed files whose bodies were asked for so far. */
  readonly opened: ReadonlySet<string>;
  /** Loads what it takes to make the bodies of skimmed files; call it before any is asked for. */
  makeReady(): Promise<void>;
}

/** Bytes handed over at a time. */
const ORDER_BYTES = 256 * 1024;
/** Bytes that the leading thread reads before it calls for help: starting a thread takes as long as reading this much. */
const ALONE_BYTES = 1024 * 1024;

interface Reader {
  readonly reading: PythonReading;
  parser: CountedParser | null;
  readonly read: Map<string, ReadFile>;
  readonly keys: Map<string, string>;
  readonly opened: Set<string>;
  readonly pending: Promise<void>[];
  pool: WorkerPool | null;
  readAlone: number;
  parsedElsewhere: number;
}

export async function readPython(
  repository: Repository,
  files: readonly ListedFile[],
  reading: PythonReading,
): Promise<PythonFiles> {
  const reader: Reader = {
    reading,
    parser: null,
    read: new Map(),
    keys: new Map(),
    opened: new Set(),
    pending: [],
    pool: null,
    readAlone: 0,
    parsedElsewhere: 0,
  };
  try {
    await readAll(reader, repository, files);
  } finally {
    await reader.pool?.close();
  }
  const inOrder = files.flatMap(({ path }) => {
    const one = reader.read.get(path);
    return one === undefined ? [] : ([[path, one]] as const);
  });
  return {
    files: new Map(inOrder),
    keys: reader.keys,
    opened: reader.opened,
    parsed: () => reader.parsedElsewhere + (reader.parser?.parsed() ?? 0),
    async makeReady() {
      if (inOrder.some(([, { isSkimmed }]) => isSkimmed)) await loadParser(reader);
    },
  };
}

async function loadParser(reader: Reader): Promise<PythonParser> {
  reader.parser ??= countParsing(await reader.reading.loadParser());
  return reader.parser.parse;
}

async function readAll(reader: Reader, repository: Repository, files: readonly ListedFile[]): Promise<void> {
  const { cache, onFile } = reader.reading;
  let order: UnreadFile[] = [];
  let size = 0;
  for (const [done, file] of files.entries()) {
    onFile(done, files.length);
    const { bytes, problem } = await readBytes(repository, file.path);
    if (bytes === null) {
      reader.read.set(file.path, { facts: null, problem, isSkimmed: false });
      continue;
    }
    const kept = cache === null ? null : cache.get(noteKey(reader, { file, bytes }));
    if (kept !== null) {
      keep(reader, { file, bytes }, kept);
      continue;
    }
    order.push({ file, bytes });
    size += bytes.byteLength;
    if (size < ORDER_BYTES) continue;
    await readOrder(reader, order, size);
    order = [];
    size = 0;
  }
  if (order.length > 0) await readHere(reader, order);
  await Promise.all(reader.pending);
}

function noteKey({ keys, reading }: Reader, { file, bytes }: UnreadFile): string {
  const { skims, includeTests } = reading.depth;
  const key = entryKey(bytes, `${file.role} ${skims} ${includeTests}`);
  keys.set(file.path, key);
  return key;
}

function remember({ keys, reading }: Reader, path: string, pack: () => Uint8Array): void {
  const key = keys.get(path);
  if (key !== undefined) reading.cache?.put(key, pack());
}

function keep(reader: Reader, { file, bytes }: UnreadFile, packed: Uint8Array): void {
  const bodyOfSkimmed = (): readonly Statement[] => {
    reader.opened.add(file.path);
    if (reader.parser === null) throw new Error(`the body of ${file.path} was asked for before makeReady`);
    return readBody(file, bytes, reader.parser.parse);
  };
  reader.read.set(file.path, unpackFile(packed, file.path, bodyOfSkimmed));
}

async function readOrder(reader: Reader, files: readonly UnreadFile[], size: number): Promise<void> {
  const jobs = reader.reading.jobs ?? availableParallelism();
  if (reader.pool === null && jobs > 1 && reader.readAlone >= ALONE_BYTES) reader.pool = startPool(jobs - 1);
  if (reader.pool?.hasRoom()) {
    reader.pending.push(readElsewhere(reader, reader.pool, files));
    return;
  }
  reader.readAlone += size;
  await readHere(reader, files);
  // Lets answers of threads in, and new orders out.
  await setImmediate();
}

async function readHere(reader: Reader, files: readonly UnreadFile[]): Promise<void> {
  const parse = await loadParser(reader);
  for (const { file, bytes } of files) {
    const read = readSource(file, bytes, parse, reader.reading.depth, () => reader.opened.add(file.path));
    reader.read.set(file.path, read);
    remember(reader, file.path, () => packFile(read));
  }
}

async function readElsewhere(reader: Reader, pool: WorkerPool, files: readonly UnreadFile[]): Promise<void> {
  const result = await pool.read({ files, depth: reader.reading.depth });
  if (result === null) return readHere(reader, files);
  reader.parsedElsewhere += result.parsed;
  for (const [index, unread] of files.entries()) {
    const packed = result.packed[index];
    if (packed === undefined) throw new Error(`a thread gave nothing for ${unread.file.path}`);
    keep(reader, unread, packed);
    remember(reader, unread.file.path, () => packed);
  }
}
