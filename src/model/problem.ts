export type ProblemKind =
  | "unreadable"
  | "too-large"
  | "binary"
  | "encoding"
  | "syntax-error"
  | "python2"
  | "manifest"
  | "settings"
  | "limit"
  | "unresolved";

/** Something that could not be read or resolved. The scan goes on, and the report says so. */
export interface Problem {
  /** POSIX path relative to the scanned root. */
  readonly path: string;
  readonly kind: ProblemKind;
  /** One sentence: what happened and what it means for the answer. */
  readonly message: string;
  /** 1-based, where one line can be named. */
  readonly line?: number;
}
