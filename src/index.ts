// The public face of the library, and all that the command line sees. The pipeline and the schemas are loaded when they are first
// needed: reading the help must not cost a grammar.
import type { ConfigRequest, KnownNames, LoadedConfig } from "./config/config-request.ts";
import { loadConfig as load } from "./config/load-config.ts";
import { parseAssumptions as parse } from "./config/parse-assumption.ts";
import { rules } from "./findings/index.ts";
import { featureSupport, type Support } from "./knowledge/feature-support.ts";
import type { ChangedLines } from "./model/gate.ts";
import type { ProjectReport, Query, Report } from "./model/report.ts";
import { reporters } from "./reports/index.ts";
import type { CheckedScan, ScanRequest } from "./scan.ts";
import { assumptionKinds } from "./verdict/assumptions.ts";
import { criteria } from "./verdict/criteria/index.ts";
import { defaultThresholds } from "./verdict/thresholds.ts";

export type { ConfigRequest, LoadedConfig } from "./config/config-request.ts";
export { parseFormat } from "./config/parse-format.ts";
export { parseFailOn, parseMaxFindings } from "./config/parse-gate.ts";
export { parseJobs } from "./config/parse-jobs.ts";
export { writeBaseline } from "./findings/baseline.ts";
export { readBaseline } from "./findings/read-baseline.ts";
export type { Rule } from "./findings/rule.ts";
export type { Config, FormatTarget, RuleSetting } from "./model/config.ts";
export type { Baseline, BaselineState, ChangedLines, Gate } from "./model/gate.ts";
export type * from "./model/report.ts";
export { UsageError } from "./model/usage-error.ts";
export { VERSION } from "./model/version.ts";
export { checkText } from "./reports/check-text.ts";
export { compareAsMarkdown } from "./reports/compare-markdown.ts";
export { compareAsText } from "./reports/compare-text.ts";
export { explainCriterion } from "./reports/explain-criterion.ts";
export { explainQuery } from "./reports/explain-query.ts";
export { readReport } from "./reports/read-report.ts";
export type { RenderOptions, Reporter } from "./reports/reporter.ts";
export type { CheckedScan, Progress, ScanRequest, ScanWork } from "./scan.ts";
export type { Criterion } from "./verdict/criteria/criterion.ts";
export { criteria, reporters, rules };

/** What can be assumed, by key. */
export const assumptionKeys: readonly string[] = assumptionKinds.map(({ key }) => key);

/** Names that configuration may use, so that a misspelt one is an error and editors can offer the right ones. */
const KNOWN: KnownNames = {
  formats: reporters.map(({ name }) => name),
  criteria: criteria.map(({ id }) => id),
  rules: rules.map(({ id }) => id),
  thresholds: [defaultThresholds, ...rules.map(({ thresholds = {} }) => thresholds)].flatMap((limits) =>
    Object.keys(limits),
  ),
  assumptions: assumptionKinds.map(({ key, values, read }) => ({
    key,
    values,
    accepts: (value) => read(value) !== null,
  })),
};

/** Reads what `--assume` was given. Throws UsageError for what cannot be assumed. */
export function parseAssumptions(written: readonly string[]): Record<string, string> {
  return parse(written, "--assume", KNOWN.assumptions);
}

/** Scans folders and gives the report; see ScanRequest. */
export async function scan(request: ScanRequest): Promise<Report> {
  return (await import("./scan.ts")).scan(request);
}

/** Scans folders, and says how the baseline of each stands against what was found; see ScanRequest. */
export async function scanForCheck(request: ScanRequest): Promise<CheckedScan> {
  return (await import("./scan.ts")).scanForCheck(request);
}

/** Lines of a folder's work tree that changed since its branch left a revision. Throws UsageError where git cannot tell. */
export async function changedLines(folder: string, revision: string): Promise<ChangedLines> {
  return (await import("./files/changed-lines.ts")).changedLines(folder, revision);
}

/** Finds and merges the configuration of each path. Throws UsageError where it cannot be meant as written. */
export function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  return load(request, KNOWN);
}

/** What is known of the features of a project's query, in the versions and on the database that the project uses. */
export function supportOf(query: Query, project: ProjectReport): Support[] {
  const sqlalchemy = project.orms.find(({ name }) => name.startsWith("sqlalchemy"));
  const django = project.frameworks.find(({ name }) => name === "django");
  const versions = {
    django: django?.version ?? null,
    sqlalchemy: sqlalchemy?.version ?? null,
    engine: project.databases.items[0]?.engine ?? null,
  };
  const names = [...new Set(query.features.map(({ name }) => name))];
  return names.map((name) => featureSupport(name, query.operation, versions));
}

/** The JSON Schema of the report or of the configuration. */
export async function jsonSchema(kind: "report" | "config"): Promise<object> {
  if (kind === "report") return (await import("./model/report.schema.ts")).reportJsonSchema();
  return (await import("./config/config.schema.ts")).configJsonSchema(KNOWN);
}
