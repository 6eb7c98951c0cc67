// What SQL text says of itself, read by its first keyword: a heuristic until the text is parsed.
import type { Value } from "../../evaluation/value.ts";
import type { QueryFeature, QueryOperation } from "../../model/report.ts";
import type { Components } from "./complexity.ts";

export interface SqlText {
  readonly operation: QueryOperation;
  readonly features: readonly QueryFeature[];
  readonly components: Components | null;
  readonly table: string | null;
}

const OPERATIONS = new Map<string, QueryOperation>([
  ["select", "select"],
  ["with", "select"],
  ["values", "select"],
  ["show", "select"],
  ["explain", "select"],
  ["pragma", "select"],
  ["insert", "insert"],
  ["replace", "upsert"],
  ["merge", "upsert"],
  ["update", "update"],
  ["delete", "delete"],
  ["truncate", "delete"],
  ["create", "ddl"],
  ["alter", "ddl"],
  ["drop", "ddl"],
  ["comment", "ddl"],
  ["vacuum", "ddl"],
  ["begin", "unknown"],
]);

/** Null when nothing of the text is known. */
export function readSqlText(text: Value, _line: number): SqlText | null {
  const known = text.flatMap((atom) =>
    atom.kind === "text" ? [atom.parts.map((part) => part ?? " ? ").join("")] : [],
  );
  const [first] = known;
  const keyword = first === undefined ? null : /^[\s(]*([a-z]+)/i.exec(first);
  const operation = keyword === null ? undefined : OPERATIONS.get((keyword[1] ?? "").toLowerCase());
  return operation === undefined ? null : { operation, features: [], components: null, table: null };
}
