import { collectManifest } from "../../../src/facts/manifests/index.ts";
import type { Manifest } from "../../../src/model/manifest.ts";

/** Manifests read from files given as path and text. */
export function manifestsOf(files: Readonly<Record<string, string>>): Manifest[] {
  return Object.entries(files).flatMap(([path, text]) => collectManifest(path, text) ?? []);
}
