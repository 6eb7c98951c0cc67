// What an instance holds that the code itself made: every field it was given, and not the row behind a key it was given.
import { type ClassInfo, ownAncestors } from "../../class-info.ts";
import type { FetchOrigin } from "../../fetch-origin.ts";
import type { World } from "../../world.ts";
import type { CallContext } from "../call-context.ts";
import { declaredFields, relationKind } from "./field.ts";

/** The origin of `Model(**values)`, or of a row that create() gives; null where the values cannot all be read. */
export function constructedOrigin(
  world: World,
  cls: ClassInfo,
  { expr, keywords }: Pick<CallContext, "expr" | "keywords">,
  given: ReadonlySet<string> = new Set(keywords.keys()),
): FetchOrigin | null {
  if (expr.kind !== "call" || expr.args.length > 0) return null;
  if (expr.keywords.some(({ name }) => name === null)) return null;
  const ancestors = ownAncestors(cls);
  const fields = ancestors
    .flatMap((owner) => declaredFields(owner))
    .filter(([name, field]) => relationKind(field) === null || given.has(name) || !given.has(`${name}_id`))
    .map(([name]) => name);
  // Nothing refers to a new row yet.
  const reverse = ancestors.flatMap(({ id }) => [...(world.reverseRelations.get(id)?.keys() ?? [])]);
  return {
    library: "django",
    loaded: [...fields, ...reverse],
    deferred: [],
    isAsync: false,
    expiredBy: null,
  };
}
