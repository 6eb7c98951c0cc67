import type { Choice, ProjectSignals } from "../model/report.ts";
import { howMuchWasSeen, type Seen } from "./seen.ts";
import { type Situation, situationOf } from "./situation.ts";
import { situationAnswers } from "./situation-answers.ts";
import type { Thresholds } from "./thresholds.ts";
import { type Weighing, weigh } from "./weigh.ts";
import { withoutPresentOrm } from "./without-present-orm.ts";

export interface Chosen {
  readonly choice: Choice;
  readonly situation: Situation;
  readonly weighing: Weighing;
  readonly seen: Seen;
}

/** The choice for a project: its situation answers it, or else the sign of the margin. */
export function choose(
  signals: ProjectSignals,
  weights: Readonly<Record<string, number>>,
  thresholds: Thresholds,
): Chosen {
  const situation = situationOf(signals);
  const weighing = weigh(signals, weights);
  const seen = howMuchWasSeen(signals);
  const choice =
    situation.kind === "weigh"
      ? choiceByMargin(weighing.margin, seen.amount, thresholds)
      : situationAnswers[situation.kind].choice;
  return { choice, situation, weighing, seen };
}

/**
 * The choice if today's ORM is left out of account. Where the situation answers, no ORM changes that, save for a library whose
 * subject the ORM is: without it the criteria answer.
 */
export function chooseGreenfield(
  signals: ProjectSignals,
  { choice, situation, seen }: Chosen,
  weights: Readonly<Record<string, number>>,
  thresholds: Thresholds,
): Choice {
  if (situation.kind !== "weigh" && situation.kind !== "subject") return choice;
  return choiceByMargin(weigh(withoutPresentOrm(signals), weights).margin, seen.amount, thresholds);
}

function choiceByMargin(margin: number, seen: number, thresholds: Thresholds): Choice {
  if (seen < thresholds.leastSeen) return "undecided";
  if (Math.abs(margin) < thresholds.decide) return seen < thresholds.enoughSeen ? "undecided" : "either";
  return margin > 0 ? "sqlalchemy" : "django-orm";
}
