import type { Members } from "./member-snippets.ts";
import type { Layout } from "./render-matrix.ts";
import type { Snippet } from "./snippet.ts";

/** A library whose behaviour in asynchronous code is observed, in one or several of its versions. */
export interface MatrixLibrary {
  readonly name: "django" | "sqlalchemy";
  /** Folder of the project that the generated modules are put into, below fixtures/truth-async. */
  readonly project: string;
  /** What pip installs for each version, pinned; the key names the file of its observations. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** The program that knows members and runs cells, beside this file. */
  readonly program: string;
  readonly layout: Layout;
  readonly snippets: (members: Members) => readonly Snippet[];
}
