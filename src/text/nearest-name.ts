import { distance } from "fastest-levenshtein";

/** The name most like a mistyped one, or null when none is near enough to be what was meant. */
export function nearestName(typed: string, names: readonly string[]): string | null {
  let best: string | null = null;
  // A third of the letters may differ, and never fewer than two: "jsn" is json, "xyz" is nothing.
  let limit = Math.max(2, Math.floor(typed.length / 3));
  for (const name of names) {
    const apart = distance(typed.toLowerCase(), name.toLowerCase());
    const shares = apart < Math.max(typed.length, name.length) - 1;
    if (apart <= limit && shares && (best === null || apart < limit)) {
      best = name;
      limit = apart;
    }
  }
  return best;
}

/** " Did you mean X?" with its leading blank, or nothing. */
export function didYouMean(typed: string, names: readonly string[]): string {
  const nearest = nearestName(typed, names);
  return nearest === null ? "" : ` Did you mean "${nearest}"?`;
}
