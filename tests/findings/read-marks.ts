// Expectations written beside the lines of a fixture: `# expect: rule`, `# expect-next: rule`, `# known-miss: rule`, `# known-noise: rule`.

/** "expect" and "known-noise" stand where a finding is, "known-miss" where one is missing. */
export type MarkKind = "expect" | "known-miss" | "known-noise";
export interface Mark {
  readonly kind: MarkKind;
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

const KINDS: readonly string[] = ["expect", "expect-next", "known-miss", "known-noise"];

/** The marks of one file. Throws for a mark that nothing would ever compare: a misspelt kind or an unknown rule. */
export function readMarks(path: string, text: string, ruleIds: ReadonlySet<string>): Mark[] {
  return text.split("\n").flatMap((line, index) => {
    const [, kind = "", list = ""] = /#\s*((?:expect|known|exept|expct)[\w-]*)\s*:\s*(.*)$/.exec(line) ?? [];
    if (kind === "") return [];
    if (!KINDS.includes(kind)) throw new Error(`${path}:${index + 1}: "${kind}" is no mark`);
    return list.split(",").map((entry): Mark => {
      const rule = entry.trim();
      if (!ruleIds.has(rule)) throw new Error(`${path}:${index + 1}: "${rule}" is no rule`);
      const isNext = kind === "expect-next";
      return { kind: isNext ? "expect" : (kind as MarkKind), path, line: index + (isNext ? 2 : 1), rule };
    });
  });
}
