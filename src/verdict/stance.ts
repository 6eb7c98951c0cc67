// What to do about the choice, given what the project runs on today.

import { ormNamed } from "../knowledge/orms.ts";
import type { ProjectSignals, Query, Stance } from "../model/report.ts";
import type { Chosen } from "./choose.ts";
import { familyOf, presentOrm, usesFamily } from "./orm-family.ts";
import { byDemand } from "./statements.ts";
import type { Thresholds } from "./thresholds.ts";

/**
 * - nothing or raw SQL today: adopt the choice;
 * - the choice is in use: stay, or stay with raw SQL for the few statements that the Django ORM cannot express;
 * - both in use: stay with the chosen one when the other serves a few statements only, split when it serves many;
 * - the other in use: move when the confidence says so, else stay;
 * - a third ORM in use: move only when needs beside the framework speak for it, because working code is worth more than fashion.
 */
export function stanceOf(
  signals: ProjectSignals,
  chosen: Chosen,
  confidence: number,
  thresholds: Thresholds,
): Stance {
  const { choice } = chosen;
  if (chosen.situation.kind === "subject") return "stay";
  if (choice === "not-needed" || choice === "undecided" || chosen.situation.kind !== "weigh") return "none";
  const present = presentOrm(signals);
  if (present === null) return choice === "either" ? "none" : "adopt";
  if (choice === "either") return "stay";
  const family = familyOf(present.name);
  if (usesFamily(signals, "sqlalchemy") && usesFamily(signals, "django-orm"))
    return stanceWithBoth(signals, choice, thresholds);
  if (family === choice)
    return choice === "django-orm" && statementsBeyondDjango(signals).length > 0
      ? "stay-with-raw-sql"
      : "stay";
  if (confidence < thresholds.moveConfidence) return "stay";
  if (family === "sqlalchemy" || family === "django-orm") return "move";
  return needFor(chosen, present.name) >= thresholds.moveNeed ? "move" : "stay";
}

function stanceWithBoth(
  signals: ProjectSignals,
  choice: "sqlalchemy" | "django-orm",
  thresholds: Thresholds,
): Stance {
  const other = choice === "django-orm" ? "sqlalchemy" : "django-orm";
  const all = signals.queries.items.filter((query) => query.layer !== "raw");
  const ofOther = all.filter((query) => familyOf(query.orm) === other);
  if (ofOther.length > thresholds.fewShare * all.length) return "split";
  return choice === "django-orm" && ofOther.length > 0 ? "stay-with-raw-sql" : "stay";
}

/**
 * What the project would gain by moving off a third ORM: contributions for the choice, without the framework's, which speaks
 * against the other side only, and without async where the third ORM is async itself.
 */
function needFor({ choice, weighing }: Chosen, presentName: string): number {
  const met = new Set(["framework-not-django", "django-application"]);
  if (ormNamed(presentName)?.async !== "sync") met.add("async-database-access");
  return weighing.criteria
    .filter((result) => result.favours === choice && !met.has(result.id))
    .reduce((sum, result) => sum + Math.abs(result.contribution), 0);
}

/**
 * The few statements for raw SQL under the Django ORM: those it cannot express, those that are raw today because they are
 * advanced or speak one vendor's SQL, and those that SQLAlchemy builds today. Raw SQL that is plain (an EXPLAIN, a simple
 * SELECT) is housekeeping and no such case.
 */
export function statementsBeyondDjango(signals: ProjectSignals): readonly Query[] {
  return byDemand(signals.queries.items).filter(
    (query) =>
      query.beyondDjango.length > 0 ||
      query.tier === "beyond-django-orm" ||
      (query.layer === "raw" && isDemanding(query)) ||
      familyOf(query.orm) === "sqlalchemy",
  );
}

function isDemanding({ tier, features }: Query): boolean {
  return tier === "advanced" || features.some((feature) => feature.name === "vendor-specific");
}
