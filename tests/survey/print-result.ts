import { type Calibration, calibration } from "../../src/verdict/calibration.ts";
import { type Claim, fitCalibration, isForFitting, type Quality, qualityOf } from "./calibration.ts";
import { FIELDS } from "./compare.ts";
import { type Result, sharesOf } from "./result.ts";

/** Fields that the survey is held to over everything it scanned; greenfield it is held to on the half not used for fitting. */
export const GATED = ["frameworks", "primaryOrm", "choice"] as const;
const LEAST_SHARE = 0.95;
const MOST_ECE = 0.1;
/** With fewer claims the calibration says more about chance than about the confidences, and is not held to anything. */
const ENOUGH_CLAIMS = 20;

/** One line for a code base, and under it each miss with what was expected, what came, and both sides' reasons. */
export function printResult({ comparisons, expectation, faults, seconds }: Result): string {
  const misses = comparisons.filter(({ isRight }) => !isRight);
  const word = faults.length > 0 ? "FAULT" : misses.length > 0 ? "MISS " : "ok   ";
  const got = comparisons.slice(0, 3).map((one) => one.got);
  const lines = [`${word} ${expectation.name.padEnd(36)} ${got.join(" · ")}  (${seconds.toFixed(1)} s)`];
  for (const fault of faults) lines.push(`        ${fault}`);
  for (const miss of misses) {
    lines.push(`        ${miss.field}: expected ${miss.expected}, got ${miss.got}`);
    for (const reason of miss.because) lines.push(`            saw  ${reason}`);
  }
  if (misses.length > 0)
    for (const line of expectation.why.split("\n")) lines.push(`            why  ${line}`);
  return lines.join("\n");
}

/** The shares and the calibration for people, then the one line of JSON that the output ends in. */
export function printShares(results: readonly Result[]): string {
  const shares = sharesOf(results);
  const heldOut = sharesOf(results.filter(isHeldOut));
  const scanned = results.filter(({ comparisons }) => comparisons.length > 0);
  const quality = qualityOf(claimsOf(results.filter(isHeldOut)));
  const percent = (share: number | null): string =>
    share === null ? "not stated" : `${(share * 100).toFixed(1)} %`;
  const lines = FIELDS.map(
    (field) =>
      `${field.padEnd(16)}${percent(shares[field]).padEnd(12)}${percent(heldOut[field])} of the half not used for fitting`,
  );
  const closing = {
    packages: scanned.length,
    ...shares,
    ece: quality?.ece ?? null,
    brier: quality?.brier ?? null,
    heldOut: {
      packages: scanned.filter(isHeldOut).length,
      choice: heldOut.choice,
      greenfield: heldOut.greenfield,
      stance: heldOut.stance,
    },
  };
  return [...disagreements(results), ...lines, ...calibrationLines(results), JSON.stringify(closing)].join(
    "\n",
  );
}

/** Every field in which scan and reader differ, with the scan's reason and the reader's. */
function disagreements(results: readonly Result[]): string[] {
  const lines = results.flatMap(({ comparisons, expectation }) =>
    comparisons
      .filter(({ isRight }) => !isRight)
      .flatMap(({ because, expected, field, got }) => [
        `  ${expectation.name} ${field}: expected ${expected}, got ${got}`,
        `      scan    ${because[0] ?? "gives no single reason"}`,
        `      reader  ${expectation.why.split("\n")[0] ?? ""}`,
      ]),
  );
  return lines.length === 0 ? ["no disagreement"] : ["disagreements", ...lines];
}

function calibrationLines(results: readonly Result[]): string[] {
  const claims = claimsOf(results);
  const say = (of: Calibration): string =>
    `${of.perPoint} per point, situation ${of.situation}, most ${of.most}, ${of.packages} packages`;
  return [
    ...qualityLines("fitted half", qualityOf(claims.filter(({ name }) => isForFitting(name)))),
    ...qualityLines("other half", qualityOf(claims.filter(({ name }) => !isForFitting(name)))),
    `confidence      in use: ${say(calibration)}`,
    `                fitted to this run: ${say(fitCalibration(claims))}`,
  ];
}

function qualityLines(half: string, quality: Quality | null): string[] {
  if (quality === null) return [`${half.padEnd(16)}no choice to judge the confidence by`];
  const { accuracy, brier, claims, ece, reliability } = quality;
  return [
    `${half.padEnd(16)}${claims} choices, ${(accuracy * 100).toFixed(1)} % right, Brier score ${brier.toFixed(4)}, calibration error ${ece.toFixed(4)}`,
    ...reliability.map(
      ({ claimed, count, from, right, to }) =>
        `                ${from.toFixed(1)} to ${to.toFixed(1)}  ${String(count).padStart(3)} choices  claimed ${claimed.toFixed(3)}  right ${right.toFixed(3)}`,
    ),
  ];
}

function isHeldOut({ expectation }: Result): boolean {
  return !isForFitting(expectation.name);
}

function claimsOf(results: readonly Result[]): Claim[] {
  return results.flatMap(({ claim }) => claim ?? []);
}

/**
 * Whether everything was scanned, valid and repeatable, 95 % or more is right in each field that counts, and, on the half not
 * used for fitting, 95 % of the greenfield choices are right and the calibration error is at most 0.10.
 */
export function hasPassed(results: readonly Result[]): boolean {
  const shares = sharesOf(results);
  const heldOut = results.filter(isHeldOut);
  const quality = qualityOf(claimsOf(heldOut));
  const isCalibrated = quality === null || quality.claims < ENOUGH_CLAIMS || quality.ece <= MOST_ECE;
  const isEnough =
    GATED.every((field) => (shares[field] ?? 1) >= LEAST_SHARE) &&
    (sharesOf(heldOut).greenfield ?? 1) >= LEAST_SHARE;
  return isEnough && isCalibrated && results.length > 0 && results.every(({ faults }) => faults.length === 0);
}
