// A statement while the code builds it. Each step of a chain makes a new Query; `root` ties the steps together.
import type { QueryLayer, QueryOperation } from "../model/report.ts";
import type { ClassInfo } from "./class-info.ts";
import type { FunctionInfo } from "./function-info.ts";
import { lineIn, type ModuleInfo } from "./module-info.ts";
import type { FromItem } from "./sql-fragment.ts";
import type { Value } from "./value.ts";

export interface Feature {
  readonly name: string;
  readonly line: number;
}

/** A place in the code: an expression of a module, and the function that holds it. */
export interface Site {
  readonly module: ModuleInfo;
  readonly fn: FunctionInfo | null;
  readonly start: number;
  readonly end: number;
}

/** What Spider's counting rules need, counted on the statement as far as it is built. */
export interface Shape {
  readonly tables: number;
  readonly columns: number;
  readonly conditions: number;
  readonly ors: number;
  readonly likes: number;
  readonly aggregates: number;
  readonly groupKeys: number;
  readonly ordered: boolean;
  readonly limited: boolean;
  readonly nested: number;
  readonly setOperations: number;
}

export const EMPTY_SHAPE: Shape = {
  tables: 1,
  columns: 2,
  conditions: 0,
  ors: 0,
  likes: 0,
  aggregates: 0,
  groupKeys: 0,
  ordered: false,
  limited: false,
  nested: 0,
  setOperations: 0,
};

/** How the statement is written, which decides what its methods mean. */
export type QueryStyle =
  | "django"
  | "django-raw"
  | "sqlalchemy-select"
  | "sqlalchemy-query"
  | "sqlalchemy-dml"
  | "sqlalchemy-text"
  | "other";

/** What `options(joinedload(...))` joins. */
export interface EagerJoins {
  readonly features: readonly Feature[];
  readonly tables: number;
  /** True where one of them holds many rows: a limit then needs a statement of its own. */
  readonly isMany: boolean;
  /** True where a relation among them says in which order its rows come. */
  readonly isOrdered: boolean;
}

export const NO_EAGER_JOINS: EagerJoins = { features: [], tables: 0, isMany: false, isOrdered: false };

export interface Query {
  /** Where it begins: the expression of the first step, as far as the same chain goes on. */
  readonly origin: Site;
  readonly style: QueryStyle;
  readonly orm: string;
  readonly layer: QueryLayer;
  /** The model, or the name of a table or of an external model. */
  readonly model: ClassInfo | string | null;
  readonly operation: QueryOperation;
  readonly features: readonly Feature[];
  readonly shape: Shape;
  /** The expression that made the last step. */
  readonly site: Site;
  /** True where the class is one of several that the code hands in: `select(model)` in a generic repository. */
  readonly isOneOfMany?: boolean;
  /** A manager is not a statement until a method makes one. */
  readonly isManager: boolean;
  /** The project's own manager or queryset class. */
  readonly class: ClassInfo | null;
  /** What a row is. */
  readonly rows: "instances" | "values";
  /** Names annotated so far, with whether they aggregate or window. */
  readonly annotations: ReadonlyMap<string, "aggregate" | "window" | "plain">;
  /** Set by values(): a later aggregate then groups. */
  readonly isGrouped: boolean;
  /** Relation paths (Django) or sources (SQLAlchemy) joined so far. */
  readonly joined: readonly string[];
  /** Sources whose columns are used; those never joined are in FROM all the same. */
  readonly sources: readonly FromItem[];
  /** Relations loaded with the rows. */
  readonly loaded: readonly string[];
  /** What Django joins only once the statement is sent; a later step may still do away with it. */
  readonly later: readonly LaterJoin[];
  /** Relations that options join to load them; a statement that counts or writes leaves them out. */
  readonly eager: EagerJoins;
  /** Columns that are left out of the rows. */
  readonly deferred: readonly string[];
  /** The session or engine it is bound to, when that is known: SQLAlchemy's Query, Django's using(). */
  readonly isAsyncBound: boolean;
  /** True when the receiver's type was inferred from shape alone. */
  readonly isHeuristic: boolean;
  /** True where using it runs nothing: already fetched, or empty by `none()`. */
  readonly isFetched: boolean;
  /** For rows related to an instance that the function was given, and that it came without. */
  readonly givenFrom?: { readonly model: ClassInfo; readonly attribute: string } | undefined;
  /** True once its rows are in memory: using them runs nothing, building on runs a new statement. */
  readonly isCached?: boolean;
  /** True for what `iterator()` gives: it runs when it is iterated, and keeps no rows. */
  readonly isIterator?: boolean;
  /** True for a relation that was loaded with its instance: reading all of it, as it is, runs nothing. */
  readonly isPrefetched?: boolean;
  /** True for a relation of an instance of which nothing is known: whoever fetched it may have loaded the relation too. */
  readonly mayBePrefetched?: boolean;
  /** For a row of several values: the mapped class that each is an instance of, null for other values. */
  readonly row?: readonly (ClassInfo | null)[];
  /** True for a statement given as a whole, `from_statement(…)`: what its entity would load is not added. */
  readonly isWhole?: boolean;
  /** SQL text of a raw statement, as far as it is known. */
  readonly text: Value;
  /** Sites of the ways of building it on other branches: they are this statement, not statements of their own. */
  readonly variants?: readonly string[] | undefined;
}

/** A path of `order_by()`, `Meta.ordering` or `select_related()`; "*" where the latter names none. */
export interface LaterJoin {
  readonly kind: "order" | "related";
  readonly path: string;
  readonly line: number;
}

export function siteKey(site: Site): string {
  return `${site.module.path}:${site.start}:${site.end}`;
}

/** Ways of building one statement, on different branches, and its features, after which further ones are not followed. */
export const MAX_VARIANTS = 100;
const MAX_FEATURES = 300;

/** Lists shorter than this are searched faster than a set of them is made. */
const FEW = 16;

/** Keys of lists of features, which statements share while they are built. */
const keysOfFeatures = new WeakMap<readonly Feature[], ReadonlySet<string>>();

/** Two ways of building one statement, on different branches: what either adds may be in it. */
export function joinQueries(left: Query, right: Query): Query {
  if (left === right || covers(left, right)) return left;
  const longer = right.features.length >= left.features.length ? right : left;
  const features = uniqueFeatures([...left.features, ...right.features]);
  const differ = siteKey(left.site) !== siteKey(right.site);
  const line = longer.features.at(-1)?.line ?? lineIn(longer.site.module, longer.site.start);
  const dynamic: Feature[] =
    differ && !features.some((feature) => feature.name === "dynamic-filter")
      ? [{ name: "dynamic-filter", line }]
      : [];
  return {
    ...longer,
    features: [...features, ...dynamic],
    shape: joinShapes(left.shape, right.shape),
    joined: [...new Set([...left.joined, ...right.joined])],
    sources: joinSources(left, right, longer),
    loaded: [...new Set([...left.loaded, ...right.loaded])],
    later: uniteLater(left.later, right.later),
    deferred: left.deferred.filter((name) => right.deferred.includes(name)),
    isHeuristic: left.isHeuristic && right.isHeuristic,
    isCached: left.isCached === true && right.isCached === true,
    variants: [...new Set([...sitesOf(left), ...sitesOf(right)])],
  };
}

/** True where so much is known of a statement that it is no longer joined with others. */
export function isFull({ features, variants }: Query): boolean {
  return (variants?.length ?? 0) > MAX_VARIANTS || features.length > MAX_FEATURES;
}

/** Tables that either adds; of statements that begin at different tables, one is meant. */
function joinSources(left: Query, right: Query, longer: Query): readonly FromItem[] {
  const [first] = left.sources;
  const [second] = right.sources;
  if (first !== undefined && second !== undefined && first.key !== second.key) return longer.sources;
  const added = right.sources.filter((one) => !left.sources.some((other) => other.key === one.key));
  return added.length === 0 ? left.sources : [...left.sources, ...added];
}

/**
 * True where joining would add nothing. Joins must come to rest: code that is evaluated again builds the same statements
 * anew, and a join that took them for news would have everything they reach evaluated again.
 */
function covers(left: Query, right: Query): boolean {
  return (
    isWithin(sitesOf(right), sitesOf(left)) &&
    hasFeatures(left.features, right.features) &&
    isWithin(right.joined, left.joined) &&
    isWithin(right.loaded, left.loaded) &&
    isWithin(left.deferred, right.deferred) &&
    right.sources.every(({ key }) => left.sources.some((known) => known.key === key)) &&
    uniteLater(left.later, right.later).length === left.later.length &&
    isWithinShape(right.shape, left.shape) &&
    (right.isHeuristic || !left.isHeuristic) &&
    right.class === left.class &&
    right.rows === left.rows &&
    right.isFetched === left.isFetched &&
    right.isCached === left.isCached &&
    right.isPrefetched === left.isPrefetched &&
    right.mayBePrefetched === left.mayBePrefetched &&
    right.isOneOfMany === left.isOneOfMany &&
    right.isWhole === left.isWhole
  );
}

function hasFeatures(features: readonly Feature[], asked: readonly Feature[]): boolean {
  if (features === asked || asked.length === 0) return true;
  const keys = featureKeys(features);
  return asked.every((feature) => keys.has(featureKey(feature)));
}

function isWithin(names: readonly string[], known: readonly string[]): boolean {
  if (names === known || names.length === 0) return true;
  // Code may join one statement in hundreds of ways.
  const all = known.length > FEW ? new Set(known) : null;
  return names.every((name) => all?.has(name) ?? known.includes(name));
}

function isWithinShape(shape: Shape, known: Shape): boolean {
  return (
    shape === known ||
    (shape.tables <= known.tables &&
      shape.columns <= known.columns &&
      shape.conditions <= known.conditions &&
      shape.ors <= known.ors &&
      shape.likes <= known.likes &&
      shape.aggregates <= known.aggregates &&
      shape.groupKeys <= known.groupKeys &&
      (known.ordered || !shape.ordered) &&
      (known.limited || !shape.limited) &&
      shape.nested <= known.nested &&
      shape.setOperations <= known.setOperations)
  );
}

/** Where a statement was built: on every branch, if there were several. */
export function sitesOf({ site, variants }: Query): readonly string[] {
  return [siteKey(site), ...(variants ?? [])];
}

/** Both, each path once. */
export function uniteLater(left: readonly LaterJoin[], right: readonly LaterJoin[]): readonly LaterJoin[] {
  if (left === right || right.length === 0) return left;
  const isIn = (one: LaterJoin): boolean =>
    left.some(({ kind, path }) => kind === one.kind && path === one.path);
  return [...left, ...right.filter((one) => !isIn(one))];
}

function joinShapes(left: Shape, right: Shape): Shape {
  return {
    tables: Math.max(left.tables, right.tables),
    columns: Math.max(left.columns, right.columns),
    conditions: Math.max(left.conditions, right.conditions),
    ors: Math.max(left.ors, right.ors),
    likes: Math.max(left.likes, right.likes),
    aggregates: Math.max(left.aggregates, right.aggregates),
    groupKeys: Math.max(left.groupKeys, right.groupKeys),
    ordered: left.ordered || right.ordered,
    limited: left.limited || right.limited,
    nested: Math.max(left.nested, right.nested),
    setOperations: Math.max(left.setOperations, right.setOperations),
  };
}

/** The first of each name and line, in order. */
export function uniqueFeatures(features: readonly Feature[]): Feature[] {
  const seen = new Set<string>();
  return features.filter((feature) => {
    const key = featureKey(feature);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function featureKeys(features: readonly Feature[]): ReadonlySet<string> {
  const keys = keysOfFeatures.get(features) ?? new Set(features.map(featureKey));
  keysOfFeatures.set(features, keys);
  return keys;
}

function featureKey({ name, line }: Feature): string {
  return `${name}:${line}`;
}
