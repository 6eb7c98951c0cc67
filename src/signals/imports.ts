// Imports of what lies outside the repository, read from a file's facts: a local folder that shadows a library is no library.

import { canonicalName } from "../evaluation/canonical-name.ts";
import type { World } from "../evaluation/world.ts";
import type { FileFacts } from "../model/facts.ts";
import { lineAt } from "../text/source-position.ts";

export interface ExternalImport {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Top-level package: "sqlalchemy". */
  readonly root: string;
  /** Dotted module: "sqlalchemy.orm". */
  readonly module: string;
  /** Canonical name of what is imported: "sqlalchemy.orm.Session", or the module. */
  readonly name: string;
  /** True inside `try:` or a function: the code can do without it. */
  readonly isOptional: boolean;
}

const known = new WeakMap<FileFacts, readonly ExternalImport[]>();

/** All external imports of a file, in source order. */
export function externalImports(world: World, file: FileFacts): readonly ExternalImport[] {
  const found = known.get(file);
  if (found !== undefined) return found;
  const imports: ExternalImport[] = [];
  for (const { statement, isTopLevel } of file.imports) {
    if (statement.level > 0) continue;
    const target = world.table.resolve(file.path, statement.module, 0);
    if (target.kind !== "external") continue;
    const { module, name } = statement;
    imports.push({
      path: file.path,
      line: lineAt(file, statement.start),
      root: module.split(".")[0] ?? module,
      module,
      name: canonicalName(name === null || name === "*" ? module : `${module}.${name}`),
      isOptional: !isTopLevel,
    });
  }
  known.set(file, imports);
  return imports;
}
