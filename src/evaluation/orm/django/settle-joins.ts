// Joins that Django's compiler makes only when it writes the statement (SQLCompiler.pre_sql_setup): for the order, for rows
// of select_related(), and for the tables of parents. A count or a test asks for none of them.
import type { ClassInfo } from "../../class-info.ts";
import { lineIn } from "../../module-info.ts";
import type { Query } from "../../query.ts";
import type { World } from "../../world.ts";
import { absorbLookup, type Growth, growShape, startGrowth } from "./absorb.ts";
import { concreteTables, parentPath } from "./concrete-tables.ts";
import { modelAncestors } from "./contrib-model.ts";
import { declaredFields, relationOf } from "./field.ts";
import { defaultOrder } from "./manager.ts";
import { reverseByQueryName } from "./reverse-relations.ts";

/** SQLCompiler.get_related_selections follows relations that are not named this deep. */
const MAX_RELATED = 5;
/** Orders that lead from one model's default order to the next one's. */
const MAX_ORDERS = 4;

/** The statement as it is sent; `hasRows` where it fetches rows, not a count or a test. */
export function settleJoins(world: World, query: Query, hasRows: boolean): Query {
  const { later, model, operation, shape, style } = query;
  const isRead = operation === "select" || operation === "upsert";
  if (style !== "django" || !isRead) return query;
  if (model === null || typeof model === "string") return hasRows ? relatedOfUnknown(world, query) : query;
  const growth = startGrowth(query);
  const isWhole = hasRows && query.rows === "instances" && shape.setOperations === 0;
  if (isWhole) joinParents(world, growth, model);
  for (const { kind, line, path } of later) {
    if (kind === "order" && shape.ordered && shape.setOperations === 0)
      for (const one of orderPaths(world, query, model, path))
        absorbLookup(world, growth, { path: one, line, use: "reference" });
    if (kind === "related" && isWhole) {
      const paths = path === "*" ? everyRelation(world, model, 0) : [path];
      for (const one of paths) joinRelated(world, growth, one, line);
    }
  }
  if (growth.query === query) return query;
  return { ...growth.query, features: [...query.features, ...growth.features] };
}

/** Named relations of a model that is not here are joined all the same; whether their keys may be null is not known. */
function relatedOfUnknown(world: World, query: Query): Query {
  const named = query.later.filter(({ kind, path }) => kind === "related" && path !== "*");
  if (named.length === 0 || query.rows !== "instances" || query.shape.setOperations > 0) return query;
  const growth = startGrowth(query);
  for (const { line, path } of named) joinRelated(world, growth, path, line);
  return { ...growth.query, features: [...query.features, ...growth.features] };
}

function joinParents(world: World, growth: Growth, model: ClassInfo): void {
  const { module, start } = growth.query.site;
  for (const parent of concreteTables(world, model).slice(1)) {
    const path = parentPath(parent);
    if (growth.query.joined.includes(path)) continue;
    growth.query = { ...growth.query, joined: [...growth.query.joined, path] };
    growth.features.push({ name: "join", line: lineIn(module, start) });
    growShape(growth, { tables: 1 });
  }
}

/** To order by a relation is to order by its model's own default order (SQLCompiler.find_ordering_name). */
function orderPaths(
  world: World,
  query: Query,
  model: ClassInfo,
  path: string,
  depth = 0,
): readonly string[] {
  const plain = path.replace(/^-/, "");
  const [head = ""] = plain.split("__");
  if (plain === "?" || query.annotations.has(head)) return [];
  const target = relationTarget(world, model, plain.split("__"));
  const order = target === null || depth >= MAX_ORDERS ? [] : defaultOrder(world, target);
  if (target === null || order.length === 0) return [plain];
  return order.flatMap((one) =>
    orderPaths(world, query, model, `${plain}__${one.replace(/^-/, "")}`, depth + 1),
  );
}

/** The model that a path ends in; null where it ends in a column. */
function relationTarget(world: World, model: ClassInfo, parts: readonly string[]): ClassInfo | null {
  let current: ClassInfo | null = model;
  for (const part of parts) {
    if (current === null) return null;
    const relation = relationOf(world, current, part);
    current =
      relation === null ? (reverseByQueryName(world, current, part)?.source ?? null) : relation.target;
  }
  return current;
}

function everyRelation(world: World, model: ClassInfo, depth: number): readonly string[] {
  if (depth >= MAX_RELATED) return [];
  return modelAncestors(model).flatMap((owner) =>
    declaredFields(owner).flatMap(([name]) => {
      const relation = relationOf(world, model, name);
      const isJoined = relation?.kind === "foreign-key" || relation?.kind === "one-to-one";
      if (relation === null || !isJoined || relation.isNullable) return [];
      const inner = relation.target === null ? [] : everyRelation(world, relation.target, depth + 1);
      return [name, ...inner.map((path) => `${name}__${path}`)];
    }),
  );
}

/** `select_related("author__publisher")` joins each relation on the way, whether or not a column of it is asked for. */
function joinRelated(world: World, growth: Growth, path: string, line: number): void {
  const { model } = growth.query;
  let current = typeof model === "string" ? null : model;
  let isOuter = false;
  const parts = path.split("__");
  for (const [index, part] of parts.entries()) {
    const relation = current === null ? null : relationOf(world, current, part);
    const reverse = relation === null && current !== null ? reverseByQueryName(world, current, part) : null;
    isOuter ||= (relation?.isNullable ?? false) || reverse !== null;
    current = relation?.target ?? reverse?.source ?? null;
    const hop = parts.slice(0, index + 1).join("__");
    const parents = current === null ? 0 : Math.max(0, concreteTables(world, current).length - 1);
    if (growth.query.joined.includes(hop)) continue;
    growth.query = { ...growth.query, joined: [...growth.query.joined, hop] };
    growth.features.push({ name: isOuter ? "outer-join" : "join", line });
    growShape(growth, { tables: 1 + parents });
  }
}
