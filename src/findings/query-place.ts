import type { Place } from "../model/async-facts.ts";
import type { Query } from "../model/report.ts";

/** Where a query of the inventory is. A change of what it does makes it another, so that a limit is judged anew. */
export function queryPlace(query: Query): Place {
  const { path, line, column, endLine, function: symbol, model, operation, method, features } = query;
  const names = [...new Set(features.map(({ name }) => name))].join(", ");
  return {
    path,
    line,
    column,
    endLine,
    endColumn: endLine === line ? column + 1 : 1,
    symbol,
    code: `${operation} ${model ?? "?"} by ${method}${names === "" ? "" : `: ${names}`}`,
  };
}
