// What a careful reader says about a fixture project: the shape of fixtures/projects/<name>.expected.json. What a reader would
// leave open is left out; "a|b" admits either value, and a name that ends in "?" may be missing.

export interface ExpectedQuery {
  readonly path: string;
  /** Text that occurs once in the file; the query must span the line where it starts. */
  readonly code: string;
  readonly layer?: string;
  readonly operation?: string;
  readonly model?: string;
  readonly tier?: string;
  readonly execution?: string;
  readonly threaded?: boolean;
  readonly inAsync?: boolean;
  readonly inLoop?: boolean;
  /** Features that must be among those found. */
  readonly features?: readonly string[];
}

export interface ExpectedQueries {
  readonly total?: number;
  readonly byLayer?: Readonly<Record<string, number>>;
  readonly byTier?: Readonly<Record<string, number>>;
  readonly has?: readonly ExpectedQuery[];
  /** Places that look like queries and are none. */
  readonly lookalikes?: readonly { readonly path: string; readonly code: string }[];
}

export interface ExpectedProject {
  readonly kind: string;
  readonly name?: string;
  readonly frameworks: Readonly<Record<string, string>>;
  readonly extensions?: Readonly<Record<string, readonly string[]>>;
  /** Version by name of a framework or ORM. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly orms: Readonly<Record<string, string>>;
  readonly primaryOrm: string | null;
  readonly databaseAccess?: string;
  readonly admin?: { readonly kind: string; readonly name?: string; readonly registrations: number };
  readonly migrations?: Readonly<Record<string, number>>;
  /** Engines, one entry a database, sorted. */
  readonly databases?: readonly string[];
  readonly routers?: number;
  readonly models?: number | string;
  readonly queries?: ExpectedQueries;
  readonly choice: string;
  readonly greenfield: string;
  readonly stance: string;
}

export interface Expectation {
  readonly about: string;
  /** By root. */
  readonly projects: Readonly<Record<string, ExpectedProject>>;
  /** Files that could not be read as they should. */
  readonly problems: readonly { readonly path: string; readonly kind: string }[];
  /**
   * Differences that are known limits of the scan, as compareReport words them. One that is no longer there is reported,
   * so that it gets taken off this list.
   */
  readonly knownMisses?: readonly string[];
}
