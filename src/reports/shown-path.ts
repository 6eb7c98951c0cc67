import { posix } from "node:path";

/** A path of the report as a format names it: below the folder that the format's paths start from. */
export function shownPath(path: string, { pathPrefix = "" }: { readonly pathPrefix?: string }): string {
  if (pathPrefix === "" && !path.includes("/../") && !path.startsWith("./")) return path;
  return path === "." ? pathPrefix.replace(/\/$/, "") || "." : posix.normalize(`${pathPrefix}${path}`);
}
