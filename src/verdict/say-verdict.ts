// The verdict in words. Every sentence is built from the numbers it stands for.

import type { CriterionResult, ProjectSignals, Reason, Side, Stance } from "../model/report.ts";
import type { Chosen } from "./choose.ts";
import { fewQueries } from "./evidence.ts";
import { runningFrameworks } from "./frameworks.ts";
import { activeOrms, familyOf, presentOrm, usesFamily } from "./orm-family.ts";
import { counted, listed, ormName, sentence } from "./phrase.ts";
import { statementsBeyondDjango } from "./stance.ts";

const MOST_REASONS = 5;
const NAMED = 3;
/** Contributions below these are too small to name as a reason, or in the one sentence. */
const LEAST_REASON = 0.05;
const LEAST_HEADLINE = 0.3;
const SIDE_NAMES: Readonly<Record<Side, string>> = {
  sqlalchemy: "SQLAlchemy",
  "django-orm": "the Django ORM",
};

/** The strongest reasons for the choice and against it, by contribution; a margin's tie lists the two sides. */
export function reasonsOf(
  signals: ProjectSignals,
  chosen: Chosen,
  stance: Stance,
): { readonly reasons: readonly Reason[]; readonly against: readonly Reason[] } {
  const { choice, situation, weighing } = chosen;
  if (situation.kind !== "weigh")
    return {
      reasons: [{ says: situation.says, contribution: 0, evidence: situation.evidence }],
      against: [],
    };
  const isDjango = choice === "django-orm" || (choice !== "sqlalchemy" && weighing.margin < 0);
  const forSide: Side = isDjango ? "django-orm" : "sqlalchemy";
  const few = fewStatements(signals, stance);
  const reasons = strongest(weighing.criteria, (result) => result.favours === forSide);
  return {
    reasons: few === null ? reasons : [...reasons.slice(0, MOST_REASONS - 1), few],
    against: strongest(weighing.criteria, (result) => result.favours !== forSide),
  };
}

function strongest(
  results: readonly CriterionResult[],
  counts: (result: CriterionResult) => boolean,
): readonly Reason[] {
  return results
    .filter((result) => counts(result) && Math.abs(result.contribution) >= LEAST_REASON)
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, MOST_REASONS)
    .map(({ says, contribution, evidence }) => ({ says, contribution, evidence }));
}

/** The answer to "and the few complex ones?": which statements to write as raw SQL. */
function fewStatements(signals: ProjectSignals, stance: Stance): Reason | null {
  if (stance !== "stay-with-raw-sql") return null;
  const statements = statementsBeyondDjango(signals);
  return {
    says: `${counted(statements.length, "statement")} for raw SQL under the Django ORM`,
    contribution: 0,
    evidence: fewQueries(statements, 10),
  };
}

/** One sentence that sums the verdict up. */
export function sayVerdict(signals: ProjectSignals, chosen: Chosen, stance: Stance): string {
  const { choice, situation, weighing } = chosen;
  if (situation.kind !== "weigh") return saySituation(chosen);
  if (choice === "undecided")
    return `Undecided: too little was seen to choose (${listed(chosen.seen.missing, 3)}).`;
  if (choice !== "sqlalchemy" && choice !== "django-orm")
    return `Either would do: the reasons for each side nearly balance (margin ${weighing.margin}).`;
  const because = strongest(weighing.criteria, (result) => result.favours === choice)
    .filter((reason, index) => index === 0 || Math.abs(reason.contribution) >= LEAST_HEADLINE)
    .slice(0, 2)
    .map((reason) => reason.says)
    .join("; ");
  return `${sentence(advice(signals, choice, stance))}${because === "" ? "" : `: ${because}`}.`;
}

function saySituation({ choice, situation }: Chosen): string {
  if (choice === "undecided") return `Undecided: ${situation.says}.`;
  if (choice === "sqlalchemy") return `Stay with SQLAlchemy: ${situation.says}.`;
  if (choice === "either") return `Either, and both stay: ${situation.says}.`;
  return `Neither ORM is needed: ${situation.says}.`;
}

function advice(signals: ProjectSignals, side: Side, stance: Stance): string {
  const name = SIDE_NAMES[side];
  const present = presentOrm(signals);
  const today = present === null ? "" : ormName(present.name);
  switch (stance) {
    case "adopt":
      return `adopt ${name}`;
    case "move":
      return `move from ${today} to ${name}${insideDjango(signals)}`;
    case "split":
      return `keep both, ${name} where it serves and ${otherName(signals, side)} for the statements that need it`;
    case "stay-with-raw-sql":
      return `stay with ${name}, with raw SQL for ${namedStatements(signals)}`;
    case "stay":
      return usesFamily(signals, side)
        ? `stay with ${name}`
        : `stay with ${today} for now; of the two ${name} is nearer`;
    case "none":
      return `${name} fits`;
  }
}

function otherName(signals: ProjectSignals, side: Side): string {
  const other = activeOrms(signals).find(
    (orm) => familyOf(orm.name) !== side && familyOf(orm.name) !== "raw",
  );
  return other === undefined ? "the other" : ormName(other.name);
}

function insideDjango(signals: ProjectSignals): string {
  const isInside = runningFrameworks(signals).django.length > 0 && usesFamily(signals, "sqlalchemy");
  return isInside ? ", because SQLAlchemy inside Django costs its admin and migrations" : "";
}

function namedStatements(signals: ProjectSignals): string {
  const statements = statementsBeyondDjango(signals);
  const places = statements.map((query) => `${query.path}:${query.line}`);
  return `${counted(statements.length, "complex statement")} (${listed(places, NAMED)})`;
}
