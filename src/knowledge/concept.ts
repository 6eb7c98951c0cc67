// What an ORM asks a developer to learn, as one row a concept, and what in code shows that it is used.
import { words } from "../text/words.ts";

export interface Concept {
  /** As a teacher would call it. */
  readonly name: string;
  /** Canonical names of what is called or subclassed, as a regular expression; null when only methods show it. */
  readonly symbols: RegExp | null;
  /** Methods of statements, managers and sessions. */
  readonly methods: ReadonlySet<string>;
  /** Features that statements have (names of the report). */
  readonly features: ReadonlySet<string>;
}

interface Row {
  readonly name: string;
  readonly symbols?: string;
  readonly methods?: string;
  readonly features?: string;
}

/** A concept from a row: symbols are alternatives of a regular expression without anchors, methods and features are words. */
export function concept(row: Row): Concept {
  return {
    name: row.name,
    symbols: row.symbols === undefined ? null : new RegExp(`^(?:${row.symbols})$`),
    methods: new Set(words(row.methods ?? "")),
    features: new Set(words(row.features ?? "")),
  };
}
