import type { FailOn } from "../model/config.ts";
import { UsageError } from "../model/usage-error.ts";

const SEVERITIES: readonly FailOn[] = ["error", "warning", "never"];

/** Reads from which severity on findings fail the check. `where` names what the user wrote it in. */
export function parseFailOn(written: string, where: string): FailOn {
  const found = SEVERITIES.find((one) => one === written);
  if (found !== undefined) return found;
  throw new UsageError(`${where} must be ${SEVERITIES.join(", ")}, not "${written}".`);
}

/** Reads how many findings the check lets pass, 0 or more. */
export function parseMaxFindings(written: string, where: string): number {
  if (/^\d{1,9}$/.test(written)) return Number(written);
  throw new UsageError(`${where} must be a number, 0 or more, not "${written}".`);
}
