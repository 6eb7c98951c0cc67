import type { ClassInfo } from "../../class-info.ts";
import type { World } from "../../world.ts";
import { type Growth, growShape } from "./absorb.ts";
import { relationOf } from "./field.ts";
import { reverseByAccessor } from "./reverse-relations.ts";

/** `select_related("author__publisher")` joins each relation on the way, whether or not a column of it is asked for. */
export function applySelectRelated(world: World, growth: Growth, path: string, line: number): void {
  let current: ClassInfo | null = typeof growth.query.model === "string" ? null : growth.query.model;
  let isOuter = false;
  const joined = [...growth.query.joined];
  const parts = path.split("__");
  for (const [index, part] of parts.entries()) {
    const relation = current === null ? null : relationOf(world, current, part);
    const reverse = relation === null && current !== null ? reverseByAccessor(world, current, part) : null;
    isOuter ||= (relation?.isNullable ?? false) || reverse !== null;
    current = relation?.target ?? reverse?.source ?? null;
    const hop = parts.slice(0, index + 1).join("__");
    if (joined.includes(hop)) continue;
    joined.push(hop);
    growth.features.push({ name: isOuter ? "outer-join" : "join", line });
    growShape(growth, { tables: 1 });
  }
  growth.query = { ...growth.query, joined, loaded: [...new Set([...growth.query.loaded, path])] };
}
