// How statements come to be: a first step, further steps that each make a new Query, and the execution at the end.
import type { QueryLayer, QueryOperation } from "../../model/report.ts";
import type { ClassInfo } from "../class-info.ts";
import { type Execution, recordBuilt, tellsMore } from "../events.ts";
import { type Frame, isInAsync } from "../frame.ts";
import { lineIn } from "../module-info.ts";
import {
  EMPTY_SHAPE,
  type Feature,
  NO_EAGER_JOINS,
  type Query,
  type QueryStyle,
  type Shape,
  type Site,
  siteKey,
  sitesOf,
  uniqueFeatures,
} from "../query.ts";
import type { World } from "../world.ts";
import { keepsRows } from "./keeps-rows.ts";

export interface QueryStart {
  readonly style: QueryStyle;
  readonly orm: string;
  readonly layer: QueryLayer;
  readonly model: ClassInfo | string | null;
  readonly operation: QueryOperation;
  readonly site: Site;
  readonly isManager?: boolean;
  readonly class?: ClassInfo | null;
  readonly isHeuristic?: boolean;
  readonly isOneOfMany?: boolean;
}

/** The first step of a statement, without features. */
export function startQuery(start: QueryStart): Query {
  return {
    origin: start.site,
    style: start.style,
    orm: start.orm,
    layer: start.layer,
    model: start.model,
    operation: start.operation,
    features: [],
    shape: EMPTY_SHAPE,
    site: start.site,
    isManager: start.isManager ?? false,
    class: start.class ?? null,
    rows: "instances",
    annotations: new Map(),
    isGrouped: false,
    joined: [],
    sources: [],
    loaded: [],
    later: [],
    eager: NO_EAGER_JOINS,
    deferred: [],
    isAsyncBound: false,
    isHeuristic: start.isHeuristic ?? false,
    isFetched: false,
    // Named although they say nothing yet: copies are fast where all queries have one shape.
    isOneOfMany: start.isOneOfMany ?? false,
    givenFrom: undefined,
    isCached: false,
    isIterator: false,
    isPrefetched: false,
    mayBePrefetched: false,
    isWhole: false,
    text: [],
    variants: undefined,
  };
}

/** What a step changes; counts are added to the statement's shape, flags set. */
export interface StepChange extends Partial<Omit<Query, "shape" | "features" | "site">> {
  readonly shape?: Partial<Shape>;
  readonly features?: readonly Feature[];
  /** The counts of a new statement around the one built so far, which becomes its subquery. */
  readonly outer?: Shape | null;
}

/** The statement after one more step at `site`. */
export function stepQuery(world: World, frame: Frame, query: Query, site: Site, change: StepChange): Query {
  const { shape, features, outer = null, ...rest } = change;
  const next: Query = {
    ...query,
    ...rest,
    isManager: false,
    isCached: false,
    variants: undefined,
    site,
    origin: isSameChain(query.origin, site) ? site : query.origin,
    features: features === undefined ? query.features : uniqueFeatures([...query.features, ...features]),
    shape: outer ?? (shape === undefined ? query.shape : addShape(query.shape, shape)),
  };
  if (frame.isRecording) {
    consume(world, frame, query);
    recordBuilt(world.recorder, next);
  }
  return next;
}

/** A chain's further steps begin where its first step did; what came in as a parameter begins with its first step here. */
function isSameChain(origin: Site, site: Site): boolean {
  if (origin.start === origin.end) return true;
  return origin.module === site.module && origin.start === site.start;
}

/** A statement first built here is recorded, so that one that nothing runs is still reported. */
export function recordStart(world: World, frame: Frame, query: Query): Query {
  if (frame.isRecording) recordBuilt(world.recorder, query);
  return query;
}

/** The statement goes on in another: it is no statement of its own. */
export function consume(world: World, frame: Frame, query: Query): void {
  if (!frame.isRecording || query.isManager) return;
  for (const site of sitesOf(query)) world.recorder.consumed.add(site);
}

export function addShape(shape: Shape, added: Partial<Shape>): Shape {
  return {
    tables: shape.tables + (added.tables ?? 0),
    columns: added.columns ?? shape.columns,
    conditions: shape.conditions + (added.conditions ?? 0),
    ors: shape.ors + (added.ors ?? 0),
    likes: shape.likes + (added.likes ?? 0),
    aggregates: shape.aggregates + (added.aggregates ?? 0),
    groupKeys: Math.max(shape.groupKeys, added.groupKeys ?? 0),
    ordered: added.ordered ?? shape.ordered,
    limited: added.limited ?? shape.limited,
    nested: shape.nested + (added.nested ?? 0),
    setOperations: shape.setOperations + (added.setOperations ?? 0),
  };
}

export interface ExecutionStart {
  readonly site: Site;
  readonly at: number;
  readonly method: string;
  readonly isTrigger?: boolean;
  /** True where the statement comes from a call right here: each call gives another one. */
  readonly isFresh?: boolean;
  readonly kind?: Execution["kind"];
  /** True where the library itself hands the work to a thread (Django's a-methods). */
  readonly isThreaded?: boolean;
}

/** Notes that the statement is sent to the database here. Evaluated again, the same place stays one execution. */
export function recordExecution(world: World, frame: Frame, query: Query, start: ExecutionStart): Execution {
  const made: Execution = {
    query,
    site: start.site,
    at: start.at,
    method: start.method,
    isTrigger: start.isTrigger ?? false,
    kind: start.kind ?? "sync",
    isThreaded: frame.isThreaded || (start.isThreaded ?? false),
    isInAsync: isInAsync(frame),
    isInLoop: frame.loopDepth > 0,
  };
  if (!frame.isRecording) return made;
  for (const site of sitesOf(query)) world.recorder.consumed.add(site);
  const key = executionKey(made, frame, start.isFresh ?? false);
  const known = world.recorder.executions.get(key);
  if (known === undefined) {
    world.recorder.executions.set(key, made);
    return made;
  }
  if (tellsMore(query, known.query)) known.query = query;
  noteMixed(known, made.kind);
  return known;
}

/** Whether this function has asked for the rows of a queryset before: they are in memory then. */
export function hasRows(world: World, frame: Frame, query: Query): boolean {
  return keepsRows(query) && frame.isRecording && world.recorder.executions.has(triggerKey(query, frame));
}

/** `session: Session | AsyncSession`: what nobody awaits is taken for a call of the synchronous one. */
function noteMixed(known: Execution, kind: Execution["kind"]): void {
  if (known.kind === kind || known.kind === "awaited") return;
  known.kind = "sync";
  known.isMixed = true;
}

function triggerKey({ site }: Query, { fn, module }: Frame): string {
  return `${siteKey(site)}:${fn?.id ?? module.path}`;
}

/** A queryset keeps its rows once it has run (SQLAlchemy's Query runs each time), so that its first trigger in a function is the one that counts. */
function executionKey(execution: Execution, frame: Frame, isFresh: boolean): string {
  const { query, site } = execution;
  if (execution.isTrigger) {
    const again = isFresh || query.style === "sqlalchemy-query" ? `:${site.start}` : "";
    return `${triggerKey(query, frame)}${again}`;
  }
  return `${site.module.path}:${execution.at}:${execution.method}:${modelKey(query)}:${query.style === "django" ? "" : siteKey(query.site)}`;
}

/** A feature at an offset of the frame's file. */
export function featureAt(frame: Frame, name: string, offset: number): Feature {
  return { name, line: lineIn(frame.module, offset) };
}

/** A class that is defined on several branches is one model. */
function modelKey({ model }: Query): string {
  if (model === null || typeof model === "string") return model ?? "";
  return `${model.module.path}#${model.qualifiedName}`;
}
