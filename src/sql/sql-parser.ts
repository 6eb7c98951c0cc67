// The SQL grammars, loaded only when a scan has SQL text to read: together they take a tenth of a second to start.
import type { Parser } from "node-sql-parser";

/** The syntax tree of one statement, or null where no grammar reads it. */
export type SqlParser = (statement: string) => unknown;

interface Grammar {
  readonly Parser: new () => Pick<Parser, "astify">;
}

/** Loads the grammars of PostgreSQL, MySQL and SQLite; a statement is read by the first that can. */
export async function loadSqlParser(): Promise<SqlParser> {
  const [postgresql, mysql, sqlite] = await Promise.all([
    import("node-sql-parser/build/postgresql.js"),
    import("node-sql-parser/build/mysql.js"),
    import("node-sql-parser/build/sqlite.js"),
  ]);
  const inOrder = [postgresql, mysql, sqlite].map(parserOf);
  const known = new Map<string, unknown>();
  return (statement) => {
    if (!known.has(statement)) known.set(statement, parse(inOrder, statement));
    return known.get(statement) ?? null;
  };
}

/** The builds are CommonJS, which different loaders give with or without a default export. */
function parserOf(build: object): Pick<Parser, "astify"> {
  const grammar = ("default" in build ? build.default : build) as Grammar;
  return new grammar.Parser();
}

function parse(parsers: readonly Pick<Parser, "astify">[], statement: string): unknown {
  for (const parser of parsers) {
    try {
      const tree: unknown = parser.astify(statement);
      const single: unknown = Array.isArray(tree) && tree.length === 1 ? tree[0] : tree;
      if (single !== null && typeof single === "object" && !Array.isArray(single)) return single;
    } catch {
      // Not this grammar's statement: the next one is asked, and after the last the tokens are read.
    }
  }
  return null;
}
