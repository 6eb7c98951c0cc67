// What made a fact, or what linking found, beside the files: this very code. The version alone would keep stale facts while the program is being worked on.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { VERSION } from "../model/version.ts";

/** Changes whenever the code that makes facts does. */
export function toolStamp(): string {
  const hash = createHash("sha256").update(VERSION);
  const own = fileURLToPath(import.meta.url);
  // In the bundle all of it is one chunk, which names the others by their content.
  const files = own.endsWith(".ts") ? sourceFiles(dirname(dirname(own))) : [own];
  for (const file of files) hash.update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function sourceFiles(source: string): string[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
