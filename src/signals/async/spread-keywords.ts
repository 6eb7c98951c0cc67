// What `**kwargs` of a function may hold where it hands it on: only keywords that some call of the function passes.
import type { FunctionInfo } from "../../evaluation/function-info.ts";
import type { Caller, WrittenCall } from "../../evaluation/written-call.ts";
import type { Expr } from "../../model/code.ts";
import { expressionsOf, visitExpressions, visitStatements } from "../../text/visit-code.ts";
import type { Edge } from "./call-graph.ts";

/**
 * For a function that hands its `**kwargs` on as they came: the keywords that calls of it pass, besides those of its own
 * parameters. Null where that cannot be told. A heuristic: calls from outside the repository are taken to pass none.
 */
export function spreadKeywords(
  edges: ReadonlyMap<FunctionInfo, readonly Edge[]>,
): (fn: FunctionInfo | null) => Caller["spread"] {
  const calls = new Map<string, Edge[]>();
  for (const out of edges.values())
    for (const edge of out) calls.set(edge.to.id, [...(calls.get(edge.to.id) ?? []), edge]);
  const found = new Map<string, Caller["spread"]>();
  return (fn) => {
    if (fn === null) return null;
    const known = found.get(fn.id);
    if (known !== undefined) return known;
    const made = spreadOf(fn, calls.get(fn.id) ?? []);
    found.set(fn.id, made);
    return made;
  };
}

function spreadOf(fn: FunctionInfo, calls: readonly Edge[]): Caller["spread"] {
  const name = fn.parameters.find(({ kind }) => kind === "kwargs")?.name;
  if (name === undefined || fn.decorators.length > 0 || !isHandedOnAsItCame(fn, name)) return null;
  const keywords = new Set<string>();
  for (const { call } of calls) {
    const passed = call.written === undefined ? null : keywordsPassed(fn, call.written);
    if (passed === null) return null;
    for (const keyword of passed) keywords.add(keyword);
  }
  return { name, keywords };
}

/** Under this name a function entered by a call keeps the keywords that the call passes for its `**kwargs`. */
export function spreadName(name: string): string {
  return `**${name}`;
}

/** The keywords that one call hands to `**kwargs`; null where it spreads something itself. */
export function keywordsPassed(fn: FunctionInfo, { expr }: WrittenCall): ReadonlySet<string> | null {
  const own = new Set(fn.parameters.map(({ name }) => name));
  const names = expr.keywords.map(({ name }) => name);
  if (names.includes(null)) return null;
  return new Set(names.filter((name): name is string => name !== null && !own.has(name)));
}

/** True where the body only spreads the dictionary and reads from it. */
function isHandedOnAsItCame(fn: FunctionInfo, name: string): boolean {
  const isIt = (expr: Expr): boolean => expr.kind === "name" && expr.id === name;
  let uses = 0;
  let known = 0;
  visitStatements(fn.body, (statement) => {
    for (const expr of expressionsOf(statement))
      visitExpressions(expr, (part) => {
        if (isIt(part)) uses += 1;
        if (part.kind === "call")
          known += part.keywords.filter((keyword) => keyword.name === null && isIt(keyword.value)).length;
        if (part.kind === "attribute" && isIt(part.base) && /^(?:get|pop)$/.test(part.name)) known += 1;
      });
  });
  return uses === known;
}
