// Runs every rule on a project and turns what they see into findings: sorted, each with a fingerprint.

import type { Finding } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { redact } from "../text/redact.ts";
import { fingerprint } from "./fingerprint.ts";
import { rules } from "./index.ts";
import type { Rule, RuleInput, Sighting } from "./rule.ts";

const MAX_SNIPPET = 160;

/** Findings of all rules by path, line, column and rule; none is suppressed yet. */
export function judgeFindings(input: RuleInput, judged: readonly Rule[] = rules): Finding[] {
  return judged.flatMap((rule) => judgeRule(rule, input)).sort(bySource);
}

function judgeRule(rule: Rule, input: RuleInput): Finding[] {
  const thresholds = { ...rule.thresholds, ...input.thresholds };
  const sightings = rule.judge({ ...input, thresholds });
  if (sightings === "undecided") return [];
  const seen = new Map<string, number>();
  return [...sightings].sort(byPlace).map(({ place, message, related = [] }) => {
    const same = [place.path, place.symbol, place.code].join("\0");
    const nth = seen.get(same) ?? 0;
    seen.set(same, nth + 1);
    const { path, line, column, endLine, endColumn } = place;
    return {
      rule: rule.id,
      severity: rule.severity,
      path,
      line,
      column,
      endLine,
      endColumn,
      symbol: place.symbol,
      snippet: snippetOf(place.code),
      message,
      related,
      fingerprint: fingerprint(rule.id, place, nth),
      suppressed: false,
      suppression: null,
    };
  });
}

function byPlace({ place: left }: Sighting, { place: right }: Sighting): number {
  return compareText(left.path, right.path) || left.line - right.line || left.column - right.column;
}

function bySource(left: Finding, right: Finding): number {
  return (
    compareText(left.path, right.path) ||
    left.line - right.line ||
    left.column - right.column ||
    compareText(left.rule, right.rule) ||
    compareText(left.message, right.message)
  );
}

/** Enough to know an expression by; what secrets it holds stay out of reports and baselines. */
function snippetOf(code: string): string {
  const safe = redact(code);
  return safe.length > MAX_SNIPPET ? `${safe.slice(0, MAX_SNIPPET)}…` : safe;
}
