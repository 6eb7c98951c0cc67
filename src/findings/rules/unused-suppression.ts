import type { Rule } from "../rule.ts";

/** Judged where comments are applied, once all other findings are known: see ../comments.ts. */
export const unusedSuppression: Rule = {
  id: "unused-suppression",
  severity: "warning",
  title: "A comment suppresses a finding that is not there",
  why: "A comment that suppresses nothing hides the next finding on its line, and tells readers of a fault that is gone.",
  advice:
    "Remove the comment, or the rule from its list. A comment must name its rules: `# ormverdict: ignore[rule] reason`.",
  examples: {
    bad: ["def total(prices):\n    return sum(prices)  # ormverdict: ignore[query-in-loop] small lists\n"],
    good: ['NOTE = "# ormverdict: ignore[query-in-loop]"\n'],
  },
  judge: () => [],
};
