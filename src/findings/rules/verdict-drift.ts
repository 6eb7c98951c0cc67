import { productionOrms, projectPlace } from "../production-orms.ts";
import type { Rule } from "../rule.ts";

export const verdictDrift: Rule = {
  id: "verdict-drift",
  severity: "warning",
  title: "The verdict on a project is no longer the one in its baseline",
  why: `The verdict rests on how the code is written. When a change turns it (another ORM fits, another thing is to be done about it) or
makes it much less sure, the ground under an earlier decision has moved, and it is better to know while the change is small. How much
confidence may be lost is the threshold \`confidence-loss\`.`,
  advice: `Read \`ormverdict scan\` to see which reasons changed. If the new verdict is what the team wants, write the baseline again.`,
  needsBaseline: true,
  examples: {
    bad: [
      `from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=100)

def titles():
    return list(Book.objects.values_list("title"))
`,
    ],
    good: ["def add(left, right):\n    return left + right\n"],
  },
  thresholds: { confidenceLoss: 0.15 },
  judge: ({ signals, verdict, agreed, thresholds }) => {
    if (agreed === null) return [];
    const says = driftOf(verdict, agreed, thresholds.confidenceLoss ?? 0);
    if (says === null) return [];
    const [reason] = verdict.reasons;
    const evidence = [
      ...(reason?.evidence ?? []),
      ...productionOrms(signals).flatMap((orm) => orm.evidence),
      ...signals.frameworks.flatMap((framework) => framework.evidence),
    ];
    const place = projectPlace(evidence, "verdict");
    return place === null ? [] : [{ place, message: says }];
  },
};

interface Judged {
  readonly choice: string;
  readonly stance: string;
  readonly confidence: number;
}

function driftOf(now: Judged, before: Judged, loss: number): string | null {
  if (now.choice !== before.choice) return `the verdict changed from ${before.choice} to ${now.choice}`;
  if (now.stance !== before.stance)
    return `the advice changed from ${before.stance} to ${now.stance} (${now.choice})`;
  // Rounded, so that 0.8 − 0.65 is no more than 0.15.
  const lost = Math.round((before.confidence - now.confidence) * 1000) / 1000;
  if (lost <= loss) return null;
  return `confidence in ${now.choice} fell from ${before.confidence.toFixed(2)} to ${now.confidence.toFixed(2)}`;
}
