import type { Rule } from "./rule.ts";
import { blockingQueryInAsync } from "./rules/async/blocking-query-in-async.ts";
import { blockingQueryReachedFromAsync } from "./rules/async/blocking-query-reached-from-async.ts";
import { lazyLoadInAsync } from "./rules/async/lazy-load-in-async.ts";
import { unawaitedQuery } from "./rules/async/unawaited-query.ts";
import { unusedSuppression } from "./rules/unused-suppression.ts";

/** Every rule that `check` enforces. */
export const rules: readonly Rule[] = [
  blockingQueryInAsync,
  blockingQueryReachedFromAsync,
  lazyLoadInAsync,
  unawaitedQuery,
  unusedSuppression,
];
