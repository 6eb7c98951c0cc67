// Reads a repository into facts: its listing, its Python files, its manifests and configuration texts. Every file is read
// and parsed once, or not at all where its facts are kept; what cannot be read is a problem, and the rest goes on.
import { entryKey, type FactsCache } from "../cache/facts-cache.ts";
import { collectManifest } from "../facts/manifests/index.ts";
import { collectRequirements } from "../facts/manifests/requirements.ts";
import type { ReadFile } from "../facts/pack-facts.ts";
import { readText } from "../files/read-text.ts";
import type { Listing, Repository } from "../files/repository.ts";
import { selectFiles } from "../files/select-files.ts";
import type { Config } from "../model/config.ts";
import type { FileFacts, RepositoryFacts } from "../model/facts.ts";
import type { Manifest } from "../model/manifest.ts";
import type { Problem } from "../model/problem.ts";
import { resolveIncludes, unreadIncludes } from "../project/manifests/resolve-includes.ts";
import type { PythonParser } from "../syntax/parse-python.ts";
import { outlineKey } from "./outline-key.ts";
import { readPython } from "./read-python.ts";

export interface ReadingRun {
  readonly config: Config;
  /** Loads the grammar, which a run that finds all facts in the cache never needs. */
  readonly loadParser: () => Promise<PythonParser>;
  readonly cache: FactsCache | null;
  /** False parses every file, also those of which little is asked. */
  readonly skims: boolean;
  /** Called before each Python file. */
  readonly onFile: (done: number, total: number) => void;
}

/** A repository that was read. */
export interface RepositoryReading {
  readonly facts: RepositoryFacts;
  /** Tells repositories apart by all that linking can see, but for the bodies of skimmed files; null without a cache. */
  readonly digest: string | null;
  /** Skimmed files whose bodies were asked for so far, as path and key of the content. */
  opened(): readonly KeyedFile[];
  /** True where all of these files are as they were. */
  isSame(files: readonly KeyedFile[]): boolean;
  /** UTF-16 units that went through the parser so far. */
  parsed(): number;
  /** Call it before the body of any file is asked for. */
  makeReady(): Promise<void>;
}

export type KeyedFile = readonly [path: string, key: string];

export async function readRepository(repository: Repository, run: ReadingRun): Promise<RepositoryReading> {
  const { exclude, includeTests, jobs, roles } = run.config;
  const listing = await repository.list({ exclude, roles });
  const reader = createReader(repository);
  const selected = selectFiles(listing);
  const depth = { skims: run.skims, includeTests };
  const {
    files: read,
    keys,
    opened,
    parsed,
    makeReady,
  } = await readPython(repository, selected.python, { ...run, depth, jobs });
  const files = new Map([...read].flatMap(([path, { facts }]) => (facts === null ? [] : [[path, facts]])));
  if (selected.manifests.some(({ path }) => read.get(path)?.isSkimmed === true)) await makeReady();
  const manifests = await readManifests(reader, listing, selected.manifests, files);
  const texts = await readAll(reader, selected.texts);
  const noted: Problem[] = listing.note === null ? [] : [{ path: ".", kind: "limit", message: listing.note }];
  const facts = {
    files: [...files.values()],
    manifests,
    texts,
    otherFiles: selected.others,
    problems: [...listing.problems, ...noted, ...problemsOf(read, reader)],
  };
  return {
    facts,
    digest: run.cache === null ? null : digestOf({ ...facts, files: linkingKeys(read, keys) }),
    opened: () => [...keys].filter(([path]) => opened.has(path)),
    isSame: (kept) => kept.every(([path, key]) => keys.get(path) === key),
    parsed,
    makeReady,
  };
}

function linkingKeys(
  read: ReadonlyMap<string, ReadFile>,
  keys: ReadonlyMap<string, string>,
): readonly KeyedFile[] {
  return [...keys].map(([path, key]) => {
    const file = read.get(path);
    return [path, file?.isSkimmed && file.facts !== null ? outlineKey(file.facts) : key];
  });
}

function digestOf(content: unknown): string {
  return entryKey(Buffer.from(JSON.stringify(content)), "repository");
}

function problemsOf(read: ReadonlyMap<string, ReadFile>, reader: Reader): Problem[] {
  const ofCode = [...read.values()].flatMap(({ problem }) => (problem === null ? [] : [problem]));
  return [...ofCode, ...reader.problems().filter(({ path }) => !read.has(path))];
}

interface Reader {
  /** Null when nothing of the file could be read. */
  text(path: string): Promise<string | null>;
  problems(): readonly Problem[];
}

/** Reads texts, and tells the problem of each once: setup.py is code and a manifest. */
function createReader(repository: Repository): Reader {
  const problems = new Map<string, Problem>();
  return {
    async text(path) {
      const { text, problem } = await readText(repository, path);
      if (problem !== null) problems.set(path, problem);
      return problem !== null && text === "" ? null : text;
    },
    problems: () => [...problems.values()],
  };
}

async function readManifests(
  reader: Reader,
  listing: Listing,
  files: readonly { readonly path: string }[],
  python: ReadonlyMap<string, FileFacts>,
): Promise<readonly Manifest[]> {
  const manifests: Manifest[] = [];
  for (const { path, text } of await readAll(reader, files)) {
    const manifest = collectManifest(path, text, (setup) => python.get(setup) ?? null);
    if (manifest !== null) manifests.push(manifest);
  }
  const listed = new Set([...listing.others, ...listing.files.map(({ path }) => path)]);
  const included = unreadIncludes(manifests).filter((path) => listed.has(path));
  for (const { path, text } of await readAll(
    reader,
    included.map((path) => ({ path })),
  ))
    manifests.push(collectRequirements(path, text));
  return resolveIncludes(manifests);
}

async function readAll(
  reader: Reader,
  files: readonly { readonly path: string }[],
): Promise<{ path: string; text: string }[]> {
  const texts: { path: string; text: string }[] = [];
  for (const { path } of files) {
    const text = await reader.text(path);
    if (text !== null) texts.push({ path, text });
  }
  return texts;
}
