// The smallest changes that change the choice: every single change first, and pairs only of changes that do not flip it
// alone. Each one listed has been applied and judged.

import type { Choice, ProjectSignals } from "../model/report.ts";
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

/**
 * Finds flips of the choice that `choiceOf` gives, at most five. Singles come first, each with its smallest step that flips.
 * A pair must lead to a side, because two changes for a mere tie tell little, unless nothing else flips at all.
 */
export function findFlips(
  signals: ProjectSignals,
  choiceOf: (signals: ProjectSignals) => Choice,
): readonly FoundFlip[] {
  const now = choiceOf(signals);
  const flip: TryFlip = (changes) => {
    const choice = choiceOf(applyChanges(signals, changes));
    return choice === now || !ANSWERS.has(choice) ? null : { changes, choice };
  };
  const singles: FoundFlip[] = [];
  const stubborn: (readonly Change[])[] = [];
  for (const steps of changesFor(signals)) {
    const found = firstFound(steps, (change) => flip([change]));
    if (found === null) stubborn.push(steps);
    else singles.push(found);
  }
  const pairs = pairsOf(stubborn).flatMap(([left, right]) => flipPair(left, right, flip) ?? []);
  const decisive = pairs.filter((pair) => pair.choice !== "either");
  return [...singles, ...(singles.length > 0 ? decisive : decisive.length > 0 ? decisive : pairs)].slice(
    0,
    MOST_FLIPS,
  );
}

type TryFlip = (changes: readonly Change[]) => FoundFlip | null;

/** Both at their largest, to know whether the pair flips at all; then each shrunk to its smallest step that still does. */
function flipPair(left: readonly Change[], right: readonly Change[], flip: TryFlip): FoundFlip | null {
  const [most, other] = [left.at(-1), right.at(-1)];
  if (most === undefined || other === undefined) return null;
  const largest = flip([most, other]);
  if (largest === null) return null;
  const keeps = (changes: readonly Change[]): FoundFlip | null => {
    const found = flip(changes);
    return found?.choice === largest.choice ? found : null;
  };
  const first = firstFound(left, (change) => keeps([change, other]))?.changes[0] ?? most;
  return firstFound(right, (change) => keeps([first, change])) ?? largest;
}

function firstFound<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

type StepsPair = readonly [left: readonly Change[], right: readonly Change[]];

function pairsOf(groups: readonly (readonly Change[])[]): readonly StepsPair[] {
  return groups.flatMap((left, index) =>
    groups
      .slice(index + 1)
      .filter((right) => right[0]?.kind !== left[0]?.kind)
      .map((right): StepsPair => [left, right]),
  );
}

/** "it ran on Django instead, and no admin were wanted". */
export function sayChanges(changes: readonly Change[]): string {
  return changes.map((change) => change.says).join(", and ");
}
