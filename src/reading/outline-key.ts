import type { FileFacts } from "../model/facts.ts";
import { lineAt } from "../text/source-position.ts";

/**
 * What linking can see of a skimmed file whose body it does not ask for, as a text: a test may change inside its functions, and
 * nothing that linking finds does.
 */
export function outlineKey(facts: FileFacts): string {
  const { imports, isScript, problems, role } = facts;
  const placed = imports.map(({ isTopLevel, statement: { start, ...statement } }) => ({
    ...statement,
    isTopLevel,
    line: lineAt(facts, start),
  }));
  return JSON.stringify({ role, isScript, problems, imports: placed });
}
