import type { World } from "../../evaluation/world.ts";
import { loadSqlParser, type SqlParser } from "../../sql/sql-parser.ts";

/** The SQL grammars, loaded only when a statement that was found has SQL text; else null. */
export async function sqlParserFor({ recorder }: World): Promise<SqlParser | null> {
  const queries = [
    ...[...recorder.executions.values()].map(({ query }) => query),
    ...recorder.built.values(),
  ];
  const hasText = queries.some(
    ({ layer, text }) => layer === "raw" && text.some(({ kind }) => kind === "text"),
  );
  return hasText ? loadSqlParser() : null;
}
