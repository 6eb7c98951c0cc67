import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { joinQueries } from "../../query.ts";
import type { Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { consume, stepQuery } from "../build-query.ts";

/** `left | right`, `left & right`, `left ^ right` of two querysets: one statement with the conditions of both. */
export function combineQuerysets(
  world: World,
  frame: Frame,
  operator: string,
  left: Value,
  right: Value,
  start: number,
): Value | null {
  if (operator !== "|" && operator !== "&" && operator !== "^") return null;
  const first = left.find((atom) => atom.kind === "query" && atom.query.style === "django");
  const second = right.find((atom) => atom.kind === "query" && atom.query.style === "django");
  if (first?.kind !== "query" || second?.kind !== "query") return first === undefined ? null : [first];
  const line = lineIn(frame.module, start);
  consume(world, frame, second.query);
  const joined = joinQueries(first.query, second.query);
  const shape = {
    conditions: second.query.shape.conditions,
    ors: operator === "|" ? 1 : 0,
  };
  const site = { module: frame.module, fn: frame.fn, start, end: Math.max(start, second.query.site.end) };
  const combined = stepQuery(world, frame, first.query, site, {
    features: joined.features.filter((feature) => feature.name !== "dynamic-filter" || feature.line === line),
    joined: joined.joined,
    loaded: joined.loaded,
    later: joined.later,
    shape,
  });
  return [{ kind: "query", query: combined }];
}
