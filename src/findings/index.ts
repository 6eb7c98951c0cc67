import type { Rule } from "./rule.ts";
import { blockingQueryInAsync } from "./rules/async/blocking-query-in-async.ts";
import { blockingQueryReachedFromAsync } from "./rules/async/blocking-query-reached-from-async.ts";

/** Every rule that `check` enforces. */
export const rules: readonly Rule[] = [blockingQueryInAsync, blockingQueryReachedFromAsync];
