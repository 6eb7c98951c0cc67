// Folders that hold other people's code, caches or build output, whatever .gitignore says about them.
import { folderOf, nameOf, within } from "../text/path.ts";

const BY_NAME: Readonly<Record<string, string>> = {
  "site-packages": "installed packages",
  "dist-packages": "installed packages",
  node_modules: "installed packages",
  bower_components: "installed packages",
  ".eggs": "installed packages",
  ".pixi": "an environment",
  ".conda": "an environment",
  ".direnv": "an environment",
  ".git": "version control",
  ".hg": "version control",
  ".svn": "version control",
  __pycache__: "a cache",
  ".mypy_cache": "a cache",
  ".pytest_cache": "a cache",
  ".ruff_cache": "a cache",
  ".pytype": "a cache",
  ".hypothesis": "a cache",
  ".ipynb_checkpoints": "a cache",
  ".cache": "a cache",
  ".tox": "environments for tests",
  ".nox": "environments for tests",
};

const ENVIRONMENT_NAME = /^\.?(venv|env|virtualenv|ve)[\w.-]*$/i;
const ENVIRONMENT_MARKS = [
  "bin/python",
  "bin/python3",
  "bin/activate",
  "Scripts/activate",
  "Lib/site-packages",
];
const PROJECT_MARKS = ["pyproject.toml", "setup.py", "setup.cfg", "package.json"];

/**
 * Why a folder is left out, or null when it is kept.
 *
 * @param folder path relative to the root, never "".
 * @param exists tells whether a path relative to the root exists.
 */
export function whyExcluded(folder: string, exists: (path: string) => boolean): string | null {
  const name = nameOf(folder);
  const has = (mark: string): boolean => exists(within(folder, mark));
  const known = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (known !== undefined) return known;
  if (name.endsWith(".egg-info")) return "package metadata";
  if (has("pyvenv.cfg") || has("conda-meta/history")) return "a virtual environment";
  if (ENVIRONMENT_NAME.test(name) && ENVIRONMENT_MARKS.some(has)) return "a virtual environment";
  return whyBuildOutput(folder, exists);
}

/** `build/lib` and `dist` are output only where `build` and `dist` are no packages of the project. */
function whyBuildOutput(folder: string, exists: (path: string) => boolean): string | null {
  const name = nameOf(folder);
  const parent = folderOf(folder);
  if (/^(lib|bdist)([.-].*)?$/.test(name) && nameOf(parent) === "build") {
    return exists(within(parent, "__init__.py")) ? null : "build output";
  }
  if (name !== "dist" || exists(within(folder, "__init__.py"))) return null;
  const atProject = parent === "" || PROJECT_MARKS.some((mark) => exists(within(parent, mark)));
  return atProject ? "build output" : null;
}
