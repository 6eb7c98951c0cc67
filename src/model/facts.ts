import type { ImportStatement, Statement } from "./code.ts";
import type { FileRole } from "./file-role.ts";
import type { Manifest } from "./manifest.ts";
import type { Problem } from "./problem.ts";

/** Counts of one file that need no linking. */
export interface FileCounts {
  readonly functions: number;
  readonly asyncFunctions: number;
  /** Functions whose every parameter (self and cls aside) and return are annotated. */
  readonly annotatedFunctions: number;
}

/** A comment that asks `check` to leave findings out: `# ormverdict: ignore[rule] reason`, or `ignore-file[…]`. */
export interface Suppression {
  /** 1-based place of the comment. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  /** The line it speaks of: its own, or the next line of code when it stands alone; null for the whole file. */
  readonly target: number | null;
  /** Rule ids as written; empty when the comment names none, which suppresses nothing. */
  readonly rules: readonly string[];
  readonly reason: string | null;
}

/** An import statement wherever it stands in a file. */
export interface PlacedImport {
  readonly statement: ImportStatement;
  /** False inside a function, a class, `try:` or any other block. */
  readonly isTopLevel: boolean;
}

/** Everything read in one Python file, about that file only. */
export interface FileFacts {
  /** POSIX path relative to the scanned root. */
  readonly path: string;
  readonly role: FileRole;
  readonly bytes: number;
  readonly lines: number;
  /** UTF-16 offset at which each line starts; index 0 is line 1. */
  readonly lineStarts: readonly number[];
  /** Offsets of characters outside the basic plane, each two UTF-16 units but one code point. */
  readonly astral: readonly number[];
  readonly counts: FileCounts;
  /** Every import of the file, in source order: of most files this is all that is asked for. */
  readonly imports: readonly PlacedImport[];
  readonly body: readonly Statement[];
  /** True when the module can be run as a script: `if __name__ == "__main__"`. */
  readonly isScript: boolean;
  /** Comments that suppress findings, in source order. */
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly Problem[];
}

/** All facts of a repository: what linking starts from. */
export interface RepositoryFacts {
  readonly files: readonly FileFacts[];
  readonly manifests: readonly Manifest[];
  /** Small configuration files read whole: alembic.ini, Dockerfile, Procfile, docker-compose.yml, … */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  /** Other listed files by path: *.sql and whatever else is there. */
  readonly otherFiles: readonly string[];
  /** Problems that belong to no parsed file: unreadable, too large, a bound hit. */
  readonly problems: readonly Problem[];
}
