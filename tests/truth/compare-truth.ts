// Holds an inventory of queries against what ran: which places were found, which items really run SQL, and whether the
// features and the hardness of an item are those of the SQL.
//
// What counts: a site is a line of the code under study that is the innermost one on the stack when a statement is sent. Left
// out of the sites are transactions and savepoints; what a test itself sends (its file is not under study), and with it the
// test runner's own tables, migrations and fixtures, which have no line under study on the stack; what an attribute loads
// by itself; and what an application of Django's own writes for itself. The last two are printed apart. Precision counts the
// items whose line ran in the recording, by coverage, unless they stand in a part of it that did not: an item is right where any
// statement at all was sent from its lines, by code under study that the library called back there included.
// Statements that follow the first of one evaluation (what a delete() looks for before it deletes, prefetched rows) stand for
// no item of their own, but where one loop goes through several querysets each of them sends its own; of an item's variants
// the fullest counts.
import type { Query } from "../../src/index.ts";
import { compareText } from "../../src/text/compare-text.ts";
import { groupBy } from "./group-by.ts";
import type { CallingLine, Span, SqlFacts, Statement, TruthRecord } from "./truth-record.ts";

/** Features that are compared, with the inventory's names that mean each. */
export const COMPARED: Readonly<Record<string, readonly string[]>> = {
  join: ["join", "outer-join", "relation-lookup"],
  aggregate: ["aggregate"],
  "group-by": ["group-by"],
  subquery: ["subquery", "exists", "derived-table"],
  "set-operation": ["set-operation"],
  window: ["window"],
  cte: ["cte", "recursive-cte"],
};

export interface Counts {
  readonly predicted: number;
  readonly actual: number;
  readonly both: number;
}

export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** A difference worth a look: where, the SQL, and what was predicted. */
export interface Miss {
  readonly kind: "site" | "precision" | "feature" | "hardness" | "operation";
  readonly path: string;
  readonly line: number;
  readonly says: string;
  readonly sql: string | null;
}

export interface TruthComparison {
  readonly sites: Share;
  /** Lines where a library loads or writes by itself: attributes, refreshes. Not counted among the sites. */
  readonly implicitSites: Share;
  /** Lines that only make an application of Django's own query for itself: a session, a permission check. Not counted. */
  readonly librarySites: Share;
  readonly precision: Share;
  readonly features: Readonly<Record<string, Counts>>;
  readonly hardness: Share;
  readonly operation: Share;
  readonly async: Share;
  readonly unreadSql: number;
  readonly misses: readonly Miss[];
}

/** A place that ran SQL: all statements of one expression. */
interface Place {
  readonly path: string;
  readonly statements: readonly Statement[];
}

/** An item with the statements that are its own. */
interface Match {
  readonly item: Query;
  readonly primary: Statement;
  readonly facts: SqlFacts;
}

export function compareTruth(items: readonly Query[], record: TruthRecord): TruthComparison {
  const byPath = groupBy(items, ({ path }) => path);
  const isTransaction = ({ sql }: Statement): boolean => record.sql[sql]?.operation === "transaction";
  const counted = record.statements.filter((one) => !isTransaction(one));
  const own = counted.filter((one) => !isOfLibrary(one));
  const [explicit, implicit] = [
    own.filter((one) => one.implicit === null),
    own.filter((one) => one.implicit !== null),
  ];
  const sites = siteShare(byPath, explicit);
  const explicitLines = new Set(explicit.map(lineKey));
  const onlyImplicit = implicit.filter((one) => !explicitLines.has(lineKey(one)));
  const ownLines = new Set(own.map(lineKey));
  const onlyOfLibraries = counted.filter((one) => !ownLines.has(lineKey(one)));
  const precision = precisionOf(items, record);
  const matches = matchItems(byPath, explicit, record);
  const features = compareFeatures(matches);
  const hardness = compareHardness(matches);
  const operation = compareOperations(matches);
  return {
    sites: sites.share,
    implicitSites: siteShare(byPath, onlyImplicit).share,
    librarySites: siteShare(byPath, onlyOfLibraries).share,
    precision: precision.share,
    features: features.counts,
    hardness: hardness.share,
    operation: operation.share,
    async: share(matches, ({ item, primary }) => item.inAsync === primary.isAsync),
    unreadSql: Object.values(record.sql).filter((facts) => facts === null).length,
    misses: [sites, precision, features, hardness, operation].flatMap(({ misses }) => misses),
  };
}

/** Records made before authors were noted hold none. */
function isOfLibrary({ author }: Statement): boolean {
  return (author ?? null) !== null;
}

function lineKey({ path, at }: Statement): string {
  return `${path}:${at}`;
}

function isExecuted({ execution }: Query): boolean {
  return execution.kind === "sync" || execution.kind === "awaited";
}

/** Whether an item stands where a statement was caused: its execution line, or its extent, holds the line. */
function holds(item: Query, statement: CallingLine): boolean {
  const { at, line } = statement;
  const { execution } = item;
  // Python names a comprehension's first line where its rows are asked for.
  const isInside =
    item.method === "iteration" && line <= execution.line && execution.line <= statement.endLine;
  return (
    isInside || execution.line === at || execution.line === line || (item.line <= at && at <= item.endLine)
  );
}

function siteShare(
  byPath: ReadonlyMap<string, readonly Query[]>,
  statements: readonly Statement[],
): { readonly share: Share; readonly misses: readonly Miss[] } {
  const lines = [...groupBy(statements, lineKey).values()];
  const missed = lines.filter(
    (of) => !of.some((one) => (byPath.get(one.path) ?? []).some((item) => holds(item, one))),
  );
  return {
    share: { hits: lines.length - missed.length, of: lines.length },
    misses: missed.flatMap(([one]) =>
      one === undefined
        ? []
        : [
            {
              kind: "site",
              path: one.path,
              line: one.at,
              says: `nothing found; via ${one.via}`,
              sql: one.sql,
            },
          ],
    ),
  };
}

function precisionOf(
  items: readonly Query[],
  { idle, ran, statements }: TruthRecord,
): { readonly share: Share; readonly misses: readonly Miss[] } {
  const lines: readonly CallingLine[] = statements.flatMap((one) => [one, ...(one.outer ?? [])]);
  const byPath = groupBy(lines, ({ path }) => path);
  const reached = items.filter(
    (item) =>
      isExecuted(item) &&
      ran.get(item.path)?.has(item.execution.line) &&
      !(idle.get(item.path) ?? []).some((span) => startsIn(item, span)),
  );
  const silent = reached.filter(
    (item) =>
      !(byPath.get(item.path) ?? []).some(
        (one) => holds(item, one) || (one.line <= item.execution.line && item.execution.line <= one.endLine),
      ),
  );
  return {
    share: { hits: reached.length - silent.length, of: reached.length },
    misses: silent.map((item) => ({
      kind: "precision",
      path: item.path,
      line: item.execution.line,
      says: `ran without SQL; predicted ${item.method} on ${item.model}`,
      sql: null,
    })),
  };
}

function startsIn({ column, line }: Query, [from, fromColumn, to, toColumn]: Span): boolean {
  const isAfter = line > from || (line === from && column >= fromColumn);
  return isAfter && (line < to || (line === to && column < toColumn));
}

/** Gives each place to the item that fits it best, and each item the fullest of its statements. */
function matchItems(
  byPath: ReadonlyMap<string, readonly Query[]>,
  statements: readonly Statement[],
  record: TruthRecord,
): Match[] {
  const own = new Map<Query, Statement[]>();
  for (const place of placesOf(statements).flatMap((one) =>
    byTables(one, byPath.get(one.path) ?? [], record),
  )) {
    const item = bestItem(byPath.get(place.path) ?? [], place, record);
    if (item === null) continue;
    own.set(item, [...(own.get(item) ?? []), ...place.statements]);
  }
  return [...own].flatMap(([item, of]) => {
    const primary = primaryOf(item, of, record);
    const facts = primary === null ? null : record.sql[primary.sql];
    return primary === null || !facts || facts.components === null ? [] : [{ item, primary, facts }];
  });
}

function placesOf(statements: readonly Statement[]): Place[] {
  const groups = groupBy(statements, (one) =>
    [one.path, one.line, one.column, one.endLine, one.endColumn].join(":"),
  );
  return [...groups.values()].flatMap((of) =>
    of[0] === undefined ? [] : [{ path: of[0].path, statements: of }],
  );
}

/**
 * Where one loop goes through querysets of several models, each item is held against the statements of its own table; statements
 * whose table is that of none of the items could be any item's, and are nobody's.
 */
function byTables(place: Place, items: readonly Query[], record: TruthRecord): readonly Place[] {
  const sent = place.statements.filter(isOfOwnQueryset);
  const [first] = sent;
  if (first === undefined) return [place];
  const here = items.filter((item) => isExecuted(item) && item.method === "iteration" && holds(item, first));
  const models = new Set(here.map(({ model }) => model));
  if (models.size < 2) return [place];
  const tablesOf = ({ sql }: Statement): readonly string[] => record.sql[sql]?.tables ?? [];
  const told = sent.filter((one) => here.some((item) => isAmong(item, tablesOf(one))));
  const groups = groupBy(told, (one) => tablesOf(one).join(" "));
  return groups.size < 2 ? [place] : [...groups.values()].map((of) => ({ path: place.path, statements: of }));
}

/** Whether the item's model names one of the tables. */
function isAmong({ model }: Query, tables: readonly string[]): boolean {
  const squeezed = (text: string): string => text.toLowerCase().replaceAll("_", "").replace(/s$/, "");
  return model !== null && tables.some((table) => squeezed(table).endsWith(squeezed(model)));
}

function bestItem(items: readonly Query[], place: Place, record: TruthRecord): Query | null {
  const [first] = place.statements;
  if (first === undefined) return null;
  const scored = items
    .filter((item) => isExecuted(item) && holds(item, first))
    .map((item) => ({ item, score: fit(item, place, record) }));
  scored.sort((left, right) => right.score - left.score);
  return scored[0]?.item ?? null;
}

/** How well an item fits a place: same start, same line of execution, same table, same operation. */
function fit(item: Query, { statements }: Place, record: TruthRecord): number {
  const facts = statements.flatMap((one) => record.sql[one.sql] ?? []);
  const [first] = statements;
  if (first === undefined) return 0;
  const startsHere = item.line === first.line && item.column === first.column;
  const isSameTable = facts.some(({ tables }) => isAmong(item, tables));
  return (
    (startsHere ? 8 : 0) +
    (item.execution.line === first.at ? 4 : 0) +
    (isSameTable ? 3 : 0) +
    (facts.some(({ operation }) => isSameOperation(item.operation, operation)) ? 2 : 0) -
    Math.min(1, (item.endLine - item.line) / 100)
  );
}

/**
 * The statement an item stands for: the first of an evaluation that does what the item does. An item that is built on
 * several branches stands for their union, so of several variants the fullest counts.
 */
function primaryOf(item: Query, of: readonly Statement[], record: TruthRecord): Statement | null {
  // get_or_create() and its kin look first; whether they write depends on the rows.
  const looksFirst = /^a?(?:get|update)_or_create$/.test(item.method);
  const same = of.filter((one) => isSameOperation(item.operation, record.sql[one.sql]?.operation ?? ""));
  const pool = same.length > 0 && !looksFirst ? same : of;
  const first = Math.min(...pool.map(({ position }) => position));
  const [best] = pool
    .filter((one) => one.position === first || isOfOwnQueryset(one))
    .sort((left, right) => weight(record, right) - weight(record, left) || compareText(left.sql, right.sql));
  return best ?? null;
}

/**
 * A queryset that is gone through sends one statement, its prefetches being noted as implicit: what follows within one
 * expression, as in `for row in chain(ours, theirs)`, is the statement of a further queryset.
 */
function isOfOwnQueryset({ implicit, source, via }: Statement): boolean {
  return source === "django" && via === "QuerySet.__iter__" && implicit === null;
}

function weight(record: TruthRecord, { sql }: Statement): number {
  const facts = record.sql[sql];
  if (!facts?.components) return -1;
  const { one, two, others } = facts.components;
  return facts.features.length + one + 2 * two + others;
}

const SAME: Readonly<Record<string, string>> = {
  upsert: "insert",
  "bulk-insert": "insert",
  unknown: "select",
};

/** A session's commit() and flush() send what is pending, whatever writes that takes. */
const SENDS_PENDING = new Set(["commit", "flush"]);
const WRITES = new Set(["insert", "update", "delete"]);

function isSameOperation(predicted: string, actual: string): boolean {
  const sent = SAME[actual] ?? actual;
  if (SENDS_PENDING.has(predicted) && WRITES.has(sent)) return true;
  return (SAME[predicted] ?? predicted) === sent;
}

/** Operations that the rows decide on, by the item's method: both what it looks for first and what it writes are its own. */
const DECIDED_BY_ROWS: readonly (readonly [methods: RegExp, operations: readonly string[]])[] = [
  [/^a?save$/, ["insert", "update"]],
  [/^a?(?:get|update)_or_create$/, ["select", "insert", "update"]],
  [/^a?set$/, ["select", "insert", "delete", "update"]],
  // What others refer to is looked for first; there may be none of it.
  [/^a?(?:delete|add|remove|clear)$/, ["select"]],
];

function isRightOperation({ facts, item }: Match): boolean {
  if (isSameOperation(item.operation, facts.operation)) return true;
  if (item.orm !== "django-orm") return false;
  return DECIDED_BY_ROWS.some(
    ([methods, operations]) =>
      methods.test(item.method) && operations.some((one) => isSameOperation(one, facts.operation)),
  );
}

function compareFeatures(matches: readonly Match[]): {
  readonly counts: Readonly<Record<string, Counts>>;
  readonly misses: readonly Miss[];
} {
  const misses: Miss[] = [];
  const counts = Object.entries(COMPARED).map(([feature, names]): [string, Counts] => {
    const rows = matches.map((match) => {
      const isPredicted = match.item.features.some(({ name }) => names.includes(name));
      const isActual = match.facts.features.includes(feature);
      if (isPredicted !== isActual) misses.push(featureMiss(match, feature, isPredicted));
      return { isPredicted, isActual };
    });
    return [
      feature,
      {
        predicted: rows.filter(({ isPredicted }) => isPredicted).length,
        actual: rows.filter(({ isActual }) => isActual).length,
        both: rows.filter(({ isActual, isPredicted }) => isActual && isPredicted).length,
      },
    ];
  });
  return { counts: Object.fromEntries(counts), misses };
}

function featureMiss({ item, primary }: Match, feature: string, isPredicted: boolean): Miss {
  const names = [...new Set(item.features.map(({ name }) => name))].join(" ");
  return {
    kind: "feature",
    path: item.path,
    line: item.execution.line,
    says: `${feature} ${isPredicted ? "predicted, not there" : "not predicted"}; predicted ${item.method} on ${item.model}: ${names || "nothing"}`,
    sql: primary.sql,
  };
}

function compareHardness(matches: readonly Match[]): {
  readonly share: Share;
  readonly misses: readonly Miss[];
} {
  const wrong = matches.filter(({ item, facts }) => item.hardness !== facts.hardness);
  return {
    share: { hits: matches.length - wrong.length, of: matches.length },
    misses: wrong.map(({ item, facts, primary }) => ({
      kind: "hardness",
      path: item.path,
      line: item.execution.line,
      says: `${facts.hardness} ${countsOf(facts.components)}; predicted ${item.hardness} ${countsOf(item.components)}, ${item.method} on ${item.model}`,
      sql: primary.sql,
    })),
  };
}

function compareOperations(matches: readonly Match[]): {
  readonly share: Share;
  readonly misses: readonly Miss[];
} {
  const wrong = matches.filter((match) => !isRightOperation(match));
  return {
    share: { hits: matches.length - wrong.length, of: matches.length },
    misses: wrong.map(({ item, facts, primary }) => ({
      kind: "operation",
      path: item.path,
      line: item.execution.line,
      says: `${facts.operation}; predicted ${item.operation}, ${item.method} on ${item.model}`,
      sql: primary.sql,
    })),
  };
}

function countsOf(components: SqlFacts["components"]): string {
  return components === null ? "" : `${components.one}/${components.two}/${components.others}`;
}

function share(matches: readonly Match[], holdsFor: (match: Match) => boolean): Share {
  return { hits: matches.filter(holdsFor).length, of: matches.length };
}
