// `# ormverdict: ignore[rule] reason` on a line of a finding, alone on the line above it, or `ignore-file[rule]` anywhere in its file.
import type { FileFacts, Suppression } from "../model/facts.ts";
import type { Finding } from "../model/report.ts";
import type { RuleSettings } from "./rule-settings.ts";
import { suppress } from "./suppress.ts";
import { unusedSuppressionFinding } from "./unused-suppression-finding.ts";

/** Suppresses what comments ask for, and adds a finding for each rule that a comment names in vain. */
export function applyComments(
  findings: readonly Finding[],
  files: readonly FileFacts[],
  settings: RuleSettings,
): Finding[] {
  const byPath = new Map(files.map((file) => [file.path, file.suppressions]));
  const used = new Set<string>();
  const settled = findings.map((finding) => {
    const comment = (byPath.get(finding.path) ?? []).find((one) => speaksOf(one, finding));
    if (comment === undefined) return finding;
    used.add(keyOf(finding.path, comment, finding.rule));
    return suppress(finding, { kind: "comment", reason: comment.reason });
  });
  const unused = files.flatMap(({ path, suppressions }) =>
    suppressions.flatMap((comment) =>
      vainRules(comment, (rule) => used.has(keyOf(path, comment, rule))).flatMap((rule) =>
        settings.enforce(unusedSuppressionFinding(path, comment, rule, settings)),
      ),
    ),
  );
  return [...settled, ...unused];
}

function speaksOf(comment: Suppression, finding: Finding): boolean {
  if (!comment.rules.includes(finding.rule)) return false;
  return comment.target === null || (finding.line <= comment.target && comment.target <= finding.endLine);
}

function keyOf(path: string, { line, column }: Suppression, rule: string): string {
  return [path, line, column, rule].join("\0");
}

/** The rules named for nothing; null stands for a comment that names none. */
function vainRules({ rules }: Suppression, isUsed: (rule: string) => boolean): (string | null)[] {
  return rules.length === 0 ? [null] : rules.filter((rule) => !isUsed(rule));
}
