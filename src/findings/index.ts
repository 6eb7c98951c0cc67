import type { Rule } from "./rule.ts";
import { blockingQueryInAsync } from "./rules/async/blocking-query-in-async.ts";
import { blockingQueryReachedFromAsync } from "./rules/async/blocking-query-reached-from-async.ts";
import { lazyLoadInAsync } from "./rules/async/lazy-load-in-async.ts";
import { syncEngineUnderAsyncFramework } from "./rules/async/sync-engine-under-async-framework.ts";
import { syncSessionInAsyncEndpoint } from "./rules/async/sync-session-in-async-endpoint.ts";
import { unawaitedQuery } from "./rules/async/unawaited-query.ts";
import { interpolatedSql } from "./rules/interpolated-sql.ts";
import { mixedOrms } from "./rules/mixed-orms.ts";
import { modelsWithoutMigrations } from "./rules/models-without-migrations.ts";
import { newOrm } from "./rules/new-orm.ts";
import { queryBeyondOrm } from "./rules/query-beyond-orm.ts";
import { queryInLoop } from "./rules/query-in-loop.ts";
import { queryTooComplex } from "./rules/query-too-complex.ts";
import { unusedSuppression } from "./rules/unused-suppression.ts";
import { verdictDrift } from "./rules/verdict-drift.ts";

/** Every rule that `check` enforces. */
export const rules: readonly Rule[] = [
  blockingQueryInAsync,
  blockingQueryReachedFromAsync,
  interpolatedSql,
  lazyLoadInAsync,
  mixedOrms,
  modelsWithoutMigrations,
  newOrm,
  queryBeyondOrm,
  queryInLoop,
  queryTooComplex,
  syncEngineUnderAsyncFramework,
  syncSessionInAsyncEndpoint,
  unawaitedQuery,
  unusedSuppression,
  verdictDrift,
];
