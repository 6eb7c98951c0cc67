// setup.cfg of setuptools (declarative configuration) and, where it differs, of pbr.
import { scopeOfGroupName } from "../../knowledge/dependency-groups.ts";
import type { Manifest } from "../../model/manifest.ts";
import { collectIniTools } from "./ini-tools.ts";
import {
  type DependencyPlace,
  draftManifest,
  finishManifest,
  isFull,
  type ManifestDraft,
  noteProblem,
} from "./manifest-draft.ts";
import { parseMarker } from "./parse-marker.ts";
import { excerpt } from "./parse-requirement.ts";
import { type IniEntry, type IniSection, iniEntry, iniText, readIni } from "./read-ini.ts";
import { addInclude, addRequirementLines } from "./requirements.ts";

export function collectSetupCfg(path: string, text: string): Manifest {
  const draft = draftManifest(path, "setup-cfg");
  const ini = readIni(text);
  for (const { text: content, line } of ini.unread) {
    noteProblem(draft, line, `"${excerpt(content)}" is neither a section nor a setting and was left out.`);
  }
  const section = (name: string): IniSection | undefined =>
    ini.sections.findLast((found) => found.name === name);
  const [metadata, options] = [section("metadata"), section("options")];
  draft.projectName = iniText(metadata, "name");
  draft.requiresPython = iniText(options, "python_requires") ?? iniText(metadata, "requires-python");
  for (const { text: classifier, line } of listLines(
    iniEntry(metadata, "classifiers") ?? iniEntry(metadata, "classifier"),
  )) {
    draft.classifiers.push({ text: classifier, line });
  }
  addEntry(draft, iniEntry(options, "install_requires"), { scope: "runtime", group: null }, options);
  addEntry(draft, iniEntry(options, "setup_requires"), { scope: "build", group: null }, options);
  addEntry(draft, iniEntry(options, "tests_require"), { scope: "development", group: "tests" }, options);
  for (const name of ["options.extras_require", "extras"]) addExtras(draft, section(name));
  for (const name of ["options.entry_points", "entry_points"]) addEntryPoints(draft, section(name));
  collectIniTools(ini, draft);
  return finishManifest(draft);
}

function addExtras(draft: ManifestDraft, section: IniSection | undefined): void {
  for (const entry of section?.entries ?? []) {
    const scope = scopeOfGroupName(entry.key) === "development" ? "development" : "optional";
    addEntry(draft, entry, { scope, group: entry.key }, section);
  }
}

function addEntryPoints(draft: ManifestDraft, section: IniSection | undefined): void {
  for (const entry of section?.entries ?? []) {
    for (const { text, line } of listLines(entry)) addEntryPoint(draft, entry.key, text, line);
  }
}

/** Adds `name = module:attribute` to a group; other texts are not entry points. */
export function addEntryPoint(draft: ManifestDraft, group: string, text: string, line: number): void {
  const match = /^([^=]+?)\s*=\s*(.+)$/.exec(text.trim());
  if (match !== null) draft.entryPoints.push({ group, name: match[1] ?? "", target: match[2] ?? "", line });
}

/** Adds the requirements of one setting: one a line, or separated by semicolons on a single line, or `file: a.txt, b.txt`. */
function addEntry(
  draft: ManifestDraft,
  entry: IniEntry | undefined,
  kind: Omit<DependencyPlace, "line">,
  section: IniSection | undefined,
): void {
  for (const { text, line } of listLines(entry)) {
    if (isFull(draft, line)) return;
    const place = { ...kind, line };
    const files = /^file:\s*(.*)$/.exec(text)?.[1];
    const reference = /^%\(([^)]+)\)s$/.exec(text)?.[1];
    if (files !== undefined) {
      for (const file of files.split(",")) addInclude(draft, file, place);
    } else if (reference !== undefined && iniEntry(section, reference) !== undefined) {
      // An extra made of others repeats them: their requirements are read where they stand.
    } else addRequirementLines(draft, text, place);
  }
}

/** More than anyone writes on one line. */
const MAX_PARTS = 10_001;

/** The lines of a setting; a value on the key's own line may hold several, separated by semicolons. */
function listLines(entry: IniEntry | undefined): { text: string; line: number }[] {
  const lines = (entry?.value ?? []).filter(({ text }) => text !== "");
  const [only] = lines;
  if (only === undefined || lines.length > 1 || only.line !== entry?.line || !only.text.includes(";"))
    return lines;
  const parts: string[] = [];
  for (const part of only.text.split(";", MAX_PARTS)) {
    // What can be a marker belongs to the requirement before it.
    if (parts.length > 0 && parseMarker(part) !== null) parts.push(`${parts.pop()};${part}`);
    else if (part.trim() !== "") parts.push(part);
  }
  return parts.map((text) => ({ text: text.trim(), line: only.line }));
}
