import type { Manifest } from "../../model/manifest.ts";
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { draftManifest, finishManifest, type ManifestDraft, noteProblem } from "./manifest-draft.ts";
import { placeOfCategory } from "./pipfile.ts";
import { entriesOf, member, textOf } from "./plain-data.ts";

/** Pipfile.lock: JSON of categories of packages. */
export function collectPipfileLock(path: string, text: string): Manifest {
  const draft = draftManifest(path, "pipfile-lock");
  const root = readJson(draft, text);
  const lines = linesOfPackages(text);
  for (const [category, packages] of entriesOf(root)) {
    if (category === "_meta") continue;
    const { scope } = placeOfCategory(category);
    for (const [name, entry] of entriesOf(packages)) {
      const version = textOf(member(entry, "version"))?.replace(/^={2,3}\s*/, "");
      // A package from a repository or folder has no version here.
      if (version === undefined) continue;
      const line = lines.get(`${category}\0${name}`) ?? 1;
      draft.locked.push({ name: normalisePackageName(name), version, scope, line });
    }
  }
  return finishManifest(draft);
}

function readJson(draft: ManifestDraft, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const line = lineOfError(error instanceof Error ? error.message : "", text);
    noteProblem(draft, line, "Malformed JSON: the locked versions of this file are not known.");
    return {};
  }
}

/** The runtime tells where it stopped only in words, and only sometimes. */
function lineOfError(message: string, text: string): number {
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return text.split("\n").length;
  return text.slice(0, Number(offset)).split("\n").length;
}

/** Lines of packages, by category and name; Pipenv writes one key a line, indented by 4 and 8. Other layouts give none. */
function linesOfPackages(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let category = "";
  for (const [index, raw] of text.split("\n").entries()) {
    const match = /^( {4}| {8})"([^"]+)": \{/.exec(raw);
    if (match === null) continue;
    if (match[1]?.length === 4) category = match[2] ?? "";
    else lines.set(`${category}\0${match[2]}`, index + 1);
  }
  return lines;
}
