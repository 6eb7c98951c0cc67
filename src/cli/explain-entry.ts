import type { Criterion, Rule } from "../index.ts";

/** What a criterion is, for a person. */
export function explainCriterion(criterion: Criterion): string {
  const side = criterion.favours === "sqlalchemy" ? "SQLAlchemy" : "the Django ORM";
  return [
    `${criterion.id}: ${criterion.title}`,
    "",
    `Favours   ${side}, with a weight of ${criterion.weight.toFixed(1)} (weights.${criterion.id} changes it)`,
    `Why       ${criterion.why}`,
    `Measured  ${criterion.measured}`,
    `Source    ${criterion.source}`,
    "",
  ].join("\n");
}

/** What a rule is, for a person. */
export function explainRule(rule: Rule): string {
  const [bad] = rule.examples.bad;
  const [good] = rule.examples.good;
  return [
    `${rule.id}: ${rule.title} (${rule.severity})`,
    "",
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
