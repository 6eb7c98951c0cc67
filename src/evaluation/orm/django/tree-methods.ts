// Methods of models whose rows form a tree, kept by a package: knowledge/django-trees.ts.
import { treeMethodOf } from "../../../knowledge/django-trees.ts";
import { instanceOf } from "../../atoms.ts";
import { externalAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import type { ClassAtom, InstanceAtom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { recordExecution, recordStart } from "../build-query.ts";
import type { MethodCall } from "../call-context.ts";
import { fetchedRow } from "../trigger.ts";
import { defaultManagerClass, managerQuery } from "./manager.ts";

/** `node.get_children()`, `Category.add_root(…)`; null for other methods and classes. */
export function treeMethod(
  world: World,
  frame: Frame,
  { class: cls }: ClassAtom | InstanceAtom,
  call: MethodCall,
): Value | null {
  if (cls === null) return null;
  const known = externalAncestors(cls)
    .map((base) => treeMethodOf(base, call.name))
    .find((method) => method !== null);
  if (known === undefined || known === null) return null;
  const start = managerQuery(cls, call.site, defaultManagerClass(world, cls));
  // Rows of a tree are found by their place in it, and come in its order.
  const shape = { ...start.shape, conditions: 1, ordered: known === "rows", limited: known === "row" };
  const query = { ...start, isManager: false, shape };
  if (known === "rows") return [{ kind: "query", query: recordStart(world, frame, query) }];
  const isChange = known !== "row";
  const sent = isChange ? { ...start, isManager: false, operation: known } : query;
  recordExecution(world, frame, sent, { site: call.site, at: call.at, method: call.name });
  return isChange ? [instanceOf(cls)] : fetchedRow(query);
}
