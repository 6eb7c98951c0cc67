// Statements of the other ORMs: layer, model, operation and place, by the tables of profiles.ts.
import { instanceOf, sequence } from "../../atoms.ts";
import { type ClassInfo, externalAncestors } from "../../class-info.ts";
import type { Frame } from "../../frame.ts";
import type { Query, Shape } from "../../query.ts";
import { type Atom, UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { consume, featureAt, recordExecution, recordStart, startQuery, stepQuery } from "../build-query.ts";
import type { MethodCall } from "../call-context.ts";
import { fetchedRow } from "../trigger.ts";
import { type OrmProfile, profileNamed, profileOf } from "./profiles.ts";

const OPERATIONS = new Map([
  ["insert", "insert"],
  ["insert_many", "insert"],
  ["bulk_create", "insert"],
  ["replace", "upsert"],
  ["update", "update"],
  ["bulk_update", "update"],
  ["delete", "delete"],
  ["get_or_create", "upsert"],
] as const);

/** Building methods that are called alike in most of these libraries, and the clause each adds. */
const STEP_FEATURES = new Map([
  ["join", "join"],
  ["join_from", "join"],
  ["left_outer_join", "outer-join"],
  ["outerjoin", "outer-join"],
  ["select_related", "eager-load"],
  ["prefetch_related", "eager-load"],
  ["prefetch", "eager-load"],
  ["order_by", "order-by"],
  ["sort", "order-by"],
  ["limit", "limit"],
  ["paginate", "limit"],
  ["group_by", "group-by"],
  ["having", "having"],
  ["distinct", "distinct"],
  ["union", "set-operation"],
  ["union_all", "set-operation"],
  ["with_cte", "cte"],
  ["annotate", "aggregate"],
  ["aggregate", "aggregate"],
  ["returning", "returning"],
  ["for_update", "locking"],
  ["select_for_update", "locking"],
  ["on_conflict", "upsert"],
  ["on_conflict_ignore", "upsert"],
  ["raw", "raw-fragment"],
  ["insert_many", "bulk"],
  ["bulk_create", "bulk"],
]);

function stepShape(call: MethodCall): Partial<Shape> {
  const conditions = call.args.length + call.keywords.size;
  switch (call.name) {
    case "where":
    case "filter":
    case "exclude":
    case "find":
    case "get":
      return { conditions: Math.max(1, conditions) };
    case "join":
    case "left_outer_join":
      return { tables: 1 };
    case "order_by":
    case "sort":
      return { ordered: true };
    case "limit":
    case "paginate":
      return { limited: true };
    case "group_by":
      return { groupKeys: Math.max(1, conditions) };
    default:
      return {};
  }
}

export function classProfile(cls: ClassInfo): OrmProfile | null {
  return profileOf(externalAncestors(cls));
}

/** A method of a model class, of an instance, or of a statement of another ORM; null when it is none. */
export function otherOrmMethod(world: World, frame: Frame, atom: Atom, call: MethodCall): Value | null {
  if (atom.kind === "query") {
    const profile = profileNamed(atom.query.orm);
    return profile === null || atom.query.style !== "other"
      ? null
      : statementCall(world, frame, profile, atom.query, call);
  }
  if (atom.kind !== "class" && atom.kind !== "instance") return null;
  if (atom.class === null) return null;
  const profile = classProfile(atom.class);
  if (profile === null) return null;
  if (atom.kind === "class")
    return statementCall(world, frame, profile, begin(profile, atom.class, call), call);
  const operation = profile.instance.get(call.name);
  if (operation === undefined) return null;
  const query = { ...begin(profile, atom.class, call), operation };
  return run(world, frame, profile, query, call, UNKNOWN);
}

function begin(profile: OrmProfile, model: ClassInfo, call: MethodCall): Query {
  return startQuery({
    style: "other",
    orm: profile.orm,
    layer: "orm",
    model,
    operation: "select",
    site: call.site,
    isManager: true,
  });
}

function statementCall(
  world: World,
  frame: Frame,
  profile: OrmProfile,
  query: Query,
  call: MethodCall,
): Value | null {
  const operation = profile.runs.get(call.name);
  if (operation !== undefined) {
    const kept = operation === "unknown" ? query.operation : operation;
    const step = stepQuery(world, frame, query, call.site, { operation: kept });
    const row = fetchedRow(step);
    const isMany = /^(?:all|to_list|fetch)$/.test(call.name);
    return run(world, frame, profile, step, call, isMany ? [sequence("list", null, row)] : row);
  }
  if (!profile.builds.has(call.name)) return null;
  const written = OPERATIONS.get(call.name as "insert") ?? query.operation;
  const feature = STEP_FEATURES.get(call.name);
  const step = stepQuery(world, frame, query, call.site, {
    operation: written,
    features: feature === undefined ? [] : [featureAt(frame, feature, call.at)],
    shape: stepShape(call),
  });
  return [{ kind: "query", query: step }];
}

function run(
  world: World,
  frame: Frame,
  profile: OrmProfile,
  query: Query,
  call: MethodCall,
  value: Value,
): Value {
  const isSyncForm = call.name.endsWith("_sync");
  const isAsync = profile.isAsync && !isSyncForm;
  const execution = recordExecution(world, frame, query, {
    site: call.site,
    at: call.at,
    method: call.name,
    kind: isAsync ? "unawaited" : "sync",
  });
  return isAsync ? [{ kind: "awaitable", value, executions: [execution] }] : value;
}

/** `Model.objects` of libraries that start statements from an attribute. */
export function otherOrmAttribute(
  world: World,
  frame: Frame,
  cls: ClassInfo,
  name: string,
  site: Query["site"],
): Value | null {
  const profile = classProfile(cls);
  if (profile === null || !profile.builds.has(name) || !/^(?:objects|query)$/.test(name)) return null;
  const start = startQuery({
    style: "other",
    orm: profile.orm,
    layer: "orm",
    model: cls,
    operation: "select",
    site,
  });
  return [{ kind: "query", query: recordStart(world, frame, start) }];
}

/** Awaiting a statement runs it, where the library works so; gives its row or rows. */
export function awaitStatement(world: World, frame: Frame, query: Query): Value | null {
  const profile = query.style === "other" ? profileNamed(query.orm) : null;
  if (profile === null || !profile.isAwaitable) return null;
  consume(world, frame, query);
  recordExecution(world, frame, query, {
    site: query.site,
    at: query.site.start,
    method: "await",
    kind: "awaited",
  });
  const row: Value =
    query.model !== null && typeof query.model !== "string" ? [instanceOf(query.model)] : UNKNOWN;
  return [...row, sequence("list", null, row)];
}
