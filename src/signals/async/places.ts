// Turns what evaluation keeps, offsets of expressions, into places that findings can point at.
import type { ModuleInfo } from "../../evaluation/module-info.ts";
import type { Site } from "../../evaluation/query.ts";
import type { Place } from "../../model/async-facts.ts";
import type { Expr } from "../../model/code.ts";
import { positionAt } from "../../text/source-position.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import { writtenForm } from "../../text/written-form.ts";

interface ExpressionIndex {
  readonly byExtent: ReadonlyMap<number, Expr>;
  /** Extents of the operands of `await`. */
  readonly awaited: ReadonlySet<number>;
  /** Extents of what `async with` enters. */
  readonly entered: ReadonlySet<number>;
  /** Extents of expressions that are statements of their own. */
  readonly standing: ReadonlySet<number>;
}

const indexes = new WeakMap<ModuleInfo, ExpressionIndex>();

function indexOf(module: ModuleInfo): ExpressionIndex {
  const known = indexes.get(module);
  if (known !== undefined) return known;
  const byExtent = new Map<number, Expr>();
  const awaited = new Set<number>();
  const standing = new Set<number>();
  const entered = new Set<number>();
  visitStatements(module.facts.body, (statement) => {
    if (statement.kind === "expression") standing.add(extentOf(statement.value));
    if (statement.kind === "with" && statement.isAsync)
      for (const { context } of statement.items) entered.add(extentOf(context));
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        byExtent.set(extentOf(part), part);
        if (part.kind === "await") for (const operand of part.operands) awaited.add(extentOf(operand));
      });
  });
  const made = { byExtent, awaited, entered, standing };
  indexes.set(module, made);
  return made;
}

/** Both offsets as one number: files are far shorter than 2 ** 26. */
function extentOf({ start, end = start }: { readonly start: number; readonly end?: number }): number {
  return start * 2 ** 26 + end;
}

/** The expression at exactly this extent, or null. */
export function expressionAt(site: Site): Expr | null {
  return indexOf(site.module).byExtent.get(extentOf(site)) ?? null;
}

/** True for the operand of an `await`. */
export function isAwaited(site: Site): boolean {
  return indexOf(site.module).awaited.has(extentOf(site));
}

/** True for what `async with` enters: nothing synchronous can be. */
export function isEnteredAsync(site: Site): boolean {
  return indexOf(site.module).entered.has(extentOf(site));
}

/** True for an expression whose value nothing takes: a statement of its own. */
export function isDiscarded(site: Site): boolean {
  return indexOf(site.module).standing.has(extentOf(site));
}

/** The place of an expression; `at` is the offset to point at when that is not its start: a method's name in a chain. */
export function placeOf(site: Site, at = site.start): Place {
  const { module, fn } = site;
  const start = positionAt(module.facts, at);
  const expr = expressionAt(site);
  const end = positionAt(module.facts, Math.max(site.end, at, site.start + wordLength(expr)));
  return {
    path: module.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    symbol: fn?.qualifiedName ?? null,
    code: expr === null ? "" : writtenForm(expr),
  };
}

/** Names and constants carry no end: they are as long as they are written. */
function wordLength(expr: Expr | null): number {
  if (expr?.kind === "name") return expr.id.length;
  return expr?.kind === "constant" ? expr.text.length : 0;
}
