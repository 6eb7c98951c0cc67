import type { FileFacts } from "../model/facts.ts";
import { lineAt } from "../text/source-position.ts";
import type { Frame } from "./frame.ts";

/** One file as a module of the repository. */
export interface ModuleInfo {
  readonly path: string;
  /** Dotted name by the package layout. */
  readonly name: string;
  readonly facts: FileFacts;
  /** Its top-level names; evaluated on first use. */
  readonly frame: Frame;
  /** What `from module import *` brings in, by the importing module's own star imports. */
  readonly stars: ModuleInfo[];
  /** External modules star-imported: names not found elsewhere may come from them. */
  readonly externalStars: string[];
  state: "new" | "evaluating" | "done";
}

/** The 1-based line of an offset in a module's file. */
export function lineIn(module: ModuleInfo, offset: number): number {
  return lineAt(module.facts, offset);
}
