// From what evaluation recorded to the inventory's items: where a statement is, what it is and how it runs.
import type { Execution } from "../../evaluation/events.ts";
import { lineIn } from "../../evaluation/module-info.ts";
import { completeStatement } from "../../evaluation/orm/sqlalchemy/absorb.ts";
import type { Site, Query as Statement } from "../../evaluation/query.ts";
import type { World } from "../../evaluation/world.ts";
import type { Query, QueryFeature, QueryOperation } from "../../model/report.ts";
import type { SqlParser } from "../../sql/sql-parser.ts";
import { compareText } from "../../text/compare-text.ts";
import { positionAt } from "../../text/source-position.ts";
import type { BeyondDjango } from "./beyond-django.ts";
import { countComponents, hardnessOf, tierOf } from "./complexity.ts";
import { readSqlText } from "./sql-text.ts";

/** The item of a statement that runs. */
export function executedItem(
  world: World,
  execution: Execution,
  beyond: BeyondDjango,
  parseSql: SqlParser | null,
): Query {
  const { query, site } = execution;
  const isHere = query.origin.module === site.module && query.origin.fn === site.fn;
  const place = isHere ? extentOf(query, site) : site;
  return item(world, query, place, beyond, parseSql, {
    method: execution.method,
    kind: execution.kind === "unawaited" ? "unknown" : execution.kind,
    line: lineIn(site.module, execution.at),
    threaded: execution.isThreaded,
    inAsync: execution.isInAsync,
    inLoop: execution.isInLoop,
  });
}

/** The item of a statement that is built and that nothing seen here runs. */
export function builtItem(
  world: World,
  query: Statement,
  beyond: BeyondDjango,
  parseSql: SqlParser | null,
): Query {
  const isUnitOfWork =
    query.style === "sqlalchemy-dml" &&
    (query.operation === "insert" || (query.operation === "delete" && query.model !== null)) &&
    query.sources.length === 0;
  const mark = query.operation === "delete" ? "delete" : "add";
  return item(world, query, extentOf(query, query.site), beyond, parseSql, {
    method: isUnitOfWork ? mark : "build",
    kind: isUnitOfWork ? "not-executed" : "unknown",
    line: lineIn(query.site.module, query.site.start),
    threaded: false,
    inAsync: query.site.fn?.isAsync ?? false,
    inLoop: false,
  });
}

/** From the statement's first expression to the end of its chain. */
function extentOf(query: Statement, site: Site): Site {
  if (query.origin.start === query.origin.end) return site;
  const end = site.start === query.origin.start ? Math.max(site.end, query.origin.end) : query.origin.end;
  return { ...query.origin, end };
}

interface Run {
  readonly method: string;
  readonly kind: Query["execution"]["kind"];
  readonly line: number;
  readonly threaded: boolean;
  readonly inAsync: boolean;
  readonly inLoop: boolean;
}

function item(
  world: World,
  statement: Statement,
  place: Site,
  findBeyond: BeyondDjango,
  parseSql: SqlParser | null,
  run: Run,
): Query {
  const query = completeStatement(world, statement);
  const text = query.layer === "raw" ? readSqlText(query.text, place.module, run.line, parseSql) : null;
  const features = sortFeatures([...query.features, ...(text?.features ?? [])]);
  // Text that was read says itself how complex it is; text that was not may be anything.
  const names = [...new Set(features.map(({ name }) => name))].filter(
    (name) => text === null || name !== "raw-fragment",
  );
  const operation: QueryOperation =
    query.operation === "unknown" ? (text?.operation ?? "unknown") : query.operation;
  const beyondDjango = findBeyond({ orm: query.orm, layer: query.layer, operation, features: names });
  const components = text?.components ?? countComponents(query.shape, operation);
  const start = positionAt(place.module.facts, place.start);
  return {
    path: place.module.path,
    line: start.line,
    column: start.column,
    endLine: lineIn(place.module, Math.max(place.start, place.end - 1)),
    function: enclosingName(place),
    layer: query.layer,
    orm: query.orm,
    model: modelName(query) ?? text?.table ?? null,
    operation,
    method: run.method,
    features,
    hardness: hardnessOf(components),
    components,
    tier: tierOf(names, beyondDjango),
    beyondDjango,
    execution: { kind: run.kind, line: run.line, threaded: run.threaded },
    inAsync: run.inAsync,
    inLoop: run.inLoop,
    role: place.module.facts.role,
    certainty: query.isHeuristic ? "heuristic" : "resolved",
  };
}

function enclosingName({ fn }: Site): string | null {
  return fn?.qualifiedName ?? null;
}

function modelName(query: Statement): string | null {
  if (query.model === null) return null;
  if (typeof query.model !== "string") return query.model.name;
  return query.model.slice(query.model.lastIndexOf(".") + 1);
}

function sortFeatures(features: readonly QueryFeature[]): QueryFeature[] {
  const seen = new Map(
    features.map((feature) => [
      `${feature.name}:${feature.line}`,
      { name: feature.name, line: feature.line },
    ]),
  );
  return [...seen.values()].sort(
    (left, right) => left.line - right.line || compareText(left.name, right.name),
  );
}
