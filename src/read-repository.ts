// Reads a repository into facts: its listing, its Python files, its manifests and configuration texts. Every file is read
// and parsed once; what cannot be read is a problem, and the rest goes on.
import { collectFile } from "./facts/collect-file.ts";
import { collectManifest } from "./facts/manifests/index.ts";
import { collectRequirements } from "./facts/manifests/requirements.ts";
import { readText } from "./files/read-text.ts";
import type { Listing, Repository } from "./files/repository.ts";
import { roleFromContent } from "./files/role-from-content.ts";
import { selectFiles } from "./files/select-files.ts";
import type { Config } from "./model/config.ts";
import type { FileFacts, RepositoryFacts } from "./model/facts.ts";
import type { Manifest } from "./model/manifest.ts";
import type { Problem } from "./model/problem.ts";
import { resolveIncludes, unreadIncludes } from "./project/manifests/resolve-includes.ts";
import type { PythonParser } from "./syntax/parse-python.ts";

export interface ReadingRun {
  readonly config: Config;
  readonly parse: PythonParser;
  /** Called before each Python file. */
  readonly onFile: (done: number, total: number) => void;
}

export async function readRepository(repository: Repository, run: ReadingRun): Promise<RepositoryFacts> {
  const { exclude, roles } = run.config;
  const listing = await repository.list({ exclude, roles });
  const reader = createReader(repository);
  const selected = selectFiles(listing);
  const files = await readPython(reader, selected.python, run);
  const manifests = await readManifests(reader, listing, selected.manifests, files);
  const texts = await readAll(reader, selected.texts);
  const noted: Problem[] = listing.note === null ? [] : [{ path: ".", kind: "limit", message: listing.note }];
  return {
    files: [...files.values()],
    manifests,
    texts,
    otherFiles: selected.others,
    problems: [...listing.problems, ...noted, ...reader.problems()],
  };
}

interface Reader {
  /** Null when nothing of the file could be read. */
  text(path: string): Promise<string | null>;
  problems(): readonly Problem[];
}

/** Reads each file once, however many collectors ask for it (setup.py is code and a manifest). */
function createReader(repository: Repository): Reader {
  const texts = new Map<string, string | null>();
  const problems: Problem[] = [];
  return {
    async text(path) {
      const known = texts.get(path);
      if (known !== undefined) return known;
      const { text, problem } = await readText(repository, path);
      if (problem !== null) problems.push(problem);
      const found = problem !== null && text === "" ? null : text;
      // Only what is asked for twice is worth keeping.
      if (/(?:^|\/)setup\.(?:py|cfg)$/.test(path)) texts.set(path, found);
      return found;
    },
    problems: () => problems,
  };
}

async function readPython(
  reader: Reader,
  files: readonly Listing["files"][number][],
  { parse, onFile }: ReadingRun,
): Promise<Map<string, FileFacts>> {
  const facts = new Map<string, FileFacts>();
  for (const [done, file] of files.entries()) {
    onFile(done, files.length);
    const text = await reader.text(file.path);
    if (text === null) continue;
    const { role } = roleFromContent(file, text);
    facts.set(file.path, collectFile({ path: file.path, bytes: file.bytes, role }, parse(text)));
  }
  return facts;
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
