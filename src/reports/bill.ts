// The verdict's reasons as a bill: signed amounts that a reader can add up to the margin. Amounts are shown to a tenth, so
// they are rounded together, not one by one: what is shown adds up exactly to the margin as it is shown.

import type { CriterionResult, Evidence, Reason, Verdict } from "../model/report.ts";

export interface BillLine {
  readonly says: string;
  /** Signed and to a tenth: "+2.2" favours SQLAlchemy, "-1.1" the Django ORM. */
  readonly amount: string;
  readonly evidence: readonly Evidence[];
}

export interface Bill {
  readonly groups: readonly { readonly label: string; readonly lines: readonly BillLine[] }[];
  readonly margin: string;
  /** What the margin's sign means. */
  readonly marginSays: string;
}

interface Entry {
  readonly says: string;
  readonly value: number;
  readonly evidence: readonly Evidence[];
}

/** Whole tenths that add up to the total in tenths, each less than one tenth from its exact value. */
function tenths(values: readonly number[], total: number): readonly number[] {
  const floors = values.map((value) => Math.floor(value * 10 + 1e-9));
  let left = Math.round(total * 10) - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = values
    .map((value, index) => ({ index, remainder: value * 10 - (floors[index] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const result = [...floors];
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    result[index] = (result[index] ?? 0) + 1;
    left -= 1;
  }
  return result;
}

function amount(value: number): string {
  const sign = value > 0 ? "+" : value < 0 ? "-" : "";
  return `${sign}${(Math.abs(value) / 10).toFixed(1)}`;
}

const sum = (entries: readonly { readonly value: number }[]) =>
  entries.reduce((total, { value }) => total + value, 0);

/** The strongest entries, and one that sums up the rest. A rest of one is shown itself: it takes no more room. */
function strongest(reasons: readonly Reason[], limit: number): readonly Entry[] {
  const entries = reasons
    .map(({ says, contribution, evidence }) => ({ says, value: contribution, evidence }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  if (entries.length <= limit + 1) return entries;
  const rest = entries.slice(limit);
  return [...entries.slice(0, limit), { says: `and ${rest.length} smaller`, value: sum(rest), evidence: [] }];
}

/** What criteria add that no reason names: nothing when the verdict lists them all. */
function unnamed(verdict: Verdict, criteria: readonly CriterionResult[]): readonly Entry[] {
  const named = [...verdict.reasons, ...verdict.against].filter(({ contribution }) => contribution !== 0);
  const value = verdict.margin - named.reduce((total, { contribution }) => total + contribution, 0);
  if (Math.abs(value) < 0.005) return [];
  const count = criteria.filter(({ contribution }) => contribution !== 0).length - named.length;
  return [{ says: count > 0 ? `and ${count} smaller` : "and smaller criteria", value, evidence: [] }];
}

function sides(verdict: Verdict): readonly (readonly [label: string, reasons: readonly Reason[]])[] {
  if (verdict.choice === "sqlalchemy" || verdict.choice === "django-orm")
    return [
      ["for", verdict.reasons],
      ["against", verdict.against],
    ];
  // Where neither was chosen, "for" and "against" would have no object.
  const all = [...verdict.reasons, ...verdict.against];
  return [
    ["SQLAlchemy", all.filter(({ contribution }) => contribution > 0)],
    ["Django ORM", all.filter(({ contribution }) => contribution < 0)],
    ["besides", all.filter(({ contribution }) => contribution === 0)],
  ];
}

function meaning(margin: number): string {
  if (margin === 0) return "favours neither (above 0: SQLAlchemy, below: the Django ORM)";
  return margin > 0
    ? "favours SQLAlchemy (below 0: the Django ORM)"
    : "favours the Django ORM (above 0: SQLAlchemy)";
}

/** The bill of a verdict, with at most `limit` reasons a side, or one more where one more completes it. */
export function billOf(verdict: Verdict, criteria: readonly CriterionResult[], limit: number): Bill {
  const groups = [
    ...sides(verdict).map(([label, reasons]) => ({ label, entries: strongest(reasons, limit) })),
    { label: "others", entries: unnamed(verdict, criteria) },
  ].filter(({ entries }) => entries.length > 0);
  const amounts = tenths(
    groups.flatMap(({ entries }) => entries.map(({ value }) => value)),
    verdict.margin,
  );
  let next = 0;
  const margin = Math.round(verdict.margin * 10);
  return {
    groups: groups.map(({ label, entries }) => ({
      label,
      lines: entries.map(({ says, evidence }) => ({ says, evidence, amount: amount(amounts[next++] ?? 0) })),
    })),
    margin: amount(margin),
    marginSays: meaning(margin),
  };
}
