// The obvious alternatives to what was found, each an assumption that a reader can make with --assume, judged like any other.

import type { ProjectSignals, WhatIf } from "../model/report.ts";
import { type Answer, answer, type Policy } from "./answer.ts";
import { assuming, readAssumptions } from "./assumptions.ts";
import { relationalDatabases } from "./databases.ts";
import { runningFrameworks } from "./frameworks.ts";

const SEVERAL = 3;
const SOME_MODELS = 10;

/** What the verdict would be under each alternative, in a fixed order; empty where no answer would say anything. */
export function whatIf(signals: ProjectSignals, now: Answer, policy: Policy): readonly WhatIf[] {
  return alternatives(signals, now).flatMap(([key, value]) =>
    readAssumptions({ [key]: value }).map((assumption): WhatIf => {
      const then = answer(assuming(signals, [assumption]), policy);
      const { choice, weighing } = then.chosen;
      return {
        assume: `${key}=${value}`,
        says: assumption.says,
        choice,
        stance: then.stance,
        confidence: then.confidence,
        margin: weighing.margin,
      };
    }),
  );
}

type Alternative = readonly [key: string, value: string];

function alternatives(signals: ProjectSignals, { chosen }: Answer): readonly Alternative[] {
  // Where nothing is stored, the one alternative worth a line is that something were.
  if (chosen.situation.kind === "no-database" || chosen.situation.kind === "only-driver")
    return [["models", String(SOME_MODELS)]];
  if (chosen.situation.kind !== "weigh") return [];
  const { awaited, threaded, syncInAsync } = signals.async.access;
  const isAsync = awaited + threaded + syncInAsync > 0 || signals.async.databaseAccess === "async";
  return [
    ...frameworksInstead(signals),
    ["async", isAsync ? "no" : "yes"],
    ["complexity", "crud"],
    ["complexity", "advanced"],
    ["admin", signals.admin.kind === "none" ? "yes" : "no"],
    ["databases", relationalDatabases(signals).length > 1 ? "1" : String(SEVERAL)],
  ];
}

function frameworksInstead(signals: ProjectSignals): readonly Alternative[] {
  const { django, others } = runningFrameworks(signals);
  if (django.length > 0) return [["framework", "fastapi"]];
  return [["framework", "django"], ...(others.length > 0 ? [["framework", "none"] as const] : [])];
}
