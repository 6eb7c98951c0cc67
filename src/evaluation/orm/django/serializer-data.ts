import { externalAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import { type InstanceAtom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import type { AttributeAccess } from "../attribute-access.ts";
import { argument } from "../call-context.ts";
import { triggerQueries } from "../trigger.ts";

/** `Serializer(queryset, many=True).data` of Django REST framework iterates over the queryset; null for other attributes. */
export function serializerData(
  world: World,
  frame: Frame,
  atom: InstanceAtom,
  access: AttributeAccess,
): Value | null {
  if (access.name !== "data" || atom.class === null || atom.construction === null) return null;
  if (
    !externalAncestors(atom.class).some((name) => /^rest_framework\.serializers\.\w*Serializer$/.test(name))
  )
    return null;
  const rows = argument(atom.construction, 0, "instance");
  triggerQueries(world, frame, rows, { kind: "other", start: access.start, parts: [] }, "iteration");
  return UNKNOWN;
}
