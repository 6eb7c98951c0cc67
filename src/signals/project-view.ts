// What a detector sees: one project's files and manifests, and what evaluation found out about their code.

import type { ClassInfo } from "../evaluation/class-info.ts";
import type { ExternalCall } from "../evaluation/events.ts";
import type { FunctionInfo } from "../evaluation/function-info.ts";
import type { ModuleInfo } from "../evaluation/module-info.ts";
import { lineIn } from "../evaluation/module-info.ts";
import type { World } from "../evaluation/world.ts";
import type { FileFacts } from "../model/facts.ts";
import type { Evidence } from "../model/report.ts";
import type { Project } from "../project/find-projects.ts";
import type { SqlParser } from "../sql/sql-parser.ts";

export interface ProjectView {
  readonly project: Project;
  readonly world: World;
  /** Whether a file's code counts towards signals: production, and tests when they are included. */
  readonly counts: (file: FileFacts) => boolean;
  /** Files whose code counts. */
  readonly files: readonly FileFacts[];
  /** Modules, classes, functions and calls in those files. */
  readonly modules: readonly ModuleInfo[];
  readonly classes: readonly ClassInfo[];
  readonly functions: readonly FunctionInfo[];
  readonly externalCalls: readonly ExternalCall[];
  /** Reads SQL text by a grammar; null where no statement has text, and where only tokens are to be read. */
  readonly parseSql: SqlParser | null;
}

export function viewProject(
  project: Project,
  world: World,
  counts: (file: FileFacts) => boolean,
  parseSql: SqlParser | null = null,
): ProjectView {
  const files = project.files.filter(counts);
  const paths = new Set(files.map(({ path }) => path));
  return {
    project,
    world,
    counts,
    parseSql,
    files,
    modules: [...world.modules.values()].filter(({ path }) => paths.has(path)),
    classes: [...world.classes.values()].filter(({ module }) => paths.has(module.path)),
    functions: [...world.functions.values()].filter(({ module }) => paths.has(module.path)),
    externalCalls: [...world.recorder.externalCalls.values()].filter(({ site }) =>
      paths.has(site.module.path),
    ),
  };
}

/** Evidence at an offset of a module. */
export function evidenceAt(module: ModuleInfo, offset: number, says: string): Evidence {
  return { path: module.path, line: lineIn(module, offset), says };
}
