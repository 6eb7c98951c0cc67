import type { QueryFacts } from "../model/query-facts.ts";
import { findLoopedQueries } from "./loops/looped-queries.ts";
import type { ProjectView } from "./project-view.ts";
import { findInterpolatedSql } from "./queries/interpolated-sql.ts";

/** What rules about queries need to know of a project beyond its signals. */
export function collectQueryFacts(view: ProjectView): QueryFacts {
  return { looped: findLoopedQueries(view), interpolated: findInterpolatedSql(view) };
}
