// Every name of a feature that a mark may say; fixtures.test.ts fails for any other.
import { words } from "../../src/text/words.ts";

export const FEATURES: ReadonlySet<string> = new Set(
  words(`join outer-join relation-lookup aggregate group-by having subquery exists derived-table window window-frame cte
    recursive-cte set-operation distinct distinct-on conditional f-expression db-function vendor-specific lateral
    full-text json array upsert returning locking bulk eager-load raw-fragment dynamic-filter order-by limit values
    grouping-sets insert-from-select update-from delete-using`),
);
