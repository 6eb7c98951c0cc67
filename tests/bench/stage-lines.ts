import type { StageLines } from "./bench-result.ts";

/** Finds `stage NAME 12.3 ms` and `count NAME 45` among what a scan says with --verbose; repeated ones are added up. */
export function readStageLines(text: string): StageLines {
  const add = (pattern: RegExp): Record<string, number> => {
    const found: Record<string, number> = {};
    for (const [, name = "", amount] of text.matchAll(pattern))
      found[name] = (found[name] ?? 0) + Number(amount);
    return found;
  };
  return {
    stages: add(/^\s*stage\s+(\S+)\s+(\d+(?:\.\d+)?)\s*ms\s*$/gm),
    counts: add(/^\s*count\s+(\S+)\s+(\d+)\s*$/gm),
  };
}
