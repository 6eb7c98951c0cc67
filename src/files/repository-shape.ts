// What the paths of a repository say about its folders: which are packages, projects, Django apps, migrations. Roles of
// files rest on it, so that a word such as "tools" counts where it names a folder of scripts and not where it names a package.

import { folderOf, nameOf, within } from "../text/path.ts";
import { isManifest, isPython } from "./file-kind.ts";

export interface RepositoryShape {
  has(path: string): boolean;
  /** The folder has an __init__.py. */
  isPackage(folder: string): boolean;
  /** The folder lies inside importable code: some folder above it holds Python files and starts no project of its own. */
  isInsidePackage(folder: string): boolean;
  /** Models together with an AppConfig, migrations or an admin: an application, whatever the folder is called. */
  isDjangoApp(folder: string): boolean;
  /** A test file by name lies in the folder or below it. */
  holdsTests(folder: string): boolean;
  /** Migrations of Django, Aerich or yoyo: files whose name starts with a number. */
  holdsNumbered(folder: string): boolean;
  /** An Alembic environment: env.py beside versions/ or script.py.mako. */
  isAlembic(folder: string): boolean;
  /** In a folder of snippets, many of which lie beside a rule of the same name (`leak.py`, `leak.yaml`; also `leak.fixed.py`). */
  isRuleSnippet(path: string): boolean;
  /** The folder of a Django project's settings, beside its manage.py, where nothing is packaged for others to install. */
  isDjangoSite(folder: string): boolean;
}

/** Names that pytest and unittest collect, or that only tests use. */
export function isTestName(name: string): boolean {
  return /^(test[-_].*|.*[-_]tests?|tests?|conftest|locustfile)\.pyw?$/.test(name);
}

/** `0001_initial.py`, `3_20240101120000_add_user.py`, `001.create.py`. */
export function isNumbered(name: string): boolean {
  return /^\d+[._-].*\.py$/.test(name);
}

/** A folder that is there already brought the folders above it along. */
function addWithParents(folders: Set<string>, folder: string): void {
  for (let above = folder; above !== "" && !folders.has(above); above = folderOf(above)) folders.add(above);
}

const MANY_SNIPPETS = 20;

function isBesideRule(path: string, has: (path: string) => boolean): boolean {
  const stem = path.replace(/\.py$/, "");
  return (has(`${stem}.yaml`) || has(`${stem}.yml`)) && !has(within(folderOf(path), "__init__.py"));
}

/** @param all every path of the repository. */
export function repositoryShape(all: readonly string[]): RepositoryShape {
  const paths = new Set(all);
  const withPython = new Set<string>();
  const projects = new Set<string>();
  const withTests = new Set<string>();
  const withNumbered = new Set<string>();
  const folders = new Set<string>();
  const has = (path: string): boolean => paths.has(path);
  let snippets = 0;
  const withSnippets = new Set<string>();
  for (const path of all) {
    const folder = folderOf(path);
    const name = nameOf(path);
    addWithParents(folders, folder);
    if (isPython(path)) {
      withPython.add(folder);
      if (isBesideRule(path, has)) {
        snippets += 1;
        withSnippets.add(folder);
      }
      if (isNumbered(name)) withNumbered.add(folder);
      if (isTestName(name) && name !== "test.py") addWithParents(withTests, folder);
    }
    if (name === "manage.py" || isManifest(path)) projects.add(folder);
  }
  const holds = (folder: string, ...names: string[]): boolean =>
    names.some(
      (name) => has(within(folder, name)) || has(within(folder, `${name.replace(/\.py$/, "")}/__init__.py`)),
    );
  return {
    has,
    isPackage: (folder) => has(within(folder, "__init__.py")),
    isInsidePackage(folder) {
      for (let above = folderOf(folder); above !== ""; above = folderOf(above)) {
        // `src` is a container even where somebody left an __init__.py in it.
        if (nameOf(above) === "src") return false;
        if (projects.has(above) && !has(within(above, "__init__.py"))) return false;
        if (withPython.has(above)) return true;
      }
      return false;
    },
    isDjangoApp: (folder) =>
      holds(folder, "models.py") && holds(folder, "apps.py", "migrations.py", "admin.py", "views.py"),
    holdsTests: (folder) => withTests.has(folder),
    holdsNumbered: (folder) => withNumbered.has(folder),
    isAlembic: (folder) =>
      has(within(folder, "env.py")) &&
      (has(within(folder, "script.py.mako")) || folders.has(within(folder, "versions"))),
    isRuleSnippet: (path) => withSnippets.has(folderOf(path)) && snippets >= MANY_SNIPPETS,
    isDjangoSite(folder) {
      const parent = folderOf(folder);
      const packaged = ["setup.py", "setup.cfg", "pyproject.toml"].some((name) => has(within(parent, name)));
      return has(within(parent, "manage.py")) && holds(folder, "settings.py") && !packaged;
    },
  };
}
