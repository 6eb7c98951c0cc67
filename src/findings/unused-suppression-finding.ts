import type { Suppression } from "../model/facts.ts";
import type { Finding } from "../model/report.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { fingerprint } from "./fingerprint.ts";
import { rules } from "./index.ts";
import type { RuleSettings } from "./rule-settings.ts";
import { unusedSuppression } from "./rules/unused-suppression.ts";

/**
 * The finding about a comment that names a rule in vain.
 *
 * @param rule null when the comment names none.
 */
export function unusedSuppressionFinding(
  path: string,
  { line, column, endColumn, target }: Suppression,
  rule: string | null,
  settings: RuleSettings,
): Finding {
  const snippet = `${target === null ? "ignore-file" : "ignore"}[${rule ?? ""}]`;
  const { id, severity } = unusedSuppression;
  return {
    rule: id,
    severity,
    path,
    line,
    column,
    endLine: line,
    endColumn,
    symbol: null,
    snippet,
    message: messageOf(rule, path, target === null, settings),
    related: [],
    fingerprint: fingerprint(id, { path, symbol: null, code: snippet }, 0),
    suppressed: false,
    suppression: null,
  };
}

function messageOf(rule: string | null, path: string, isFile: boolean, settings: RuleSettings): string {
  if (rule === null) return "This comment names no rule, so it suppresses nothing: write ignore[rule].";
  const ids = rules.map(({ id }) => id);
  if (!ids.includes(rule)) {
    const near = didYouMean(rule, ids) || " `ormverdict rules` lists what there is.";
    return `This comment names "${rule}", which is no rule.${near}`;
  }
  if (settings.of(rule, path) === "off") return `This comment is not needed: ${rule} is off here.`;
  return `This comment is not needed: ${rule} finds nothing ${isFile ? "in this file" : "on this line"}.`;
}
