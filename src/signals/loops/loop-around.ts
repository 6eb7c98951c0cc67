// The loop that runs an expression once per turn. Code that is evaluated once (the iterable), defined only (a nested function), left
// after the first turn (a search that returns) or written for a handful of known values is in no such loop.
import type { ModuleInfo } from "../../evaluation/module-info.ts";
import type { ComprehensionExpr, Expr, LoopStatement, Statement } from "../../model/code.ts";
import { blocksOf, expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** The part of a loop that runs once per turn, and whether turns are as many as there are rows. */
interface Turn extends Extent {
  readonly loopStart: number;
  readonly isPerRow: boolean;
  readonly body: readonly Statement[];
}

interface LoopIndex {
  readonly turns: readonly Turn[];
  readonly functions: readonly Extent[];
}

const indexes = new WeakMap<ModuleInfo, LoopIndex>();

/** The start of the innermost loop that runs what stands at `offset` once per row, or null. */
export function loopAround(module: ModuleInfo, offset: number): number | null {
  const { turns, functions } = indexOf(module);
  const around = turns.filter((turn) => holds(turn, offset));
  const inner = functions.filter((extent) => holds(extent, offset)).at(-1);
  const own = around.filter((turn) => inner === undefined || inner.start < turn.loopStart);
  const perRow = own.filter((turn) => turn.isPerRow && !leavesAfter(turn.body, offset));
  return perRow.at(-1)?.loopStart ?? null;
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
    if (statement.kind === "for") turns.push(turnOf(statement));
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (part.kind === "lambda") functions.push(part);
        if (part.kind === "comprehension") turns.push(...comprehensionTurns(part));
      });
  });
  const byStart = (left: Extent, right: Extent): number => left.start - right.start;
  const made = { turns: turns.sort(byStart), functions: functions.sort(byStart) };
  indexes.set(module, made);
  return made;
}

function turnOf(loop: LoopStatement): Turn {
  const start = loop.body[0]?.start ?? loop.end;
  const end = loop.orelse[0]?.start ?? loop.end;
  const isPerRow = !isBounded(loop.iterable) && !isBatch(loop.target) && !isBatch(loop.iterable);
  return { loopStart: loop.start, start, end, isPerRow, body: loop.body };
}

/** Everything of a comprehension but its first iterable runs once per turn. */
function comprehensionTurns(expr: ComprehensionExpr): Turn[] {
  const [first] = expr.clauses;
  if (first === undefined) return [];
  const isPerRow = !isBounded(first.iterable) && !isBatch(first.target) && !isBatch(first.iterable);
  const per = { loopStart: expr.start, isPerRow, body: [] };
  const from = first.iterable.start;
  const until = endOf(first.iterable);
  return [
    { ...per, start: expr.start, end: from },
    { ...per, start: until, end: expr.end },
  ];
}

function endOf(expr: Expr): number {
  if ("end" in expr) return expr.end;
  return expr.start + (expr.kind === "name" ? expr.id.length : 1);
}

const WRAPPERS = /^(?:enumerate|sorted|reversed|list|tuple|set|iter|tqdm|zip)$/;

/** True for as many turns as the code itself names: literals, constants, `range(3)`. */
function isBounded(expr: Expr): boolean {
  switch (expr.kind) {
    case "list":
    case "tuple":
    case "set":
      return expr.items.every((item) => item.kind !== "star");
    case "dict":
    case "string":
      return true;
    case "name":
      // A constant, or a class: the members of an enumeration.
      return /^_?[A-Z]/.test(expr.id);
    case "attribute":
      return /^_?[A-Z][A-Z0-9_]+$/.test(expr.name) || expr.name === "databases";
    case "call":
      return isBoundedCall(expr);
    default:
      return false;
  }
}

function isBoundedCall({ callee, args }: Extract<Expr, { kind: "call" }>): boolean {
  if (callee.kind === "attribute") {
    return (
      /^(?:items|keys|values|get_models|get_app_configs|all_tables)$/.test(callee.name) &&
      isBounded(callee.base)
    );
  }
  if (callee.kind !== "name") return false;
  const [first] = args;
  // With a step, each turn handles a slice.
  if (callee.id === "range")
    return args.length === 3 || args.every((arg) => arg.kind === "constant" || isBounded(arg));
  return WRAPPERS.test(callee.id) && first !== undefined && isBounded(first);
}

const BATCH =
  /(?:^|_)(?:batch|batches|batched|chunk|chunks|chunked|page|pages|slices|page_range|retries|attempts?|tries)(?:_|$)/i;

/** Turns that each handle many rows, or try again: one query each is how it is done. */
function isBatch(expr: Expr): boolean {
  switch (expr.kind) {
    case "name":
      return BATCH.test(expr.id);
    case "attribute":
      return BATCH.test(expr.name) || isBatch(expr.base);
    case "call":
      return isBatch(expr.callee) || expr.args.some((arg) => arg.kind !== "call" && isBatch(arg));
    case "tuple":
      return expr.items.some(isBatch);
    default:
      return false;
  }
}

/** True when the loop is left, in the block of the expression or one around it, once the expression has run. */
function leavesAfter(body: readonly Statement[], offset: number): boolean {
  const index = body.findLastIndex((statement) => statement.start <= offset);
  if (index < 0) return false;
  if (body.slice(index).some(leaves)) return true;
  const holder = body[index];
  if (holder === undefined) return false;
  const inside = blocksOf(holder).filter((block) => (block[0]?.start ?? Number.POSITIVE_INFINITY) <= offset);
  const block = inside.at(-1);
  return block !== undefined && leavesAfter(block, offset);
}

function leaves({ kind }: Statement): boolean {
  return kind === "return" || kind === "raise" || kind === "break";
}
