import type { Statement } from "../model/code.ts";
import type { FileFacts, PlacedImport } from "../model/facts.ts";
import type { FileRole } from "../model/file-role.ts";
import type { Problem } from "../model/problem.ts";
import type { SyntaxTree } from "../syntax/syntax-node.ts";
import { type LineTable, lineAt, lineCount, lineTable } from "../text/source-position.ts";
import { visitStatements } from "../text/visit-code.ts";
import { collectCounts } from "./code/collect-counts.ts";
import { lowerBlock } from "./code/lower-statement.ts";
import { collectSuppressions } from "./collect-suppressions.ts";

/** What is known of a file before it is parsed. `bytes` is its size on disk. */
export interface SourceFile {
  readonly path: string;
  readonly role: FileRole;
  readonly bytes: number;
}

/** Python 2 only: a print statement with an argument, `except X, e:`, backquotes or `<>`; seen where the grammar stumbles. */
const PYTHON2 = /^[ \t]*(print\s+["'\w]|exec\s+["'\w]|except\s+[\w.]+\s*,\s*\w+\s*:|raise\s+\w+\s*,)/m;

/** All facts of one Python file, from its tree alone. */
export function collectFile(source: SourceFile, tree: SyntaxTree): FileFacts {
  const table = lineTable(tree.text);
  const body = lowerBlock(tree.root, (node) => tree.text.slice(node.start, node.end));
  return {
    ...source,
    lines: lineCount(tree.text, table),
    ...table,
    counts: collectCounts(body),
    imports: collectImports(body),
    body,
    isScript: body.some(isMainGuard),
    suppressions: collectSuppressions(tree, table),
    problems: syntaxProblems(source.path, tree, table),
  };
}

function collectImports(body: readonly Statement[]): PlacedImport[] {
  const topLevel = new Set(body);
  const imports: PlacedImport[] = [];
  visitStatements(body, (statement) => {
    if (statement.kind === "import") imports.push({ statement, isTopLevel: topLevel.has(statement) });
  });
  return imports;
}

function isMainGuard(statement: Statement): boolean {
  if (statement.kind !== "if" || statement.test.kind !== "comparison") return false;
  return statement.test.operands.some((side) => side.kind === "name" && side.id === "__name__");
}

function syntaxProblems(path: string, tree: SyntaxTree, table: LineTable): Problem[] {
  const problems: Problem[] = [];
  const [first] = tree.errors;
  if (first !== undefined || hasPythonTwoPrint(tree)) {
    const python2 = PYTHON2.exec(tree.text);
    const line = first === undefined ? 1 : lineAt(table, first);
    if (python2 !== null) {
      const at = lineAt(table, python2.index + (python2[0].length - python2[0].trimStart().length));
      const message = "This is Python 2 code; what the Python 3 grammar could follow was used.";
      problems.push({ path, kind: "python2", line: at, message });
    } else {
      const places = tree.errors.length === 1 ? "place" : "places";
      const message = `Syntax error in ${tree.errors.length} ${places}, the first on line ${line}; the rest of the file was used.`;
      problems.push({ path, kind: "syntax-error", line, message });
    }
  }
  if (tree.truncated)
    problems.push({ path, kind: "limit", message: "Nesting deeper than 400 levels was left out." });
  return problems;
}

function hasPythonTwoPrint(tree: SyntaxTree): boolean {
  const pending = [tree.root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === "print_statement" || node.type === "exec_statement") return true;
    // Statements hold statements only through blocks and compound statements: expressions need no visit.
    for (const child of node.children) {
      if (/_statement$|_definition$|_clause$|^block$/.test(child.type)) pending.push(child);
    }
  }
  return false;
}
