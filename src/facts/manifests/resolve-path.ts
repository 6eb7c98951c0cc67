/**
 * A path written in a manifest, as a path relative to the scanned root; null when it leads out of it or is absolute.
 *
 * @param from path of the manifest
 */
export function resolvePath(from: string, written: string): string | null {
  if (/^([A-Za-z]:|[/\\~])/.test(written)) return null;
  const parts = from.split("/").slice(0, -1);
  for (const part of written.split(/[/\\]/)) {
    if (part === "..") {
      if (parts.pop() === undefined) return null;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
