// Accepted findings: written once, matched by what they are and not by where they stand, and dropped when they are gone.
import type { Baseline, BaselineEntry, BaselineProject, BaselineState, Gate } from "../model/gate.ts";
import type { Finding, ProjectReport } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { followRenames } from "./moved-entries.ts";
import { suppress } from "./suppress.ts";

type Key = Pick<BaselineEntry, "rule" | "path" | "symbol" | "snippet">;

function keyOf({ rule, path, symbol, snippet }: Key): string {
  return JSON.stringify([path, rule, symbol, snippet]);
}

/** Takes accepted findings out of account, of equal ones the first so many as were accepted. */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  isThere: (path: string) => boolean,
): Finding[] {
  const counted = findings.filter(({ suppressed }) => !suppressed);
  const left = new Map<string, number>();
  for (const entry of followRenames(baseline.findings, counted, isThere))
    left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count);
  return findings.map((finding) => {
    const open = left.get(keyOf(finding)) ?? 0;
    if (finding.suppressed || open === 0) return finding;
    left.set(keyOf(finding), open - 1);
    return suppress(finding, { kind: "baseline", reason: null });
  });
}

/** The baseline that accepts what counts now. Findings that a comment suppresses need no second permission. */
export function makeBaseline(projects: readonly ProjectReport[]): Baseline {
  return { projects: projects.map(agreedOn), findings: countEntries(acceptable(projects)) };
}

/**
 * How a baseline stands against a scan.
 *
 * @param read paths that the scan read in full: findings in others may still be there, unseen.
 */
export function stateOfBaseline(
  projects: readonly ProjectReport[],
  gate: Gate | null,
  read: ReadonlySet<string>,
): BaselineState {
  const current = makeBaseline(projects);
  if (!gate?.baseline) return { current, shrunk: null, gone: 0, moved: 0 };
  const accepted = gate.baseline.findings;
  const isThere = (path: string): boolean => read.has(path) || gate.exists(path);
  const followed = followRenames(accepted, acceptable(projects), isThere);
  const now = new Map(current.findings.map((entry) => [keyOf(entry), entry.count]));
  const kept = followed.flatMap((entry) => {
    const isUnseen = !read.has(entry.path) && gate.exists(entry.path);
    const count = isUnseen ? entry.count : Math.min(entry.count, now.get(keyOf(entry)) ?? 0);
    return count === 0 ? [] : [{ ...entry, count }];
  });
  const gone = total(accepted) - total(kept);
  const moved = total(followed.filter(({ path }, index) => path !== accepted[index]?.path));
  const isSame = gone === 0 && moved === 0;
  return { current, shrunk: isSame ? null : { ...gate.baseline, findings: kept }, gone, moved };
}

/** The text of the file: one entry a line, sorted, so that branches merge. */
export function writeBaseline({ projects, findings }: Baseline): string {
  const sorted = {
    projects: [...projects].sort((left, right) => compareText(left.root, right.root)),
    findings: [...findings].sort((left, right) => compareText(keyOf(left), keyOf(right))),
  };
  const lines = (entries: readonly object[]): string =>
    entries.length === 0
      ? "[]"
      : `[\n${entries.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "projects": ${lines(sorted.projects)},\n  "findings": ${lines(sorted.findings)}\n}\n`;
}

function acceptable(projects: readonly ProjectReport[]): Finding[] {
  return projects.flatMap(({ findings }) =>
    findings.filter(({ suppression }) => suppression?.kind !== "comment"),
  );
}

function countEntries(findings: readonly Finding[]): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const { rule, path, symbol, snippet } = finding;
    const count = (entries.get(keyOf(finding))?.count ?? 0) + 1;
    entries.set(keyOf(finding), { path, rule, symbol, snippet, count });
  }
  return [...entries.values()].sort((left, right) => compareText(keyOf(left), keyOf(right)));
}

function agreedOn({ root, verdict, orms }: ProjectReport): BaselineProject {
  const { choice, stance, confidence } = verdict;
  const used = orms.filter(({ role }) => role === "primary" || role === "secondary").map(({ name }) => name);
  return { root, choice, stance, confidence, orms: used.sort(compareText) };
}

function total(entries: readonly BaselineEntry[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}
