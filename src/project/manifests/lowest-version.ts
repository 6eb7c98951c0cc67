import { compare, valid } from "@renovatebot/pep440";

/**
 * The lowest version that a specifier admits as far as it says so: "4.2" for `>=4.2,<6`, `~=4.2`, `^4.2`, `==4.2.*`, `=4.2`;
 * of alternatives (`^3.2 || ^4.2`) the lowest; null when there is no lower bound. Reads PEP 440, Poetry's and conda's operators.
 */
export function lowestVersion(specifier: string): string | null {
  let lowest: string | null = null;
  for (const alternative of specifier.split(/\|\|?/)) {
    const bound = lowerBound(alternative);
    if (bound === null) return null;
    if (lowest === null || compare(bound, lowest) < 0) lowest = bound;
  }
  return lowest;
}

const CLAUSE = /(<=|>=|!=|===?|~=|[<>^~=])?\s*v?(\d[0-9A-Za-z.+!_-]*?)(\.\*|\*)?(?=[\s,]|$)/g;

/** The highest of the lower bounds of clauses that all have to hold. */
function lowerBound(clauses: string): string | null {
  let bound: string | null = null;
  for (const [, operator = "", version = ""] of clauses.matchAll(CLAUSE)) {
    if (operator.startsWith("<") || operator === "!=" || valid(version) === null) continue;
    if (bound === null || compare(version, bound) > 0) bound = version;
  }
  return bound;
}
