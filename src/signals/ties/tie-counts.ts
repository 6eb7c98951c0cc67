// Ties while they are gathered: counts by kind, name and ORM, with the first places of each.
import type { ClassInfo } from "../../evaluation/class-info.ts";
import type { Evidence, Tie, TieKind } from "../../model/report.ts";
import { compareText } from "../../text/compare-text.ts";
import { evidenceAt } from "../project-view.ts";

const MAX_EVIDENCE = 3;

export interface TieCounts {
  readonly note: (kind: TieKind, name: string | null, orm: string, evidence: Evidence) => void;
  /** A column's type that the project defines: noted once, however many columns have it. */
  readonly noteType: (type: ClassInfo, orm: string) => void;
  readonly all: () => readonly Tie[];
}

export function createTieCounts(): TieCounts {
  const types = new Set<ClassInfo>();
  const found = new Map<string, { kind: TieKind; name: string | null; orm: string; places: Evidence[] }>();
  const note: TieCounts["note"] = (kind, name, orm, evidence) => {
    const key = JSON.stringify([kind, name, orm]);
    const known = found.get(key) ?? { kind, name, orm, places: [] };
    known.places.push(evidence);
    found.set(key, known);
  };
  return {
    note,
    noteType(type, orm) {
      if (types.has(type)) return;
      types.add(type);
      note(
        "own-type",
        type.name,
        orm,
        evidenceAt(type.module, type.statement.start, `${type.name} is a type of columns`),
      );
    },
    all: () =>
      [...found.values()]
        .map(({ kind, name, orm, places }) => ({
          kind,
          name,
          orm,
          count: places.length,
          evidence: places.sort(byPlace).slice(0, MAX_EVIDENCE),
        }))
        .sort(
          (left, right) =>
            compareText(left.kind, right.kind) ||
            right.count - left.count ||
            compareText(left.name ?? "", right.name ?? "") ||
            compareText(left.orm, right.orm),
        ),
  };
}

function byPlace(left: Evidence, right: Evidence): number {
  return compareText(left.path, right.path) || left.line - right.line || compareText(left.says, right.says);
}
