import type { Expr } from "../model/code.ts";
import { partsOf } from "./visit-code.ts";

/** Where an expression ends, in UTF-16 offsets; kinds that carry no end of their own end with their last part, or as they are written. */
export function endOf(expr: Expr): number {
  if ("end" in expr) return expr.end;
  if (expr.kind === "name") return expr.start + expr.id.length;
  if (expr.kind === "constant") return expr.start + expr.text.length;
  return partsOf(expr).reduce((end, part) => Math.max(end, endOf(part)), expr.start + 1);
}

/** True when an expression stands around an offset. */
export function isAround(expr: Expr, offset: number): boolean {
  return expr.start <= offset && offset < endOf(expr);
}
