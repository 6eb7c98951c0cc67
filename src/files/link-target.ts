// Where a link leads. Links are never followed out of the scanned folder, and a folder inside it is listed by its own path.
import { realpathSync, statSync } from "node:fs";
import { relative, sep } from "node:path";

export type LinkTarget =
  | { readonly kind: "inside-file"; readonly path: string; readonly bytes: number }
  | { readonly kind: "inside-folder" | "outside-folder" | "outside-file" | "broken" };

/**
 * @param realRoot the scanned folder with all links on the way to it resolved.
 * @param location the link's place on disk.
 */
export function linkTarget(realRoot: string, location: string | Buffer): LinkTarget {
  try {
    const target = realpathSync(location);
    const stats = statSync(location);
    const way = relative(realRoot, target);
    const leaves =
      way === ".." || way.startsWith(`..${sep}`) || way.startsWith(sep) || /^[A-Za-z]:/.test(way);
    if (stats.isDirectory()) return { kind: leaves ? "outside-folder" : "inside-folder" };
    if (leaves || !stats.isFile()) return { kind: "outside-file" };
    return { kind: "inside-file", path: way.split(sep).join("/"), bytes: stats.size };
  } catch {
    return { kind: "broken" };
  }
}
