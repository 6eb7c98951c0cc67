// django.core.paginator: a page counts all rows when it is asked for, and fetches its own when it is used.
import type { Frame } from "../../frame.ts";
import { type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { featureAt, stepQuery } from "../build-query.ts";
import { argument, type MethodCall } from "../call-context.ts";
import { executeStep } from "./execute-step.ts";
import { managerQueryset } from "./manager.ts";

const NAMES = new Set(["django.core.paginator.Paginator", "django.core.paginator.AsyncPaginator"]);

/** `Paginator(queryset, size).page(number)`; null for other objects and methods. */
export function paginatorMethod(
  world: World,
  frame: Frame,
  { construction, external }: InstanceAtom,
  call: MethodCall,
): Value | null {
  if (external === null || !NAMES.has(external) || construction === null) return null;
  if (call.name !== "page" && call.name !== "get_page") return null;
  const rows = argument(construction, 0, "object_list");
  const found = rows.find((atom) => atom.kind === "query" && atom.query.style === "django");
  if (found?.kind !== "query") return rows.length > 0 ? rows : UNKNOWN;
  const query = managerQueryset(world, frame, found.query, call.site);
  executeStep(world, frame, query, { ...call, args: [], keywords: new Map(), name: "count" });
  const page = stepQuery(world, frame, query, call.site, {
    features: [featureAt(frame, "limit", call.at)],
    shape: { limited: true },
  });
  return [{ kind: "query", query: page }];
}
