// All facts of a file but its code, from its tokens: what tests, examples and the like are asked for.
import type { FileFacts } from "../../model/facts.ts";
import { lexPython } from "../../syntax/lex-python.ts";
import { lineCount, lineTable } from "../../text/source-position.ts";
import type { SourceFile } from "../collect-file.ts";
import { collectSuppressions } from "../collect-suppressions.ts";
import { readOutline } from "./read-outline.ts";

/** What `collectFile` finds without the body; null where only a parser can be sure of it, as in all code that is not Python 3. */
export function skimFile(source: SourceFile, text: string): Omit<FileFacts, "body"> | null {
  const tokens = lexPython(text);
  const outline = tokens === null ? null : readOutline(text, tokens);
  if (tokens === null || outline === null) return null;
  const table = lineTable(text);
  const { imports, counts, isScript } = outline;
  return {
    ...source,
    lines: lineCount(text, table),
    ...table,
    counts,
    imports,
    isScript,
    suppressions: collectSuppressions({ text, comments: tokens.comments }, table),
    problems: [],
  };
}
