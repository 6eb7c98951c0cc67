// The smallest changes that change the choice: every single change first, and pairs only of changes that do not flip it
// alone. Each one listed has been applied and judged.

import type { Choice, ProjectSignals } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { type Change, changesFor } from "./changes.ts";

export interface FoundFlip {
  /** One or two changes that together flip the choice. */
  readonly changes: readonly Change[];
  readonly choice: Choice;
}

const MOST_FLIPS = 5;
/** A change that only makes the question go away, or unanswerable, tells a reader nothing. */
const ANSWERS: ReadonlySet<Choice> = new Set<Choice>(["sqlalchemy", "django-orm", "either"]);

/** Applies the changes in order. */
export function applyChanges(signals: ProjectSignals, changes: readonly Change[]): ProjectSignals {
  return changes.reduce((was, change) => change.apply(was), signals);
}

/** Finds flips of the choice that `choiceOf` gives, at most five, singles before pairs. */
export function findFlips(
  signals: ProjectSignals,
  choiceOf: (signals: ProjectSignals) => Choice,
): readonly FoundFlip[] {
  const now = choiceOf(signals);
  const flip = (changes: readonly Change[]): FoundFlip | null => {
    const choice = choiceOf(applyChanges(signals, changes));
    return choice === now || !ANSWERS.has(choice) ? null : { changes, choice };
  };
  const singles: FoundFlip[] = [];
  const stubborn: Change[] = [];
  for (const steps of changesFor(signals)) {
    const found = steps.map((change) => flip([change])).find((candidate) => candidate !== null);
    if (found) singles.push(found);
    else stubborn.push(...largestSteps(steps));
  }
  const pairs = pairsOf(stubborn).flatMap((pair) => {
    const found = flip(pair);
    return found === null ? [] : [found];
  });
  return [...singles, ...preferSides(pairs)].slice(0, MOST_FLIPS);
}

/** Steps of one share lead up to the largest; async on and off are both worth pairing. */
function largestSteps(steps: readonly Change[]): readonly Change[] {
  const [first] = steps;
  return first?.kind === "async" ? steps : steps.slice(-1);
}

function pairsOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  return changes.flatMap((left, index) =>
    changes
      .slice(index + 1)
      .filter((right) => right.kind !== left.kind)
      .map((right) => [left, right]),
  );
}

/** A pair that leads to the other side says more than one that leads to a tie. */
function preferSides(flips: readonly FoundFlip[]): readonly FoundFlip[] {
  const isSide = (flip: FoundFlip): number =>
    flip.choice === "sqlalchemy" || flip.choice === "django-orm" ? 0 : 1;
  return flips.toSorted((a, b) => isSide(a) - isSide(b) || compareText(a.choice, b.choice));
}

/** "it ran on Django instead, and no admin were wanted". */
export function sayChanges(changes: readonly Change[]): string {
  return changes.map((change) => change.says).join(", and ");
}
