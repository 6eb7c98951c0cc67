// The loop that runs an expression once per turn. Code that is evaluated once (the iterable), defined only (a nested function), left
// after the first turn (a search that returns), kept after it or written for a handful of known values is in no such loop.
import type { ModuleInfo } from "../../evaluation/module-info.ts";
import type { ComprehensionExpr, Expr, LoopStatement, Statement } from "../../model/code.ts";
import { endOf } from "../../text/extent.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import { isForBatch, isForOneValue, isInHandler, isKeptAfterFirst, leavesAfter } from "./conditions.ts";
import { isBatch, isBounded } from "./few-turns.ts";

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** A loop that runs once per row. */
export interface Loop extends Extent {
  readonly target: Expr;
}

/** The part of a loop that runs once per turn, and whether turns are as many as there are rows. */
interface Turn extends Extent {
  readonly loop: Loop;
  readonly isPerRow: boolean;
  readonly body: readonly Statement[];
}

interface LoopIndex {
  readonly turns: readonly Turn[];
  readonly functions: readonly Extent[];
}

const indexes = new WeakMap<ModuleInfo, LoopIndex>();

/** The innermost loop that runs what stands at `offset` once per row, or null. */
export function loopAround(module: ModuleInfo, offset: number): Loop | null {
  const { turns, functions } = indexOf(module);
  const around = turns.filter((turn) => holds(turn, offset));
  const inner = functions.filter((extent) => holds(extent, offset)).at(-1);
  const own = around.filter((turn) => inner === undefined || inner.start < turn.loop.start);
  const perRow = own.filter(
    ({ isPerRow, body, loop }) =>
      isPerRow &&
      !leavesAfter(body, offset) &&
      !isKeptAfterFirst(body, offset) &&
      !isForOneValue(body, offset, loop.target) &&
      !isForBatch(body, offset) &&
      !isInHandler(body, offset),
  );
  return perRow.at(-1)?.loop ?? null;
}

function holds({ start, end }: Extent, offset: number): boolean {
  return start <= offset && offset < end;
}

function indexOf(module: ModuleInfo): LoopIndex {
  const known = indexes.get(module);
  if (known !== undefined) return known;
  const turns: Turn[] = [];
  const functions: Extent[] = [];
  visitStatements(module.facts.body, (statement) => {
    if (statement.kind === "function") functions.push(statement);
    if (statement.kind === "for") turns.push(turnOf(module, statement));
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (part.kind === "lambda") functions.push(part);
        if (part.kind === "comprehension") turns.push(...comprehensionTurns(module, part));
      });
  });
  const byStart = (left: Extent, right: Extent): number => left.start - right.start;
  const made = { turns: turns.sort(byStart), functions: functions.sort(byStart) };
  indexes.set(module, made);
  return made;
}

function turnOf(module: ModuleInfo, loop: LoopStatement): Turn {
  const start = loop.body[0]?.start ?? loop.end;
  const end = loop.orelse[0]?.start ?? loop.end;
  return { loop, start, end, isPerRow: isPerRow(module, loop.target, loop.iterable), body: loop.body };
}

function isPerRow(module: ModuleInfo, target: Expr, iterable: Expr): boolean {
  return !isBounded(module, iterable) && !isBatch(target) && !isBatch(iterable);
}

/** Everything of a comprehension but its first iterable runs once per turn. */
function comprehensionTurns(module: ModuleInfo, expr: ComprehensionExpr): Turn[] {
  const [first] = expr.clauses;
  if (first === undefined) return [];
  const { target, iterable } = first;
  const loop = { start: expr.start, end: expr.end, target };
  const per = { loop, isPerRow: isPerRow(module, target, iterable), body: [] };
  return [
    { ...per, start: expr.start, end: iterable.start },
    { ...per, start: endOf(iterable), end: expr.end },
  ];
}
