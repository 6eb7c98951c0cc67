// Finds the expressions and statements behind what evaluation recorded, which keeps only places.
import type { ModuleInfo } from "../evaluation/module-info.ts";
import type { CallExpr, Statement } from "../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../text/visit-code.ts";

interface CodeIndex {
  readonly calls: ReadonlyMap<string, CallExpr>;
  /** Offsets between which code runs once a turn. */
  readonly loops: readonly { readonly start: number; readonly end: number }[];
  /** Names assigned, with the extent of their statement, outer ones first. */
  readonly assigned: readonly { readonly start: number; readonly end: number; readonly name: string }[];
}

const indexes = new WeakMap<ModuleInfo, CodeIndex>();

function indexOf(module: ModuleInfo): CodeIndex {
  const known = indexes.get(module);
  if (known !== undefined) return known;
  const calls = new Map<string, CallExpr>();
  const loops: { start: number; end: number }[] = [];
  const assigned: { start: number; end: number; name: string }[] = [];
  visitStatements(module.facts.body, (statement) => {
    if (statement.kind === "for" || statement.kind === "while") loops.push(statement);
    if (statement.kind === "assign") {
      const name = targetName(statement);
      if (name !== null) assigned.push({ start: statement.start, end: statement.end, name });
    }
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (part.kind === "call") calls.set(`${part.start}:${part.end}`, part);
        if (part.kind === "comprehension") loops.push(part);
      });
  });
  const made = { calls, loops, assigned };
  indexes.set(module, made);
  return made;
}

/** "engine" of `engine = …`, `self.engine = …` and `ENGINES["engine"] = …`. */
function targetName(statement: Extract<Statement, { kind: "assign" }>): string | null {
  const [target] = statement.targets;
  if (target?.kind === "name") return target.id;
  if (target?.kind === "attribute") return target.name;
  if (target?.kind !== "subscript") return null;
  const [index] = target.indices;
  if (index?.kind === "string") return index.parts.filter((part) => typeof part === "string").join("");
  return target.base.kind === "name" ? target.base.id : null;
}

/** The call expression at exactly this place, or null. */
export function callAt(
  module: ModuleInfo,
  place: { readonly start: number; readonly end: number },
): CallExpr | null {
  return indexOf(module).calls.get(`${place.start}:${place.end}`) ?? null;
}

/** True inside the body or head of a loop or comprehension. */
export function isInLoop(module: ModuleInfo, offset: number): boolean {
  return indexOf(module).loops.some(({ start, end }) => start <= offset && offset < end);
}

/** The name that the innermost assignment around an offset binds, or null. */
export function assignedName(module: ModuleInfo, offset: number): string | null {
  const around = indexOf(module).assigned.filter(({ start, end }) => start <= offset && offset < end);
  return around.at(-1)?.name ?? null;
}
