// Models, relations and column types, by what becomes of them on the other side.
import { columnFate, modelFate, relationFate } from "../knowledge/carry-over.ts";
import type { Carries, CostGroup, ProjectSignals, Side, Tie } from "../model/report.ts";
import { byName, type CostLine, firstOf } from "./cost-line.ts";
import { familyOf, type OrmFamily } from "./orm-family.ts";

type Range = readonly [low: number, high: number];

/** Units for one, by how it carries over. What is not known is taken to carry over somehow: from directly to with a note. */
const UNITS: Readonly<Record<"models" | "relations" | "columns", Readonly<Record<Carries, Range>>>> = {
  models: { directly: [0.25, 0.75], "with-a-note": [0.5, 2], not: [2, 8], unknown: [0.25, 2] },
  relations: { directly: [0.1, 0.25], "with-a-note": [0.25, 1], not: [1, 4], unknown: [0.1, 1] },
  columns: { directly: [0.02, 0.05], "with-a-note": [0.1, 0.5], not: [0.5, 3], unknown: [0.02, 0.5] },
};

const SAYS: Readonly<Record<Carries, string>> = {
  directly: "directly",
  "with-a-note": "with a note",
  not: "no counterpart",
  unknown: "not known",
};
const CARRIES: readonly Carries[] = ["directly", "with-a-note", "not", "unknown"];
const NAMES_SHOWN = 4;

interface Judged {
  readonly tie: Tie;
  readonly carries: Carries;
  readonly becomes: string;
}

export function mappingLines(signals: ProjectSignals, family: OrmFamily, to: Side): readonly CostLine[] {
  const own = signals.ties.items.filter(({ orm }) => familyOf(orm) === family).toSorted(byName);
  const of = (...kinds: readonly string[]): readonly Judged[] =>
    own.filter(({ kind }) => kinds.includes(kind)).map((tie) => judge(tie, to));
  return [
    ...linesOf("models", [...of("model"), ...unseenModels(signals, own, family)]),
    ...linesOf("relations", of("relation")),
    ...linesOf("columns", of("column", "own-column")),
    ...ownTypes(of("own-type")),
  ];
}

function judge(tie: Tie, to: Side): Judged {
  if (tie.name === null) return { tie, carries: "unknown", becomes: "could not be read" };
  if (tie.kind === "own-column")
    return { tie, carries: "directly", becomes: "the project's own type, which is counted once below" };
  if (tie.kind === "own-type")
    return { tie, carries: "with-a-note", becomes: "its conversion is written anew" };
  const fateOf = { model: modelFate, relation: relationFate, column: columnFate, dependent: () => null }[
    tie.kind
  ];
  const fate = fateOf(tie.name, to);
  return fate === null
    ? { tie, carries: "unknown", becomes: "nothing is known of it here" }
    : { tie, carries: fate.fate, becomes: fate.becomes };
}

/** Models that were counted, and of which no mapping was seen. */
function unseenModels(signals: ProjectSignals, own: readonly Tie[], family: OrmFamily): readonly Judged[] {
  const { items, total } = signals.models;
  const concrete = items.filter(({ abstract, orm }) => !abstract && familyOf(orm) === family);
  const seen = own.filter(({ kind }) => kind === "model").reduce((sum, { count }) => sum + count, 0);
  const count = Math.max(0, (items.length === 0 ? total : concrete.length) - seen);
  const tie: Tie = { kind: "model", name: null, orm: family, count, evidence: [] };
  return count === 0 ? [] : [{ tie, carries: "unknown", becomes: "the mapping could not be read" }];
}

/** A type that the project defines is written anew once, however many columns have it. */
function ownTypes(judged: readonly Judged[]): readonly CostLine[] {
  const count = judged.reduce((sum, { tie }) => sum + tie.count, 0);
  const evidence = firstOf(judged.map(({ tie }) => tie));
  return [
    {
      what: "column types of its own",
      group: "columns",
      carries: "with-a-note",
      count,
      each: { low: 0.5, high: 3 },
      note: noteOf(judged),
      evidence,
    },
  ];
}

function linesOf(group: CostGroup & keyof typeof UNITS, judged: readonly Judged[]): readonly CostLine[] {
  return CARRIES.map((carries) => {
    const those = judged.filter((one) => one.carries === carries);
    const [low, high] = UNITS[group][carries];
    return {
      what: `${group}, ${SAYS[carries]}`,
      group,
      carries,
      count: those.reduce((sum, { tie }) => sum + tie.count, 0),
      each: { low, high },
      note: noteOf(those),
      evidence: firstOf(those.map(({ tie }) => tie)),
    };
  });
}

/** "EmailField (4), URLField (2): String; …", the most frequent first; the rest is counted. */
function noteOf(judged: readonly Judged[]): string {
  const ways = new Map<string, Map<string, number>>();
  for (const { tie, becomes } of judged) {
    const names = ways.get(becomes) ?? new Map<string, number>();
    const name = tie.name === null ? "unread" : tie.name.slice(tie.name.lastIndexOf(".") + 1);
    names.set(name, (names.get(name) ?? 0) + tie.count);
    ways.set(becomes, names);
  }
  const all = [...ways].map(([becomes, names]) => {
    const sorted = [...names].sort((left, right) => right[1] - left[1]);
    const shown = sorted.slice(0, NAMES_SHOWN).map(([name, count]) => `${name} (${count})`);
    const more = sorted.length - shown.length;
    return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}: ${becomes}`;
  });
  const more = all.length - NAMES_SHOWN;
  return [...all.slice(0, NAMES_SHOWN), ...(more > 0 ? [`and ${more} other ways`] : [])].join("; ");
}
