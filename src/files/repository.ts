// What the rest of the product sees of a repository: a list of files with what each is for, and their bytes. Whether they come
// from a git work tree, a plain folder or memory is not visible past this contract.
import type { FileRole } from "../model/file-role.ts";
import type { Problem } from "../model/problem.ts";

export interface ListOptions {
  /** Paths to leave out, in .gitignore syntax, relative to the root: "legacy/", "*.gen.py", "/build", "!build/keep.py". */
  readonly exclude?: readonly string[];
  /** What files are for, where the user knows better; .gitignore syntax; the first match wins. */
  readonly roles?: readonly { readonly glob: string; readonly role: FileRole }[];
  /** Most Python files to read; default 100,000. */
  readonly maxFiles?: number;
}

/** A file that the scan reads: Python, a manifest or a configuration text. */
export interface ListedFile {
  /** POSIX path relative to the root. */
  readonly path: string;
  readonly bytes: number;
  readonly role: FileRole;
  /** Why it has that role, as a clause: "in tests/". */
  readonly because: string;
}

export interface Listing {
  /** Sorted by path. */
  readonly files: readonly ListedFile[];
  /** Paths of all other files, sorted; they are named, not read. */
  readonly others: readonly string[];
  /** Folders left out by rule, each with the reason; the outermost folder only. */
  readonly excluded: readonly { readonly path: string; readonly because: string }[];
  /** What was not seen: links out of the tree, files too large, bounds that were hit. */
  readonly problems: readonly Problem[];
  /** Something a reader of the verdict must know about the choice of files, or null. */
  readonly note: string | null;
}

export interface Repository {
  /** @throws UsageError when the root itself cannot be listed. */
  list(options?: ListOptions): Promise<Listing>;
  /**
   * The bytes of one file.
   *
   * @throws Error with a message free of absolute paths when it is missing, unreadable, no regular file, out of the tree
   *   or larger than 32 MiB. read-text.ts turns that into a Problem.
   */
  read(path: string): Promise<Uint8Array>;
}
