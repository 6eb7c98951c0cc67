import { hasColor } from "./has-color.ts";
import type { Host } from "./host.ts";
import { colorChoice, type ScanFlags } from "./scan-flags.ts";

/** Columns where nobody can say how many there are: a pipe, a file. */
export const DEFAULT_WIDTH = 80;

/** How to show something on standard output. */
export function terminalLook(
  flags: Pick<ScanFlags, "color">,
  host: Host,
): { readonly color: boolean; readonly width: number } {
  return {
    color: hasColor(colorChoice(flags, host.environment), host.stdout, host.environment),
    width: host.stdout.columns ?? DEFAULT_WIDTH,
  };
}
