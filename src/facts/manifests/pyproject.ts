// pyproject.toml: the standard tables (PEP 518, 621, 735) and those of the tools that keep dependencies of their own.
import type { Manifest } from "../../model/manifest.ts";
import { draftManifest, finishManifest, type ManifestDraft } from "./manifest-draft.ts";
import { readDependencyGroups } from "./pyproject-groups.ts";
import { readPoetry } from "./pyproject-poetry.ts";
import { readProjectTable } from "./pyproject-project.ts";
import { readSources } from "./pyproject-sources.ts";
import { readToolTables } from "./pyproject-tools.ts";
import { readToml, type TomlDocument } from "./read-toml.ts";
import { collectTomlTools } from "./tool-settings.ts";

/** In this order: Poetry's table adds to what `[project]` said, and sources tell where named packages come from. */
const READERS: readonly ((document: TomlDocument, draft: ManifestDraft) => void)[] = [
  readProjectTable,
  readPoetry,
  readDependencyGroups,
  readToolTables,
  collectTomlTools,
  readSources,
];

export function collectPyproject(path: string, text: string): Manifest {
  const draft = draftManifest(path, "pyproject");
  const document = readToml(draft, text);
  for (const read of READERS) read(document, draft);
  return finishManifest(draft);
}
