// Counts of concepts while they are gathered, under the ORM that asks for them.
import { lineIn, type ModuleInfo } from "../../evaluation/module-info.ts";
import type { Evidence } from "../../model/report.ts";
import { evidenceAt } from "../project-view.ts";

/** Where a concept is used. */
export interface Place {
  readonly module: ModuleInfo;
  /** UTF-16 offset. */
  readonly at: number;
}

export interface ConceptCount {
  readonly name: string;
  readonly orm: string;
  readonly uses: number;
  /** The first place seen. */
  readonly evidence: Evidence;
}

export interface ConceptUses {
  /** Adds a use; a concept counts once a line, whatever shows it there. */
  readonly note: (orm: string, name: string, place: Place) => void;
  readonly all: () => ConceptCount[];
}

export function createConceptUses(): ConceptUses {
  const found = new Map<string, { name: string; orm: string; places: Set<string>; evidence: Evidence }>();
  return {
    note(orm, name, { module, at }) {
      const key = `${orm}\n${name}`;
      const known = found.get(key) ?? {
        name,
        orm,
        places: new Set(),
        evidence: evidenceAt(module, at, `uses ${name}`),
      };
      known.places.add(`${module.path}:${lineIn(module, at)}`);
      found.set(key, known);
    },
    all: () =>
      [...found.values()].map(({ name, orm, places, evidence }) => ({
        name,
        orm,
        uses: places.size,
        evidence,
      })),
  };
}
