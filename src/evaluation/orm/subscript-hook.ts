import type { SubscriptExpr } from "../../model/code.ts";
import { externalInstance, sequence, sql } from "../atoms.ts";
import type { Frame } from "../frame.ts";
import { lineIn } from "../module-info.ts";
import type { Atom, Value } from "../value.ts";
import type { World } from "../world.ts";
import { featureAt, hasRows, stepQuery } from "./build-query.ts";
import { keepsRows } from "./keeps-rows.ts";
import { fetchedRow, triggerQueries } from "./trigger.ts";

/**
 * Indexing a statement: a Django slice goes on building, everything else runs it; SQLAlchemy's Query runs for slices too.
 * Indexing a column reaches into JSON or an array; `connections["name"]` is a connection. Null for other things.
 */
export function ormSubscript(
  world: World,
  frame: Frame,
  atom: Atom,
  expr: SubscriptExpr,
  indices: readonly Value[],
): Value | null {
  if (atom.kind === "external")
    return atom.name === "django.db.connections" ? [externalInstance("django.db.connection")] : null;
  const line = lineIn(frame.module, expr.start);
  if (atom.kind === "sql") {
    const isColumn = atom.fragment.role === "column";
    return isColumn
      ? sql({ ...atom.fragment, features: [...atom.fragment.features, { name: "json", line }] })
      : [atom];
  }
  if (atom.kind !== "query") return null;
  const { query } = atom;
  if (query.isManager) return [];
  const [index] = expr.indices;
  // A key that is a text asks a mapping: what else the value may be was not meant.
  if (query.style === "django" && indices[0]?.some(isText)) return [];
  const isSlice = index?.kind === "slice";
  const row = fetchedRow(query);
  if (query.isCached || hasRows(world, frame, query)) return isSlice ? [sequence("list", null, row)] : row;
  // Unlike a queryset, which asks for the one row, it asks for all of them.
  if (query.style === "other" && keepsRows(query)) {
    triggerQueries(world, frame, [atom], expr.base, "indexing");
    return isSlice ? [sequence("list", null, row)] : row;
  }
  // A queryset refuses to be indexed from its end.
  if (query.style === "django" && index?.kind === "unary" && index.operator === "-") return [];
  const site = { module: frame.module, fn: frame.fn, start: expr.start, end: expr.end };
  const cut = stepQuery(world, frame, query, site, {
    features: [featureAt(frame, "limit", expr.start)],
    shape: { limited: true },
  });
  if (isSlice && index.step === null && query.style === "django") return [{ kind: "query", query: cut }];
  triggerQueries(world, frame, [{ kind: "query", query: cut }], expr, "indexing");
  return isSlice ? [sequence("list", null, row)] : row;
}

function isText({ kind }: Atom): boolean {
  return kind === "text";
}
