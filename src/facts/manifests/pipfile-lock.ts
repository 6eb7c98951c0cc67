import type { Manifest } from "../../model/manifest.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { draftManifest, finishManifest, type ManifestDraft, noteProblem } from "./manifest-draft.ts";
import { placeOfCategory } from "./pipfile.ts";
import { entriesOf, member, textOf } from "./plain-data.ts";

/** Pipfile.lock: JSON of categories of packages. */
export function collectPipfileLock(path: string, text: string): Manifest {
  const draft = draftManifest(path, "pipfile-lock");
  const written = packagesByLine(text);
  const root = readJson(draft, text);
  if (root === null) {
    for (const { category, name, version, line } of written.values()) {
      if (version !== null) lock(draft, category, name, version, line);
    }
  }
  for (const [category, packages] of entriesOf(root)) {
    if (category === "_meta") continue;
    for (const [name, entry] of entriesOf(packages)) {
      const version = textOf(member(entry, "version"));
      // A package from a repository or folder has no version here.
      if (version === null) continue;
      lock(draft, category, name, version, written.get(keyOf(category, name))?.line ?? 1);
    }
  }
  return finishManifest(draft);
}

function lock(draft: ManifestDraft, category: string, name: string, version: string, line: number): void {
  const { scope } = placeOfCategory(category);
  const bare = version.replace(/^={2,3}\s*/, "");
  draft.locked.push({ name: normalisePackageName(name), version: bare, scope, line });
}

/** The parsed file, or null when it is malformed. */
function readJson(draft: ManifestDraft, text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch (error) {
    const line = lineOfError(error instanceof Error ? error.message : "", text);
    noteProblem(draft, line, "Malformed JSON: only the packages that stand on lines of their own were read.");
    return null;
  }
}

/** The runtime tells where it stopped only in words, and only sometimes. */
function lineOfError(message: string, text: string): number {
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return text.split("\n").length;
  return text.slice(0, Number(offset)).split("\n").length;
}

interface WrittenPackage {
  readonly category: string;
  readonly name: string;
  readonly version: string | null;
  readonly line: number;
}

function keyOf(category: string, name: string): string {
  return `${category}\0${name}`;
}

/** Packages as Pipenv lays them out: one key a line, indented by 4 and 8, their version by 12. Other layouts give none. */
function packagesByLine(text: string): ReadonlyMap<string, WrittenPackage> {
  const packages = new Map<string, WrittenPackage>();
  let category = "";
  let current: WrittenPackage | null = null;
  for (const [index, raw] of text.split("\n").entries()) {
    const opened = /^( {4}| {8})"([^"]+)": \{/.exec(raw);
    if (opened !== null) {
      const name = opened[2] ?? "";
      current = opened[1]?.length === 8 ? { category, name, version: null, line: index + 1 } : null;
      if (current === null) category = name;
    }
    const version = /^ {12}"version": "([^"]*)"/.exec(raw)?.[1];
    if (current !== null && version !== undefined) current = { ...current, version };
    if (current !== null && category !== "_meta") packages.set(keyOf(category, current.name), current);
  }
  return packages;
}
