import { foldersAbove } from "../text/path.ts";
import { assembleListing } from "./assemble-listing.ts";
import { createFolderFilter } from "./folder-filter.ts";
import type { Repository } from "./repository.ts";

/** A repository held in memory, by POSIX path. It is listed as a folder on disk would be, .gitignore files aside. */
export function memoryRepository(files: Readonly<Record<string, string | Uint8Array>>): Repository {
  const contents = new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      typeof text === "string" ? new TextEncoder().encode(text) : text,
    ]),
  );
  const paths = new Set([...contents.keys(), ...[...contents.keys()].flatMap(foldersAbove)]);
  return {
    async list(options = {}) {
      const filter = createFolderFilter(options.exclude ?? [], (path) => paths.has(path));
      const found = [...contents].map(([path, bytes]) => ({ path, bytes: bytes.byteLength }));
      return assembleListing(found, [], filter, options);
    },
    async read(path) {
      const bytes = contents.get(path);
      if (bytes === undefined) throw new Error("it is missing");
      return bytes;
    },
  };
}
