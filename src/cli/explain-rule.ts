import type { Rule } from "../index.ts";

/** What a rule is, for a person. */
export function explainRule(rule: Rule): string {
  const [bad] = rule.examples.bad;
  const [good] = rule.examples.good;
  return [
    `${rule.id}: ${rule.title} (${rule.severity})`,
    "",
    ...(rule.offBecause === undefined ? [] : [`Off by default: ${rule.offBecause}.`, ""]),
    rule.why,
    rule.advice,
    ...(bad === undefined ? [] : ["", "Flagged:", indent(bad)]),
    ...(good === undefined ? [] : ["", "Not flagged:", indent(good)]),
    "",
  ].join("\n");
}

function indent(code: string): string {
  return code.trimEnd().replace(/^(?=.)/gm, "    ");
}
