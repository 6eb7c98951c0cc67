// A suite: code under study, how its tests are run, and which of its files count.

/** Where a suite's files come from: a folder of fixtures/truth, or a pinned source archive of the index. */
export type SuiteSource =
  | { readonly fixture: string }
  | { readonly package: string; readonly version: string; readonly file: string; readonly sha256: string };

export interface Suite {
  readonly name: string;
  /** Own projects and applications make the totals; an ORM's own tests are counted apart, being made of edge cases. */
  readonly kind: "own" | "application" | "orm-tests";
  readonly source: SuiteSource;
  /** What pip installs into the suite's virtual environment, pinned. */
  readonly requirements: readonly string[];
  /** Folder of the source that is scanned and that paths are relative to; "." for the whole. */
  readonly root: string;
  /** Globs of the files under study, and of those among them that are not, relative to the root. */
  readonly study: readonly string[];
  readonly leaveOut: readonly string[];
  /** True where the suite's own models and tests are the code under study. */
  readonly includeTests: boolean;
  /** True where only the files under study are scanned, not the rest of a large archive. */
  readonly scanStudyOnly: boolean;
  /** Working directory of the run, relative to the source. */
  readonly directory: string;
  readonly run: { readonly module: string } | { readonly script: string };
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}
