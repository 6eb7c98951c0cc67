// Divides a repository into projects: separately deployable parts, each with a manifest or a manage.py of its own.
// A folder that only holds requirements of another (docs/, requirements/, docker/) is no project; neither is one whose
// Python files are all tests, examples or the like.
import type { FileFacts, RepositoryFacts } from "../model/facts.ts";
import type { Manifest } from "../model/manifest.ts";
import type { Problem } from "../model/problem.ts";
import { compareText } from "../text/compare-text.ts";
import { folderOf, isInside, nameOf } from "../text/path.ts";

export interface Project {
  /** Folder relative to the scanned root; "." for the whole. */
  readonly root: string;
  readonly name: string;
  readonly files: readonly FileFacts[];
  /** Its own manifests, and those of the folders above that hold no project of their own. */
  readonly manifests: readonly Manifest[];
  readonly texts: RepositoryFacts["texts"];
  readonly otherFiles: readonly string[];
}

/** Sorted by root. A repository without any candidate is one project. */
export function findProjects(facts: RepositoryFacts): Project[] {
  const folders = projectFolders(facts);
  const ownerOf = (path: string): string => {
    let owner = "";
    for (const folder of folders) if (isInside(path, folder) && folder.length >= owner.length) owner = folder;
    return owner;
  };
  const owned = new Map<string, FileFacts[]>();
  for (const file of facts.files) {
    const owner = ownerOf(file.path);
    owned.set(owner, [...(owned.get(owner) ?? []), file]);
  }
  const isKept = (folder: string): boolean => (owned.get(folder) ?? []).some(isProduction);
  const kept = folders.filter(isKept);
  if (!kept.includes("") && (kept.length === 0 || isMuch(owned.get("") ?? [], facts.files))) kept.push("");
  return kept.sort(compareText).map((folder) => ({
    root: folder === "" ? "." : folder,
    name: projectName(facts.manifests, folder),
    files: owned.get(folder) ?? [],
    manifests: facts.manifests.filter(({ path }) => {
      const holder = ownerOf(path);
      return holder === folder || (!kept.includes(holder) && isInside(folder, holder));
    }),
    texts: facts.texts.filter(({ path }) => ownerOf(path) === folder || !kept.includes(ownerOf(path))),
    otherFiles: facts.otherFiles.filter((path) => ownerOf(path) === folder),
  }));
}

/** From this share of the production code on, code outside all projects is one itself. */
const MUCH = 0.3;

function isMuch(outside: readonly FileFacts[], all: readonly FileFacts[]): boolean {
  const lines = (files: readonly FileFacts[]): number =>
    files.filter(isProduction).reduce((sum, file) => sum + file.lines, 0);
  return lines(outside) >= MUCH * lines(all) && lines(outside) > 0;
}

/** Says which production code belongs to no project, so that it is not dropped silently. */
export function outsideProjects(facts: RepositoryFacts, projects: readonly Project[]): Problem[] {
  const inside = new Set(projects.flatMap(({ files }) => files.map(({ path }) => path)));
  const outside = facts.files.filter((file) => isProduction(file) && !inside.has(file.path));
  const [first] = outside;
  if (first === undefined) return [];
  const files = outside.length === 1 ? "1 Python file belongs" : `${outside.length} Python files belong`;
  const message = `${files} to no project and count in no verdict, the first being this one.`;
  return [{ path: first.path, kind: "limit", message }];
}

function isProduction(file: FileFacts): boolean {
  return file.role === "production";
}

/** Folders that may be projects, longest chains included; "" is the repository itself. */
function projectFolders(facts: RepositoryFacts): string[] {
  const production = facts.files.filter((file) => isProduction(file) && nameOf(file.path) !== "setup.py");
  const declaring = new Set(facts.manifests.filter(declaresProject).map(({ path }) => folderOf(path)));
  const managed = new Set(
    facts.files.filter((file) => isProduction(file) && isDjangoEntry(file)).map(({ path }) => folderOf(path)),
  );
  const holdsCode = (folder: string): boolean =>
    production.some(({ path }) => isInside(path, folder) && isCodeOf(path, folder));
  const candidates = [...new Set([...declaring, ...managed])].filter(holdsCode).sort(compareText);
  return candidates.filter((folder) => {
    if (declaring.has(folder) || folder === "") return true;
    // A manage.py below a manifest belongs to that manifest's project, unless several of them share it.
    const above = nearestAbove(folder, declaring);
    return (
      above === null || [...managed].filter((other) => nearestAbove(other, declaring) === above).length > 1
    );
  });
}

/** Beside a lone script there is more: a package, or modules that are not manage.py itself. */
function isCodeOf(path: string, folder: string): boolean {
  return nameOf(path) !== "manage.py" || folderOf(path) !== folder;
}

function nearestAbove(folder: string, folders: ReadonlySet<string>): string | null {
  for (let above = folder; above !== ""; ) {
    above = folderOf(above);
    if (folders.has(above)) return above;
  }
  return null;
}

/** A manifest that stands for code of its own: it names a distribution, or lists what the code needs to run. */
function declaresProject(manifest: Manifest): boolean {
  const { kind, dependencies, projectName, path } = manifest;
  if (kind === "tool-config" || manifest.locked.length > 0) return false;
  if (/(?:^|\/)(?:requirements|reqs|deps|docs?|docker|ci|\.\w+)\/[^/]*$/i.test(path)) return false;
  if (projectName !== null) return true;
  // The plain name says that the folder's code needs it, whatever the folders above are called.
  if (nameOf(path) === "requirements.txt" && dependencies.length > 0) return true;
  return dependencies.some(({ scope }) => scope === "runtime");
}

function isDjangoEntry(file: FileFacts): boolean {
  return (
    nameOf(file.path) === "manage.py" && file.body.length > 0 && mentionsSettings(JSON.stringify(file.body))
  );
}

function mentionsSettings(code: string): boolean {
  return code.includes("DJANGO_SETTINGS_MODULE") || code.includes("execute_from_command_line");
}

/** The distribution's name, else the folder's. */
function projectName(manifests: readonly Manifest[], folder: string): string {
  const named = manifests.find(({ path, projectName: name }) => folderOf(path) === folder && name !== null);
  return named?.projectName ?? (folder === "" ? "." : nameOf(folder));
}
