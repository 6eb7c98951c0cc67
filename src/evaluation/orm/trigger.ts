// A lazily built statement runs when its rows are asked for. Which uses ask for them differs by library: Django's QuerySet
// runs when iterated, measured, tested or printed; SQLAlchemy's Query when iterated; a `select()` never by itself.
import type { Expr } from "../../model/code.ts";
import { externalInstance, instanceOf, sequence } from "../atoms.ts";
import type { FetchOrigin } from "../fetch-origin.ts";
import { bind, type Frame } from "../frame.ts";
import type { Query, QueryStyle, Site } from "../query.ts";
import { type Atom, UNKNOWN, type Value } from "../value.ts";
import type { World } from "../world.ts";
import { consume, recordExecution } from "./build-query.ts";
import { settleJoins } from "./django/settle-joins.ts";
import { keepsRows } from "./keeps-rows.ts";

const EVERY_USE = new Set([
  "iteration",
  "len()",
  "truth test",
  "membership test",
  "formatting",
  "indexing",
  "copying",
]);
/** A RawQuerySet shows its SQL when it is printed, and is copied as it is. */
const RAW_USES = new Set(["iteration", "len()", "truth test", "membership test", "indexing"]);
/** What iterator() gave is a generator. */
const GENERATOR_USES = new Set(["iteration", "membership test"]);
const ROWS_ONLY = new Set(["iteration", "membership test", "indexing"]);

/** Uses that run a statement of each style. Django: docs "When QuerySets are evaluated"; SQLAlchemy: `Query.__iter__`. */
const USES = {
  django: EVERY_USE,
  "django-raw": RAW_USES,
  "sqlalchemy-query": ROWS_ONLY,
  "sqlalchemy-select": new Set<string>(),
  "sqlalchemy-dml": new Set<string>(),
  "sqlalchemy-text": new Set<string>(),
  other: new Set(["iteration", "len()", "membership test", "indexing"]),
} satisfies Record<QueryStyle, ReadonlySet<string>>;

/** Where rows are kept, a truth test counts them. */
const KEPT_USES = new Set(["iteration", "len()", "truth test", "membership test", "indexing"]);

function usesOf(query: Query): ReadonlySet<string> {
  return query.style === "other" && keepsRows(query) ? KEPT_USES : USES[query.style];
}

export interface Trigger {
  readonly isAsync?: boolean;
  /** True for `next()`: a generator is run up to what it yields first. */
  readonly isOnce?: boolean;
  /** Where Python runs it, when that is not where the value stands: the call that the value is an argument of. */
  readonly at?: number;
}

/** A value without what may be no statement: helpers around other ORMs give a list in one case and a statement in another. */
export function withoutDoubtful(value: Value): Value {
  if (!value.some(({ kind }) => kind === "sequence")) return value;
  return value.filter((atom) => atom.kind !== "query" || atom.query.style !== "other");
}

/** Records what a use of a value runs. `use` is one of the names above. */
export function triggerQueries(
  world: World,
  frame: Frame,
  value: Value,
  expr: Expr,
  use: string,
  { at = expr.start, isAsync = false }: Trigger = {},
): void {
  for (const atom of withoutDoubtful(value)) {
    if (atom.kind !== "query") continue;
    const { query } = atom;
    const uses = query.isIterator ? GENERATOR_USES : usesOf(query);
    if (query.isManager || query.isFetched || query.isCached || !uses.has(use)) continue;
    if (query.isPrefetched) {
      consume(world, frame, query);
      continue;
    }
    const end = "end" in expr ? expr.end : expr.start;
    const site = { module: frame.module, fn: frame.fn, start: expr.start, end };
    if (!isAsync) readGiven(frame, query, site, at);
    const kind = isAsync ? "awaited" : "sync";
    recordExecution(world, frame, settleJoins(world, query, true), {
      site,
      at,
      method: query.isIterator ? "iterator" : use,
      isTrigger: true,
      isFresh: expr.kind === "call" && query.site.fn !== frame.fn,
      kind,
      isThreaded: isAsync && query.style === "django",
    });
  }
  if (expr.kind === "name" && !frame.armDepth) keepRows(frame, expr.id, value);
}

/** A queryset keeps the rows that were asked for: the name that it has holds them from here on. */
function keepRows(frame: Frame, name: string, value: Value): void {
  if (frame.environment.get(name) !== value) return;
  const held = inMemory(value);
  if (held !== value) bind(frame, name, held);
}

/** The value with its querysets' rows in memory; the same value where that changes nothing. */
export function inMemory(value: Value): Value {
  return value.some(mayKeepRows) ? value.map(keptRows) : value;
}

function keptRows(atom: Atom): Atom {
  if (atom.kind !== "query" || !mayKeepRows(atom)) return atom;
  return { kind: "query", query: { ...atom.query, isCached: true } };
}

function mayKeepRows(atom: Atom): boolean {
  if (atom.kind !== "query") return false;
  const { isCached, isFetched, isIterator, isManager } = atom.query;
  return keepsRows(atom.query) && !isIterator && !isManager && !isFetched && isCached !== true;
}

/** Rows related to a given instance are its giver's concern, as any attribute of it that is not loaded. */
export function readGiven(frame: Frame, { givenFrom }: Query, site: Site, at: number): void {
  if (frame.isRecording || givenFrom === undefined) return;
  const read = { ...givenFrom, site, at, library: "django", isAsync: false } as const;
  frame.reads?.push({ ...read, reason: "relation", isCertain: true });
}

/** What one row of a statement's result is. */
export function fetchedRow(query: Query): Value {
  if (query.rows === "values") return severalValues(query);
  if (query.model === null) return UNKNOWN;
  if (typeof query.model === "string") return [externalInstance(query.model)];
  const origin = originOf(query);
  return [origin === null ? instanceOf(query.model) : { ...instanceOf(query.model), origin }];
}

/** A row of `select(User, Order)`: an instance at each place that is one. */
function severalValues(query: Query): Value {
  const { row = [] } = query;
  if (row.length < 2 || row.every((cls) => cls === null)) return UNKNOWN;
  const origin = originOf(query);
  const items = row.map((cls): Value => {
    if (cls === null) return UNKNOWN;
    return [origin === null ? instanceOf(cls) : { ...instanceOf(cls), origin }];
  });
  return [sequence("tuple", items)];
}

/** What the statement leaves in memory of a row. Sessions say themselves whether they are asynchronous. */
function originOf({ style, operation, loaded, deferred, mayBePrefetched }: Query): FetchOrigin | null {
  if (operation !== "select" || mayBePrefetched) return null;
  const library = style === "django" ? "django" : style.startsWith("sqlalchemy") ? "sqlalchemy" : null;
  return library === null ? null : { library, loaded, deferred, isAsync: false, expiredBy: null };
}
