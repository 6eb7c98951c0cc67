import { lstatSync, type Stats } from "node:fs";
import { join, sep } from "node:path";

/** The place on disk of a path relative to the root. */
export function locate(root: string, path: string, raw: Buffer | null): string | Buffer {
  return raw === null ? join(root, path) : Buffer.concat([Buffer.from(root + sep), raw]);
}

/** What lies at a place, links not followed; null when nothing does. */
export function statsOf(location: string | Buffer): Stats | null | "unreadable" {
  try {
    return lstatSync(location, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    return isMissing(error) ? null : "unreadable";
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}
