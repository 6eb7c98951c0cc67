// A finding's identity from one version of the code to the next: it survives moved lines, new layout and changed messages.
import { createHash } from "node:crypto";
import type { Place } from "../model/async-facts.ts";

/**
 * Made of the rule, the file, the enclosing symbol and the expression; `nth` tells equal expressions of one symbol apart, in
 * source order.
 */
export function fingerprint(
  rule: string,
  { path, symbol, code }: Pick<Place, "path" | "symbol" | "code">,
  nth: number,
): string {
  const parts = [rule, path, symbol ?? "", code, String(nth)];
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}
