import type { FileFacts } from "../model/facts.ts";
import type { ChangedLines, LineRange } from "../model/gate.ts";
import type { Finding } from "../model/report.ts";
import { lineAt } from "../text/source-position.ts";
import { visitStatements } from "../text/visit-code.ts";

/**
 * Whether a change may have brought the finding: it touches the finding's lines, a place on its way (the call that leads to a query),
 * or the function around it, whose head alone may turn good lines into bad ones.
 */
export function isChanged(
  finding: Finding,
  changes: ChangedLines,
  files: ReadonlyMap<string, FileFacts>,
): boolean {
  const touches = (path: string, from: number, to: number): boolean => {
    const ranges = changes.get(path);
    return ranges === "all" || (ranges?.some(([first, last]) => first <= to && from <= last) ?? false);
  };
  if (touches(finding.path, finding.line, finding.endLine)) return true;
  if (finding.related.some(({ path, line }) => touches(path, line, line))) return true;
  const file = files.get(finding.path);
  const scope = file === undefined ? null : enclosingFunction(file, finding.line);
  return scope !== null && touches(finding.path, scope[0], scope[1]);
}

/** The lines of the innermost function that holds a line, decorators included. */
function enclosingFunction(file: FileFacts, line: number): LineRange | null {
  let found: LineRange | null = null;
  visitStatements(file.body, (statement) => {
    if (statement.kind !== "function") return;
    const starts = [statement.start, ...statement.decorators.map(({ start }) => start)];
    const first = lineAt(file, Math.min(...starts));
    const last = lineAt(file, Math.max(statement.start, statement.end - 1));
    if (first <= line && line <= last) found = [first, last];
  });
  return found;
}
