import { FIELDS } from "./compare.ts";
import { type Result, sharesOf } from "./result.ts";

/** Fields that the survey is held to; the others are reported, and explained only beside one of these. */
export const GATED = ["frameworks", "primaryOrm", "choice"] as const;

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

/** The shares for people, then the one line of JSON that the output ends in. */
export function printShares(results: readonly Result[]): string {
  const shares = sharesOf(results);
  const scanned = results.filter(({ comparisons }) => comparisons.length > 0);
  const lines = FIELDS.map((field) => {
    const share = shares[field];
    return `${field.padEnd(16)}${share === null ? "not stated" : `${(share * 100).toFixed(1)} %`}`;
  });
  return [...lines, JSON.stringify({ packages: scanned.length, ...shares })].join("\n");
}

/** Whether everything was scanned, valid and repeatable, and 95 % or more is right in each field that counts. */
export function hasPassed(results: readonly Result[]): boolean {
  const shares = sharesOf(results);
  const isEnough = GATED.every((field) => (shares[field] ?? 1) >= 0.95);
  return isEnough && results.length > 0 && results.every(({ faults }) => faults.length === 0);
}
