// The verdict's reasons as a bill: signed amounts that a reader can add up to the margin. The verdict keeps contributions to
// the hundredth, and so they are shown. Should they come finer, they are rounded together, not one by one: what is shown adds
// up exactly to the margin as it is shown.

import type { CriterionResult, Evidence, Reason, Verdict } from "../model/report.ts";

export interface BillLine {
  readonly says: string;
  /** Signed: "+2.20" favours SQLAlchemy, "-1.07" the Django ORM. Empty for a remark that weighs nothing. */
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
  /** null for a remark that weighs nothing. */
  readonly value: number | null;
  readonly evidence: readonly Evidence[];
}

/** Whole hundredths that add up to the total in hundredths, each less than one from its exact value. */
function hundredths(values: readonly number[], total: number): readonly number[] {
  const result = values.map((value) => Math.floor(value * 100 + 1e-7));
  let left = Math.round(total * 100) - result.reduce((sum, value) => sum + value, 0);
  const byRemainder = values
    .map((value, index) => ({ index, remainder: value * 100 - (result[index] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    result[index] = (result[index] ?? 0) + 1;
    left -= 1;
  }
  return result;
}

function amount(value: number): string {
  const sign = value > 0 ? "+" : value < 0 ? "-" : "";
  return `${sign}${(Math.abs(value) / 100).toFixed(2)}`;
}

const sum = (reasons: readonly Reason[]) =>
  reasons.reduce((total, { contribution }) => total + contribution, 0);

/** What criteria weigh that no reason names: the verdict names only the strongest. */
function unnamed({ reasons, against }: Verdict, criteria: readonly CriterionResult[]): readonly Reason[] {
  const named = [...reasons, ...against];
  return criteria.filter(
    ({ says, contribution }) =>
      contribution !== 0 &&
      !named.some((reason) => reason.says === says && reason.contribution === contribution),
  );
}

/** The strongest reasons, one entry that sums up the rest, and the remarks. A rest of one is shown itself: it takes no more room. */
function entriesOf(reasons: readonly Reason[], limit: number): readonly Entry[] {
  const weighed = reasons
    .filter(({ contribution }) => contribution !== 0)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = weighed.length <= limit + 1 ? weighed : weighed.slice(0, limit);
  const rest = weighed.slice(shown.length);
  return [
    ...shown.map(({ says, contribution, evidence }) => ({ says, value: contribution, evidence })),
    ...(rest.length > 0 ? [{ says: `and ${rest.length} smaller`, value: sum(rest), evidence: [] }] : []),
    ...reasons
      .filter(({ contribution }) => contribution === 0)
      .map(({ says, evidence }) => ({ says, value: null, evidence })),
  ];
}

const REMARKS = "because";

type Side = readonly [label: string, reasons: readonly Reason[]];

function sidesOf(verdict: Verdict, criteria: readonly CriterionResult[]): readonly Side[] {
  const others = unnamed(verdict, criteria);
  const positive = ({ contribution }: Reason) => contribution > 0;
  const negative = ({ contribution }: Reason) => contribution < 0;
  const { choice, reasons, against } = verdict;
  if (choice === "sqlalchemy" || choice === "django-orm") {
    const [pro, contra] = choice === "sqlalchemy" ? [positive, negative] : [negative, positive];
    return [
      ["for", [...reasons, ...others.filter(pro)]],
      ["against", [...against, ...others.filter(contra)]],
    ];
  }
  // Where neither was chosen, "for" and "against" would have no object.
  const all = [...reasons, ...against, ...others];
  return [
    [REMARKS, all.filter(({ contribution }) => contribution === 0)],
    ["SQLAlchemy", all.filter(positive)],
    ["Django ORM", all.filter(negative)],
  ];
}

/** A margin that its criteria do not add up to is shown as such, never smoothed over. */
function unexplained(verdict: Verdict, sides: readonly Side[]): readonly Entry[] {
  const value = verdict.margin - sum(sides.flatMap(([, reasons]) => reasons));
  return Math.abs(value) < 0.005 ? [] : [{ says: "criteria that are not listed", value, evidence: [] }];
}

function meaning(margin: number, decides: boolean): string {
  if (!decides) return "not what decided: the reason above did";
  if (margin === 0) return "favours neither (above 0: SQLAlchemy, below: the Django ORM)";
  return margin > 0
    ? "favours SQLAlchemy (below 0: the Django ORM)"
    : "favours the Django ORM (above 0: SQLAlchemy)";
}

/** The bill of a verdict, with at most `limit` reasons a side, or one more where one more completes it. */
export function billOf(verdict: Verdict, criteria: readonly CriterionResult[], limit: number): Bill {
  const sides = sidesOf(verdict, criteria);
  const groups = [
    ...sides.map(([label, reasons]) => ({ label, entries: entriesOf(reasons, limit) })),
    { label: "others", entries: unexplained(verdict, sides) },
  ].filter(({ entries }) => entries.length > 0);
  const values = groups.flatMap(({ entries }) =>
    entries.flatMap(({ value }) => (value === null ? [] : [value])),
  );
  const amounts = hundredths(values, verdict.margin);
  let next = 0;
  const margin = Math.round(verdict.margin * 100);
  return {
    groups: groups.map(({ label, entries }) => ({
      label,
      lines: entries.map(({ says, value, evidence }) => ({
        says,
        evidence,
        amount: value === null ? "" : amount(amounts[next++] ?? 0),
      })),
    })),
    margin: amount(margin),
    // A verdict on neither ORM that gives a reason without weight ("it has no database") rests on that reason.
    marginSays: meaning(margin, !groups.some(({ label }) => label === REMARKS)),
  };
}
