// SQL text of raw statements, as far as the code lets it be known.
import { lineIn, type ModuleInfo } from "../../evaluation/module-info.ts";
import { placesOf } from "../../evaluation/text-place.ts";
import type { TextAtom, Value } from "../../evaluation/value.ts";
import type { QueryFeature } from "../../model/report.ts";
import { readSql } from "../../sql/read-sql.ts";
import type { SqlFacts } from "../../sql/sql-facts.ts";
import type { SqlParser } from "../../sql/sql-parser.ts";

/** Stands for a part of the text that only running the code would tell. */
const UNKNOWN_PART = " unknown_part ";

export interface SqlTextFacts extends Omit<SqlFacts, "features"> {
  readonly features: readonly QueryFeature[];
}

/**
 * Facts of a raw statement's text, with features at 1-based lines of the file: where they are written, or, for text
 * written in another file than `module`, where the statement is run.
 */
export function readSqlText(
  text: Value,
  module: ModuleInfo,
  line: number,
  parse: SqlParser | null,
): SqlTextFacts | null {
  const known = text.find((atom): atom is TextAtom => atom.kind === "text");
  if (known === undefined) return null;
  const facts = readSql(known.parts.map((part) => part ?? UNKNOWN_PART).join(""), parse);
  if (facts === null) return null;
  const lineOf = lineFinder(known, module, line);
  const features = new Map(
    facts.features.map(({ name, at }) => {
      const feature = { name, line: lineOf(at) };
      return [`${name}:${feature.line}`, feature];
    }),
  );
  const table = facts.table === UNKNOWN_PART.trim() ? null : facts.table;
  return { ...facts, table, features: [...features.values()] };
}

/** Tells the line of the file of a character of the text, by the part that holds it. */
function lineFinder(atom: TextAtom, module: ModuleInfo, fallback: number): (at: number) => number {
  const places = placesOf(atom);
  return (at) => {
    let start = 0;
    for (const [index, part] of atom.parts.entries()) {
      const { length } = part ?? UNKNOWN_PART;
      if (at < start + length) {
        const place = places[index] ?? null;
        if (place === null || part === null || place.module !== module) return fallback;
        const above = part.slice(0, at - start).split("\n").length - 1;
        return lineIn(module, place.start) + place.down + above;
      }
      start += length;
    }
    return fallback;
  };
}
