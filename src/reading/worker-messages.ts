// What passes between the thread that leads a scan and the threads that read files for it.
import type { ListedFile } from "../files/repository.ts";
import type { ReadingDepth } from "./read-source.ts";

export interface UnreadFile {
  readonly file: ListedFile;
  readonly bytes: Uint8Array;
}

/** Files to read, as `readSource` takes them. */
export interface ReadingOrder {
  readonly files: readonly UnreadFile[];
  readonly depth: ReadingDepth;
}

/** Packed facts in the order of the files, and the UTF-16 units that were parsed for them. */
export interface ReadingResult {
  readonly packed: readonly Uint8Array[];
  readonly parsed: number;
}
