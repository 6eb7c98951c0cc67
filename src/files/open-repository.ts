import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { join, resolve, sep } from "node:path";
import { UsageError } from "../model/usage-error.ts";
import { folderOf } from "../text/path.ts";
import { assembleListing } from "./assemble-listing.ts";
import { createFolderFilter } from "./folder-filter.ts";
import { locate } from "./place.ts";
import type { ListOptions, Repository } from "./repository.ts";
import { treeFiles } from "./tree-files.ts";

const MAX_READ = 32 * 1024 * 1024;

/**
 * Opens a folder on disk.
 *
 * @param name how messages call it.
 * @throws UsageError (rejection) when there is no such folder, or it cannot be listed.
 */
export async function openRepository(root: string, name = root): Promise<Repository> {
  const stats = statRoot(root, name);
  if (stats === undefined)
    throw new UsageError(`There is no folder "${name}". Name the folder of a repository.`);
  if (!stats.isDirectory()) {
    throw new UsageError(`"${name}" is a file, not a folder. Name the folder that holds it.`);
  }
  const place = resolve(root);
  let rawNames: ReadonlyMap<string, Buffer> = new Map();
  const knownFolders = new Map<string, boolean>();

  const staysInside = (folder: string): boolean => {
    let inside = knownFolders.get(folder);
    if (inside === undefined) {
      const real = realpathSync(place);
      const at = realpathSync(join(place, folder));
      inside = at === real || at.startsWith(real.endsWith(sep) ? real : real + sep);
      knownFolders.set(folder, inside);
    }
    return inside;
  };

  return {
    async list(options: ListOptions = {}) {
      const exists = (path: string): boolean => {
        try {
          return lstatSync(join(place, path), { throwIfNoEntry: false }) !== undefined;
        } catch {
          // In a folder that may not be entered; listing it says so.
          return false;
        }
      };
      const filter = createFolderFilter(options.exclude ?? [], exists);
      try {
        const tree = await treeFiles(place, filter);
        rawNames = tree.rawNames;
        return assembleListing(tree.files, tree.problems, filter, options);
      } catch (error) {
        if (codeOf(error) === null) throw error;
        throw new UsageError(
          `The folder "${name}" cannot be listed (${codeOf(error)}). Check its permissions.`,
        );
      }
    },
    async read(path: string) {
      if (!isPlain(path)) throw new Error("it lies outside the scanned folder");
      const raw = rawNames.get(path) ?? null;
      try {
        if (raw === null && !staysInside(folderOf(path)))
          throw new Error("it lies outside the scanned folder");
        return readRegular(locate(place, path, raw));
      } catch (error) {
        const code = codeOf(error);
        throw code === null ? error : new Error(REASONS[code] ?? code);
      }
    },
  };
}

function statRoot(root: string, name: string): Stats | undefined {
  try {
    return statSync(root, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(
      `"${name}" cannot be opened (${codeOf(error) ?? "unknown reason"}). Check its permissions.`,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission was denied",
  EPERM: "permission was denied",
  ENOENT: "it is missing",
  ENOTDIR: "it is missing",
  EISDIR: "it is a folder",
  ELOOP: "it is a link",
};

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

function isPlain(path: string): boolean {
  return (
    path !== "" && !path.startsWith("/") && !path.split("/").some((part) => part === ".." || part === "")
  );
}

/** Never blocks (a named pipe opens at once and is refused) and never follows a link in the last segment. */
function readRegular(location: string | Buffer): Uint8Array {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const descriptor = openSync(location, flags);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Error("it is no regular file");
    if (stats.size > MAX_READ) throw new Error("it is larger than 32 MiB");
    const bytes = new Uint8Array(stats.size);
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(descriptor, bytes, filled, bytes.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(descriptor);
  }
}
