import type { Rule } from "./rule.ts";

/** Every rule that `check` enforces. */
export const rules: readonly Rule[] = [];
