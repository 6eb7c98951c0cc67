// How good the confidences are. A confidence is a claim: of a hundred choices made with 0.9, a reader of the code agrees with
// ninety. Parameters are fitted on one half of the packages and judged on the other, so that the judgement is no echo.

import { createHash } from "node:crypto";
import type { Calibration } from "../../src/verdict/calibration.ts";
import { roundTo } from "../../src/verdict/curves.ts";

/** One choice, and whether the reader's is the same. */
export interface Claim {
  readonly name: string;
  readonly confidence: number;
  readonly isRight: boolean;
  /** |margin| × seen where criteria decided, null where the situation did. */
  readonly evidence: number | null;
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence, and share of right choices. */
  readonly claimed: number;
  readonly right: number;
}

export interface Quality {
  readonly claims: number;
  readonly accuracy: number;
  /** Mean squared distance of the confidence from what came true: 0 is best, 0.25 a coin toss. */
  readonly brier: number;
  /** Expected calibration error: mean distance of claimed from right over the bins, each by its share of the claims. */
  readonly ece: number;
  /** Bins that hold something. */
  readonly reliability: readonly Bin[];
}

const BINS = 10;

/** Whether a code base is for fitting: by the hash of its name, so that new records fall on either side by chance. */
export function isForFitting(name: string): boolean {
  const [packageName = name] = name.split(" ");
  const [first = 0] = createHash("sha256").update(packageName).digest();
  return first % 2 === 0;
}

/** Null without claims. */
export function qualityOf(claims: readonly Claim[]): Quality | null {
  if (claims.length === 0) return null;
  const reliability = Array.from({ length: BINS }, (_, index) => binOf(claims, index)).filter(
    ({ count }) => count > 0,
  );
  const ece = reliability.reduce(
    (sum, { count, claimed, right }) => sum + (count / claims.length) * Math.abs(claimed - right),
    0,
  );
  const brier = mean(claims.map(({ confidence, isRight }) => (confidence - Number(isRight)) ** 2));
  return {
    claims: claims.length,
    accuracy: roundTo(mean(claims.map(({ isRight }) => Number(isRight))), 4),
    brier: roundTo(brier, 4),
    ece: roundTo(ece, 4),
    reliability,
  };
}

function binOf(claims: readonly Claim[], index: number): Bin {
  const inside = claims.filter(
    ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS + 1e-9)) === index,
  );
  return {
    from: index / BINS,
    to: (index + 1) / BINS,
    count: inside.length,
    claimed: mean(inside.map(({ confidence }) => confidence)),
    right: mean(inside.map(({ isRight }) => Number(isRight))),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const STEPS = 500;
const LARGEST = 5;

/** Fits what src/verdict/calibration.ts holds, in the way that is written there. Takes every claim, and leaves out the other half. */
export function fitCalibration(all: readonly Claim[]): Calibration {
  const claims = all.filter(({ name }) => isForFitting(name));
  const weighed = claims.flatMap(({ evidence, isRight }) =>
    evidence === null ? [] : [{ evidence, isRight }],
  );
  const answered = claims.filter(({ evidence }) => evidence === null);
  const right = (some: readonly { readonly isRight: boolean }[]): number =>
    some.filter(({ isRight }) => isRight).length;
  const ifRight = (right(weighed) + 1) / (right(weighed) + 2);
  const ifWrong = 1 / (weighed.length - right(weighed) + 2);
  const loss = (perPoint: number): number =>
    weighed.reduce((sum, { evidence, isRight }) => {
      const sure = 1 / (1 + Math.exp(-perPoint * evidence));
      const target = isRight ? ifRight : ifWrong;
      return sum - target * Math.log(sure) - (1 - target) * Math.log(1 - sure);
    }, 0);
  // One parameter and a convex loss: a grid finds the same as any method, and shows that it does.
  const grid = Array.from({ length: STEPS }, (_, index) => ((index + 1) * LARGEST) / STEPS);
  const best = grid.reduce((found, perPoint) => (loss(perPoint) < loss(found) ? perPoint : found));
  return {
    perPoint: roundTo(best, 2),
    situation: roundTo((right(answered) + 1) / (answered.length + 2), 2),
    most: roundTo((claims.length + 1) / (claims.length + 2), 2),
    packages: claims.length,
  };
}
