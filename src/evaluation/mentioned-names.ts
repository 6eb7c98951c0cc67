import { expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";
import type { ModuleInfo } from "./module-info.ts";

/** Every name and attribute that the code of the modules mentions. Nothing there can call a function that is not among them. */
export function mentionedNames(modules: readonly ModuleInfo[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { facts } of modules)
    visitStatements(facts.body, (statement) => {
      for (const expr of expressionsOf(statement))
        visitExpressions(expr, (part) => {
          if (part.kind === "name") names.add(part.id);
          else if (part.kind === "attribute") names.add(part.name);
        });
    });
  return names;
}
