import { foundationsOf } from "../knowledge/frameworks.ts";
import type { FrameworkUse, ProjectSignals } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";

export interface RunningFrameworks {
  readonly django: readonly FrameworkUse[];
  readonly others: readonly FrameworkUse[];
}

/** The frameworks that production code runs on: Django, or what is built on it, apart from the rest. */
export function runningFrameworks(signals: ProjectSignals): RunningFrameworks {
  const running = signals.frameworks
    .filter((framework) => framework.role === "runs-on")
    .toSorted((a, b) => compareText(a.name, b.name));
  return {
    django: running.filter((framework) => isDjango(framework)),
    others: running.filter((framework) => !isDjango(framework)),
  };
}

function isDjango({ name }: FrameworkUse): boolean {
  return name === "django" || foundationsOf(name).includes("django");
}
