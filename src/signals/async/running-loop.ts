// Code for threads without an event loop: `try: asyncio.get_running_loop()` fails there, and never where a coroutine calls.
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Expr, Statement } from "../../model/code.ts";
import { statementsAround } from "../../text/statements-around.ts";
import { expressionsOf, visitExpressions } from "../../text/visit-code.ts";

/** True for what stands in the handler for `no running event loop`. */
export function runsWithoutLoop({ body }: FunctionInfo, offset: number): boolean {
  return statementsAround(body, offset).some(({ inner, statement }) => {
    if (statement.kind !== "try" || !statement.handlers.some((handler) => handler.body === inner))
      return false;
    return asksForLoop(statement.body);
  });
}

/** The first statement asks: whatever else may fail in the block comes after. */
function asksForLoop([first, second]: readonly Statement[]): boolean {
  if (first === undefined || second !== undefined) return false;
  let asks = false;
  for (const expr of expressionsOf(first)) visitExpressions(expr, (part) => (asks ||= isQuestion(part)));
  return asks;
}

function isQuestion(expr: Expr): boolean {
  if (expr.kind !== "call") return false;
  const { callee } = expr;
  return callee.kind === "attribute"
    ? callee.name === "get_running_loop"
    : callee.kind === "name" && callee.id === "get_running_loop";
}
