import type { Host, OutputStream } from "./host.ts";

/**
 * Whether to colour what goes to a stream. A flag decides; else NO_COLOR (no-color.org: any value but the empty one), then
 * FORCE_COLOR ("0" turns colour off, as Node has it), then whether the stream is a terminal that can.
 */
export function hasColor(
  choice: "auto" | "always" | "never",
  stream: OutputStream,
  environment: Host["environment"],
): boolean {
  if (choice !== "auto") return choice === "always";
  if (environment.NO_COLOR) return false;
  const force = environment.FORCE_COLOR;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  return stream.isTerminal && environment.TERM !== "dumb";
}
