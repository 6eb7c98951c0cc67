import { UsageError } from "../model/usage-error.ts";
import { didYouMean } from "../text/nearest-name.ts";

/** What can be assumed, and which values that has. */
export interface KnownAssumption {
  readonly key: string;
  /** The values where they can be listed, else what they look like. */
  readonly values: readonly string[] | string;
  readonly accepts: (value: string) => boolean;
}

/** Why an assumption cannot be made, as a sentence that follows the place of it; null where it can. */
export function faultOfAssumption(
  key: string,
  value: string,
  known: readonly KnownAssumption[],
): string | null {
  const kind = known.find((one) => one.key === key);
  const keys = known.map((one) => one.key);
  if (kind === undefined)
    return `nothing called "${key}" can be assumed.${didYouMean(key, keys)} What can be: ${keys.join(", ")}.`;
  if (kind.accepts(value)) return null;
  if (typeof kind.values === "string") return `"${key}" must be ${kind.values}, not "${value}".`;
  return `"${key}" cannot be "${value}".${didYouMean(value, kind.values)} It is one of ${kind.values.join(", ")}.`;
}

/**
 * Reads assumptions written as `KEY=VALUE`.
 *
 * @param where what the user wrote them in, for the message: "--assume".
 * @throws UsageError for a key or value that there is not, and for a key given twice.
 */
export function parseAssumptions(
  written: readonly string[],
  where: string,
  known: readonly KnownAssumption[],
): Record<string, string> {
  const found = new Map<string, string>();
  for (const one of written) {
    const equals = one.indexOf("=");
    if (equals < 0) throw new UsageError(`${where} takes KEY=VALUE, as in framework=django, not "${one}".`);
    const [key, value] = [one.slice(0, equals).trim(), one.slice(equals + 1).trim()];
    const fault = faultOfAssumption(key, value, known);
    if (fault !== null) throw new UsageError(`${where}: ${fault}`);
    if (found.has(key)) throw new UsageError(`${where}: "${key}" is given twice. Give it once.`);
    found.set(key, value);
  }
  return Object.fromEntries(found);
}
