// Maps dotted module names to the files of the repository, as Python's import system would with the layouts people use:
// the repository root, src/, folders without __init__.py at any depth (services/api, backend), namespace packages.
import { compareText } from "../text/compare-text.ts";

/** Where an import leads: to a file, to a folder that is a namespace package, or out of the repository. */
export type ModuleTarget =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "namespace"; readonly folder: string }
  | { readonly kind: "external"; readonly name: string };

export interface ModuleTable {
  /** Resolves an absolute or relative import seen in a file; `level` is the number of leading dots. */
  resolve(fromPath: string, module: string, level: number): ModuleTarget;
  /** The submodule or subpackage `name` of a package file or namespace folder, if there is one. */
  submodule(of: ModuleTarget, name: string): ModuleTarget | null;
  /** The dotted name that the file's own package layout gives it: "shop.orders.models". */
  nameOf(path: string): string;
}

const INIT = "__init__.py";

/**
 * @param paths POSIX paths of all Python files of the repository.
 * @param isLibrary tells whether a top-level name is a known published library: such a name leads out of the repository
 *   unless a regular module of that name lies on the importing file's own path (a folder `databases/` elsewhere does not
 *   shadow the library `databases`).
 */
export function buildModuleTable(
  paths: readonly string[],
  isLibrary: (topLevelName: string) => boolean,
): ModuleTable {
  const files = new Set(paths);
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) {
      folders.add(folder);
      if (folder === "") break;
    }
  }
  const isPackage = (folder: string): boolean => files.has(join(folder, INIT));
  const rootsByName = indexRoots(paths, folders);
  const cache = new Map<string, ModuleTarget>();

  const at = (folder: string, parts: readonly string[]): ModuleTarget | null => {
    const base = parts.reduce(join, folder);
    if (files.has(join(base, INIT))) return { kind: "file", path: join(base, INIT) };
    if (parts.length > 0 && files.has(`${base}.py`)) return { kind: "file", path: `${base}.py` };
    if (parts.length > 0 && files.has(`${base}.pyi`)) return { kind: "file", path: `${base}.pyi` };
    return folders.has(base) ? { kind: "namespace", folder: base } : null;
  };

  const resolveAbsolute = (fromFolder: string, module: string): ModuleTarget => {
    const parts = module.split(".");
    const [top = ""] = parts;
    const library = isLibrary(top);
    let best: { target: ModuleTarget; rank: readonly number[] } | null = null;
    for (const root of rootsByName.get(top) ?? []) {
      const target = at(root, parts);
      if (target === null) continue;
      const onPath = isWithin(fromFolder, root);
      if (library && !(onPath && !isPackage(root) && at(root, [top])?.kind === "file")) continue;
      const rank = [
        isPackage(root) ? 1 : 0,
        target.kind === "namespace" ? 1 : 0,
        onPath ? 0 : 1,
        -commonDepth(fromFolder, root),
        root.length,
      ];
      // A folder inside a package is on nobody's path unless the importing file is a script beside it.
      if (isPackage(root) && root !== fromFolder) continue;
      if (best === null || isLower(rank, best.rank)) best = { target, rank };
    }
    return best?.target ?? { kind: "external", name: module };
  };

  return {
    resolve(fromPath, module, level) {
      const fromFolder = parentOf(fromPath);
      if (level === 0) {
        const key = `${fromFolder}\0${module}`;
        const known = cache.get(key);
        if (known !== undefined) return known;
        const target = resolveAbsolute(fromFolder, module);
        cache.set(key, target);
        return target;
      }
      let folder = fromFolder;
      for (let up = 1; up < level; up += 1) folder = parentOf(folder);
      const parts = module === "" ? [] : module.split(".");
      return (
        at(folder, parts) ?? {
          kind: "external",
          name: `${".".repeat(level)}${module}`,
        }
      );
    },
    submodule(of, name) {
      if (of.kind === "external") return null;
      if (of.kind === "namespace") return at(of.folder, [name]);
      return of.path.endsWith(`/${INIT}`) || of.path === INIT ? at(parentOf(of.path), [name]) : null;
    },
    nameOf(path) {
      const parts: string[] = [];
      const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\.pyi?$/, "");
      if (stem !== "__init__") parts.push(stem);
      for (let folder = parentOf(path); folder !== "" && isPackage(folder); folder = parentOf(folder)) {
        parts.unshift(folder.slice(folder.lastIndexOf("/") + 1));
      }
      return parts.join(".");
    },
  };
}

/** For each name importable at top level, the folders that hold it. */
function indexRoots(paths: readonly string[], folders: ReadonlySet<string>): Map<string, string[]> {
  const roots = new Map<string, Set<string>>();
  const add = (name: string, folder: string): void => {
    const known = roots.get(name);
    if (known === undefined) roots.set(name, new Set([folder]));
    else known.add(folder);
  };
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (name !== INIT) add(name.replace(/\.pyi?$/, ""), parentOf(path));
  }
  for (const folder of folders) {
    if (folder !== "") add(folder.slice(folder.lastIndexOf("/") + 1), parentOf(folder));
  }
  return new Map([...roots].map(([name, places]) => [name, [...places].sort(compareText)]));
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function isWithin(folder: string, root: string): boolean {
  return root === "" || folder === root || folder.startsWith(`${root}/`);
}

function commonDepth(left: string, right: string): number {
  const rights = right.split("/");
  let depth = 0;
  for (const part of left.split("/")) {
    if (part !== rights[depth]) break;
    depth += 1;
  }
  return depth;
}

function isLower(left: readonly number[], right: readonly number[]): boolean {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0;
    if (value !== other) return value < other;
  }
  return false;
}
