// SQL text of raw statements, as far as the code lets it be known.
import type { TextAtom, Value } from "../../evaluation/value.ts";
import { readSql, type SqlFacts } from "../../sql/read-sql.ts";

/** Stands for a part of the text that only running the code would tell. */
const UNKNOWN_PART = " unknown_part ";

/**
 * Facts of a raw statement's text, with features at 1-based lines of the file.
 *
 * @param line where the statement is run: a text's own place is not kept, so its features stand there.
 */
export function readSqlText(text: Value, line: number): SqlFacts | null {
  const known = text.find((atom): atom is TextAtom => atom.kind === "text");
  if (known === undefined) return null;
  const facts = readSql(known.parts.map((part) => part ?? UNKNOWN_PART).join(""));
  if (facts === null) return null;
  const names = [...new Set(facts.features.map(({ name }) => name))];
  const table = facts.table === UNKNOWN_PART.trim() ? null : facts.table;
  return { ...facts, table, features: names.map((name) => ({ name, line })) };
}
