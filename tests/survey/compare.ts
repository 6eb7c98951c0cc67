import type { Evidence, ProjectReport, Report } from "../../src/index.ts";
import { compareText } from "../../src/text/compare-text.ts";
import type { Expectation } from "./record.ts";

export const FIELDS = [
  "frameworks",
  "primaryOrm",
  "choice",
  "greenfield",
  "stance",
  "databaseAccess",
] as const;
export type Field = (typeof FIELDS)[number];

export interface Comparison {
  readonly field: Field;
  readonly expected: string;
  readonly got: string;
  readonly isRight: boolean;
  /** What the report gave as its reason, most telling first. */
  readonly because: readonly string[];
}

/** Holds a report against an expectation, one comparison for each field that is stated. */
export function compareReport(expected: Expectation, report: Report): Comparison[] {
  const main = mainProject(report);
  const { choices, databaseAccess, greenfield, stance } = expected;
  return [
    compareFrameworks(expected, report, main),
    comparePrimaryOrm(expected, main),
    ...(choices.length > 0
      ? [compareOne("choice", choices, main?.verdict.choice, () => verdictReasons(main))]
      : []),
    ...(greenfield !== undefined
      ? [compareOne("greenfield", [greenfield], main?.verdict.greenfield, () => [])]
      : []),
    ...(stance !== undefined ? [compareOne("stance", [stance], main?.verdict.stance, () => [])] : []),
    ...(databaseAccess !== undefined
      ? [
          compareOne("databaseAccess", [databaseAccess], main?.async.databaseAccess, () =>
            accessReasons(main),
          ),
        ]
      : []),
  ];
}

/** The project an expectation is about: the largest, and of equals the first. */
export function mainProject(report: Report): ProjectReport | null {
  return report.projects.reduce<ProjectReport | null>(
    (best, one) => (best === null || one.size.lines > best.size.lines ? one : best),
    null,
  );
}

function compareOne(
  field: Field,
  expected: readonly string[],
  got: string | undefined,
  because: () => readonly string[],
): Comparison {
  const isRight = got !== undefined && expected.includes(got);
  const named = { field, expected: expected.join(" or "), got: got ?? "no project found", isRight };
  return { ...named, because: isRight ? [] : because() };
}

function compareFrameworks(expected: Expectation, report: Report, main: ProjectReport | null): Comparison {
  const wanted = Object.keys(expected.frameworks).filter((name) => expected.frameworks[name] === "runs-on");
  const ofMain = runsOn(main === null ? [] : [main]);
  const ofAll = runsOn(report.projects);
  const isOfAll = expected.frameworksOfAll === true && listOf(ofAll) === listOf(wanted);
  const seen = new Set([...wanted, ...ofMain]);
  const because = [...seen].sort(compareText).flatMap((name) => frameworkReasons(name, wanted, main));
  const isRight = main !== null && (isOfAll || listOf(ofMain) === listOf(wanted));
  return {
    field: "frameworks",
    expected: listOf(wanted),
    got: main === null ? "no project found" : listOf(ofMain),
    isRight,
    because: isRight ? [] : because,
  };
}

function runsOn(projects: readonly ProjectReport[]): string[] {
  const uses = projects.flatMap(({ frameworks }) => frameworks.filter(({ role }) => role === "runs-on"));
  return [...new Set(uses.map(({ name }) => name))];
}

/** Why a framework was called what it was called; nothing for one that is right. */
function frameworkReasons(name: string, wanted: readonly string[], main: ProjectReport | null): string[] {
  const use = main?.frameworks.find((one) => one.name === name);
  if (use === undefined) return [`${name}: not seen`];
  if ((use.role === "runs-on") === wanted.includes(name)) return [];
  return placesOf(use.evidence).map((place) => `${name}, ${use.role}: ${place}`);
}

function comparePrimaryOrm(expected: Expectation, main: ProjectReport | null): Comparison {
  const primary = main?.orms.find(({ role }) => role === "primary");
  const others = main?.orms.filter(({ role }) => role !== "primary") ?? [];
  return compareOne(
    "primaryOrm",
    [expected.primaryOrm ?? "none"],
    main === null ? undefined : (primary?.name ?? "none"),
    () => [
      ...placesOf(primary?.evidence ?? []),
      ...others.map(
        ({ evidence, name, role }) => `${name}, ${role}: ${placesOf(evidence)[0] ?? "no evidence"}`,
      ),
    ],
  );
}

function verdictReasons(main: ProjectReport | null): string[] {
  if (main === null) return [];
  const { against, confidence, margin, reasons, says } = main.verdict;
  const lines = [`${says} (confidence ${confidence}, margin ${margin})`];
  return [
    ...lines,
    ...reasons.slice(0, 3).map((one) => `for: ${one.says}`),
    ...against.slice(0, 2).map((one) => `against: ${one.says}`),
  ];
}

function accessReasons(main: ProjectReport | null): string[] {
  if (main === null) return [];
  const { access, evidence } = main.async;
  const counts = Object.entries(access).map(([name, count]) => `${name} ${count}`);
  return [counts.join(", "), ...placesOf(evidence)];
}

function placesOf(evidence: readonly Evidence[]): string[] {
  return evidence.slice(0, 3).map(({ line, path, says }) => `${path}:${line} ${says}`);
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? "none" : [...names].sort(compareText).join(", ");
}
