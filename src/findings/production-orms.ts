import type { Place } from "../model/async-facts.ts";
import type { OrmUse, ProjectSignals } from "../model/report.ts";

/** ORMs that production code runs on, the primary one first. */
export function productionOrms({ orms }: Pick<ProjectSignals, "orms">): OrmUse[] {
  const order = (role: OrmUse["role"]): number => (role === "primary" ? 0 : 1);
  return orms
    .filter(({ role }) => role === "primary" || role === "secondary")
    .sort((left, right) => order(left.role) - order(right.role));
}

/** Where a fact about the whole project is shown: the first place that gives evidence of it. `code` is what makes it known again. */
export function projectPlace(
  evidence: readonly { readonly path: string; readonly line: number }[],
  code: string,
): Place | null {
  const [first] = evidence;
  if (first === undefined) return null;
  const { path, line } = first;
  return { path, line, column: 1, endLine: line, endColumn: 2, symbol: null, code };
}
