// The legacy Query: its building methods are those of select(), the rest run it. Reference: "Legacy Query API".
import type { QueryOperation } from "../../../model/report.ts";
import { externalInstance, sequence } from "../../atoms.ts";
import type { Frame } from "../../frame.ts";
import { EMPTY_SHAPE, NO_EAGER_JOINS, type Query } from "../../query.ts";
import { UNKNOWN, type Value } from "../../value.ts";
import type { World } from "../../world.ts";
import { featureAt, recordExecution, stepQuery } from "../build-query.ts";
import type { MethodCall } from "../call-context.ts";
import { fetchedRow } from "../trigger.ts";
import { emptyAddition, enclosedStatement } from "./absorb.ts";
import { addSetValues, buildStatement } from "./statement-method.ts";

interface Running {
  readonly operation: QueryOperation;
  readonly gives: "row" | "rows" | "page" | "nothing";
  readonly feature?: string;
  readonly conditions?: number;
}
const RUNNING = new Map<string, Running>([
  ["all", { operation: "select", gives: "rows" }],
  ["first", { operation: "select", gives: "row", feature: "limit" }],
  ["one", { operation: "select", gives: "row" }],
  ["one_or_none", { operation: "select", gives: "row" }],
  ["scalar", { operation: "select", gives: "nothing" }],
  ["get", { operation: "select", gives: "row", conditions: 1 }],
  ["get_or_404", { operation: "select", gives: "row", conditions: 1 }],
  ["first_or_404", { operation: "select", gives: "row", feature: "limit" }],
  ["one_or_404", { operation: "select", gives: "row" }],
  ["paginate", { operation: "select", gives: "page", feature: "limit" }],
  ["count", { operation: "select", gives: "nothing", feature: "aggregate" }],
  ["update", { operation: "update", gives: "nothing" }],
  ["delete", { operation: "delete", gives: "nothing" }],
  ["value", { operation: "select", gives: "nothing" }],
  ["values", { operation: "select", gives: "nothing" }],
]);

/** A method of a SQLAlchemy statement: of a Query, which may run, or of a select or DML, which only build. */
export function statementMethod(world: World, frame: Frame, query: Query, call: MethodCall): Value {
  if (query.style === "sqlalchemy-query") {
    const running = RUNNING.get(call.name);
    if (running !== undefined) return run(world, frame, query, call, running);
  }
  if (query.style === "sqlalchemy-text") return textMethod(world, frame, query, call);
  return (
    buildStatement(world, frame, query, call) ??
    (query.style === "sqlalchemy-query" ? customMethod(query) : UNKNOWN)
  );
}

/** A project's own Query class adds methods that go on building; what they add is not known. */
function customMethod(query: Query): Value {
  return query.isManager ? UNKNOWN : [{ kind: "query", query: { ...query, isHeuristic: true } }];
}

function textMethod(world: World, frame: Frame, query: Query, call: MethodCall): Value {
  // Text with columns can stand where a table or a value does.
  if (/^(?:subquery|cte|alias|scalar_subquery)$/.test(call.name))
    return buildStatement(world, frame, query, call) ?? UNKNOWN;
  return /^(?:bindparams|columns|execution_options)$/.test(call.name) ? [{ kind: "query", query }] : UNKNOWN;
}

function run(world: World, frame: Frame, query: Query, call: MethodCall, running: Running): Value {
  const features = running.feature === undefined ? [] : [featureAt(frame, running.feature, call.at)];
  const isCounted = call.name === "count";
  const addition = emptyAddition();
  if (call.name === "update") addSetValues(world, frame, addition, call);
  const final = stepQuery(world, frame, isCounted ? enclosedStatement(world, query) : query, call.site, {
    operation: running.operation,
    features: isCounted
      ? [...features, featureAt(frame, "derived-table", call.at)]
      : [...features, ...addition.features],
    // Query.count() counts the rows of the whole statement, as a derived table.
    ...(isCounted ? { eager: NO_EAGER_JOINS } : {}),
    outer: isCounted ? { ...EMPTY_SHAPE, aggregates: 1, columns: 1 } : null,
    shape: {
      conditions: running.conditions ?? 0,
      aggregates: running.feature === "aggregate" ? 1 : 0,
      limited: query.shape.limited || running.feature === "limit",
    },
  });
  recordExecution(world, frame, final, { site: call.site, at: call.at, method: call.name });
  const row = fetchedRow(final);
  switch (running.gives) {
    case "row":
      return row;
    case "rows":
      return [sequence("list", null, row)];
    case "page":
      return [externalInstance("flask_sqlalchemy.Pagination", row)];
    case "nothing":
      return UNKNOWN;
  }
}
