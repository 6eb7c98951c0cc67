// What an argument adds to a SQLAlchemy statement.
import type { QueryOperation } from "../../../model/report.ts";
import type { Frame } from "../../frame.ts";
import { lineIn } from "../../module-info.ts";
import { EMPTY_SHAPE, type Feature, NO_EAGER_JOINS, type Query, type Shape } from "../../query.ts";
import type { FromItem, SqlFragment } from "../../sql-fragment.ts";
import type { Atom, Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { addShape, consume, type StepChange } from "../build-query.ts";
import { entityFragment } from "./entity.ts";
import { type EntityLoad, entityLoad } from "./entity-load.ts";

type AddedCount = "tables" | "conditions" | "ors" | "likes" | "aggregates" | "nested";

export interface Addition {
  readonly features: Feature[];
  readonly shape: { -readonly [K in AddedCount]: Shape[K] };
  readonly sources: FromItem[];
  readonly joined: string[];
}

export function emptyAddition(): Addition {
  return {
    features: [],
    shape: { tables: 0, conditions: 0, ors: 0, likes: 0, aggregates: 0, nested: 0 },
    sources: [],
    joined: [],
  };
}

/** Takes in any argument: expressions, entities, lists of them, statements used as subqueries, raw text. */
export function addValue(world: World, frame: Frame, addition: Addition, value: Value, at: number): void {
  if (value.length < 2) {
    for (const atom of value) addAtom(world, frame, addition, atom, at);
    return;
  }
  const alternatives = value.map((atom) => {
    const own = emptyAddition();
    addAtom(world, frame, own, atom, at);
    return own;
  });
  addAlternatives(addition, alternatives);
}

function addAtom(world: World, frame: Frame, addition: Addition, atom: Atom, at: number): void {
  const line = lineIn(frame.module, at);
  if (atom.kind === "sequence") {
    if (atom.items === null) addValue(world, frame, addition, atom.element, at);
    else for (const item of atom.items) addValue(world, frame, addition, item, at);
    return;
  }
  if (atom.kind === "query") {
    addStatement(world, frame, addition, atom.query, line);
    return;
  }
  const fragment = entityFragment(atom, line);
  if (fragment !== null) addFragment(addition, fragment);
}

/** One argument that may be several things is one of them: its counts are those of the fullest, its tables of the first. */
function addAlternatives(addition: Addition, alternatives: readonly Addition[]): void {
  for (const key of ["tables", "conditions", "ors", "likes", "aggregates", "nested"] as const)
    addition.shape[key] += Math.max(...alternatives.map(({ shape }) => shape[key]));
  addition.features.push(...alternatives.flatMap(({ features }) => features));
  const tables = alternatives.find(({ sources }) => sources.length > 0);
  addSources(addition, tables?.sources ?? []);
}

export function addFragment(addition: Addition, fragment: SqlFragment): void {
  addition.features.push(...fragment.features);
  for (const key of ["conditions", "ors", "likes", "aggregates", "nested"] as const)
    addition.shape[key] += fragment[key];
  addSources(addition, fragment.sources);
  if (fragment.joins === undefined) return;
  addition.shape.tables += fragment.joins.tables;
  addition.joined.push(...fragment.joins.keys);
}

function addSources(addition: Addition, sources: readonly FromItem[]): void {
  for (const source of sources)
    if (!addition.sources.some((known) => known.key === source.key)) addition.sources.push(source);
}

/** Outside WHERE and HAVING, in columns, order and groups, Spider counts neither conditions nor subqueries. */
export function forgetConditions(addition: Addition): void {
  Object.assign(addition.shape, { conditions: 0, ors: 0, likes: 0, nested: 0 });
}

/** A statement inside another: text is a raw fragment, anything else a subquery. */
export function addStatement(
  world: World,
  frame: Frame,
  addition: Addition,
  query: Query,
  line: number,
): void {
  consume(world, frame, query);
  if (query.style === "sqlalchemy-text") {
    addition.features.push({ name: "raw-fragment", line });
    addition.shape.conditions += 1;
    return;
  }
  addition.features.push({ name: "subquery", line }, ...query.features);
  addition.shape.nested += 1;
}

/** The change of one step. New sources bring their features when they are first used; Spider counts no subquery in FROM. */
export function additionChange(query: Query, addition: Addition): StepChange {
  const fresh = addition.sources.filter((source) => !query.sources.some((known) => known.key === source.key));
  const added = fresh.reduce((sum, { tables = 0 }) => sum + tables, 0);
  return {
    features: [...addition.features, ...fresh.flatMap((source) => source.features)],
    shape: added === 0 ? addition.shape : { ...addition.shape, tables: addition.shape.tables + added },
    sources: [...query.sources, ...fresh],
    joined: [...query.joined, ...addition.joined.filter((key) => !query.joined.includes(key))],
  };
}

/** Sources whose columns are used but that nothing joins: they stand in FROM, which is a join as well. */
export function implicitJoins(query: Query): readonly FromItem[] {
  if (query.style === "django" || query.style === "django-raw") return [];
  const [base, ...others] = query.sources;
  return base === undefined ? [] : others.filter((source) => !query.joined.includes(source.key));
}

/** Further tables of a write stand in UPDATE … FROM and DELETE … USING. */
const JOINED_AS: Readonly<Partial<Record<QueryOperation, string>>> = {
  update: "update-from",
  delete: "delete-using",
};

/** The statement as it is sent: implicit joins counted, and what its entity and its options bring along. */
export function completeStatement(world: World, query: Query): Query {
  return completed(world, query, false);
}

function completed(world: World, query: Query, isEnclosed: boolean): Query {
  const implicit = implicitJoins(query);
  const load = loadOf(world, query, isEnclosed);
  const isOwn = query.operation === "select" && !isEnclosed && query.isWhole !== true;
  const eager = isOwn ? query.eager : NO_EAGER_JOINS;
  if (implicit.length === 0 && load === null && eager.features.length === 0) return query;
  const line = lineIn(query.origin.module, query.origin.start);
  const own = addShape(query.shape, { tables: implicit.length + (load?.inherited ?? 0) });
  const eagerTables = eager.tables + (load?.joined ?? 0);
  const isWrapped = isNarrowed(query) && (eager.isMany || (load?.isMany ?? false));
  const ordersRelation = eager.isOrdered || (load?.isOrdered ?? false);
  const features = [
    ...query.features,
    ...implicit.map((source) => ({ name: JOINED_AS[query.operation] ?? "join", line: source.line })),
    ...(load?.features ?? []).map((name) => ({ name, line })),
    ...eager.features,
    ...(isWrapped ? [{ name: "derived-table", line }] : []),
    ...(ordersRelation ? [{ name: "order-by", line }] : []),
  ];
  const ordered = own.ordered || ordersRelation;
  if (isWrapped) return { ...query, features, shape: { ...EMPTY_SHAPE, tables: 1 + eagerTables, ordered } };
  return {
    ...query,
    features,
    shape: {
      ...addShape(own, { tables: eagerTables, conditions: load?.conditions ?? 0 }),
      ordered,
      columns:
        (query.rows === "instances" ? Math.min(own.columns, load?.columns ?? own.columns) : own.columns) +
        (eagerTables > 0 ? 1 : 0),
    },
  };
}

/** The statement as a part of another, where relations are not joined just to load them. */
export function enclosedStatement(world: World, query: Query): Query {
  const complete = completed(world, query, true);
  if (complete.sources.length === 0) return complete;
  return { ...complete, joined: complete.sources.map(({ key }) => key) };
}

/**
 * LIMIT, DISTINCT and GROUP BY speak of the rows that the statement itself selects, not of those that its joined
 * collections make of them: it goes into a subquery then.
 */
function isNarrowed({ features, shape }: Query): boolean {
  return shape.limited || shape.groupKeys > 0 || features.some(({ name }) => name === "distinct");
}

/** What selecting instances brings along; counting rows selects none. */
function loadOf(world: World, query: Query, isEnclosed: boolean): EntityLoad | null {
  const { row = [], isWhole, loaded, model, operation, rows, shape, style } = query;
  if (operation !== "select" || isWhole || !style.startsWith("sqlalchemy") || shape.columns < 2) return null;
  const own = rows === "instances" && model !== null && typeof model !== "string" ? [model] : [];
  // Options that load a relation otherwise, or not at all, keep it from being joined.
  const told = isEnclosed ? null : [...loaded, ...query.deferred];
  const classes = new Set([...own, ...row.filter((cls) => cls !== null)]);
  return [...classes]
    .map((cls) => entityLoad(world, cls, told, query.origin.fn))
    .reduce<EntityLoad | null>(bothLoads, null);
}

function bothLoads(left: EntityLoad | null, right: EntityLoad): EntityLoad {
  if (left === null) return right;
  return {
    features: [...new Set([...left.features, ...right.features])],
    inherited: left.inherited + right.inherited,
    joined: left.joined + right.joined,
    isMany: left.isMany || right.isMany,
    isOrdered: left.isOrdered || right.isOrdered,
    conditions: left.conditions + right.conditions,
    columns: left.columns + right.columns,
  };
}
