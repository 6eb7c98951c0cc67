// SARIF 2.1.0 as GitHub code scanning reads it. Its limits are kept: of a run it shows 5,000 results, of a result 100 locations, of a
// description 1,024 characters (GitHub docs: "SARIF support for code scanning", "SARIF results exceed one or more limits"). Results are
// sorted so that a cut loses the least.
import type { Finding, Location, Report } from "../model/report.ts";
import { compareText } from "../text/compare-text.ts";
import { plainText } from "../text/plain-text.ts";
import { findingsByWeight } from "./open-findings.ts";
import type { RenderOptions, Reporter } from "./reporter.ts";
import type { RuleText } from "./rule-text.ts";
import { shownPath } from "./shown-path.ts";
import { uriOf } from "./uri-of.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const MAX_RESULTS = 5_000;
const MAX_RELATED = 50;
const MAX_DESCRIPTION = 1_000;

function render(report: Report, options: RenderOptions): string {
  const all = findingsByWeight(report).filter(({ suppression }) => suppression?.kind !== "unchanged");
  const results = all.slice(0, MAX_RESULTS);
  const rules = rulesOf(results, options.rules ?? []);
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            semanticVersion: report.tool.version,
            rules: rules.map(ruleOf),
          },
        },
        columnKind: "unicodeCodePoints",
        automationDetails: { id: "ormverdict/" },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report, all) }],
        results: results.map((finding) => resultOf(finding, indexOf, options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 1)}\n`;
}

/** All rules, and those of findings that the caller did not describe. */
function rulesOf(findings: readonly Finding[], known: readonly RuleText[]): RuleText[] {
  const byId = new Map(known.map((rule) => [rule.id, rule]));
  for (const { rule, severity } of findings) {
    if (byId.has(rule)) continue;
    byId.set(rule, {
      id: rule,
      severity,
      title: rule,
      why: rule,
      advice: "",
      examples: { bad: [], good: [] },
    });
  }
  return [...byId.values()].sort((left, right) => compareText(left.id, right.id));
}

function ruleOf(rule: RuleText): object {
  const { id, severity, title, why, advice, offBecause } = rule;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: plainText(title, MAX_DESCRIPTION) || id },
    fullDescription: { text: plainText(why, MAX_DESCRIPTION) || id },
    help: { text: `${why}\n\n${advice}`.trim() || id, markdown: helpOf(rule) || id },
    defaultConfiguration: { ...(offBecause !== undefined && { enabled: false }), level: severity },
    properties: {
      tags: ["database", "orm", "python"],
      precision: "high",
      "problem.severity": severity === "note" ? "recommendation" : severity,
    },
  };
}

function helpOf({ why, advice, examples }: RuleText): string {
  const [bad] = examples.bad;
  const [good] = examples.good;
  const block = (title: string, code: string | undefined): string[] =>
    code === undefined ? [] : [title, `\`\`\`python\n${code.trimEnd()}\n\`\`\``];
  return [why, advice, ...block("Flagged:", bad), ...block("Not flagged:", good)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase()).slice(0, 255);
}

function resultOf(finding: Finding, indexOf: ReadonlyMap<string, number>, options: RenderOptions): object {
  const { rule, severity, message, related, suppression } = finding;
  const places = related.slice(0, MAX_RELATED);
  const links = places.map((place, index) => ` [${linkText(place.says)}](${index + 1})`).join(",");
  const suppressions =
    suppression === null
      ? []
      : [
          {
            kind: suppression.kind === "comment" ? "inSource" : "external",
            ...(suppression.reason !== null && { justification: plainText(suppression.reason) }),
          },
        ];
  return {
    ruleId: rule,
    ruleIndex: indexOf.get(rule) ?? 0,
    level: severity,
    message: { text: `${escapeMessage(message) || rule}${links === "" ? "" : `. See${links}`}` },
    locations: [locationOf(finding, regionOf(finding), options)],
    partialFingerprints: { "ormverdict/v1": finding.fingerprint },
    ...(places.length > 0 && {
      relatedLocations: places.map((place, index) => ({
        id: index + 1,
        ...locationOf(place, pointOf(place), options),
        message: { text: plainText(place.says) || "related" },
      })),
      codeFlows: [codeFlow(finding, places, options)],
    }),
    ...(suppressions.length > 0 && { suppressions }),
  };
}

/** The way from the finding through the places that belong to it. */
function codeFlow(finding: Finding, places: readonly Location[], options: RenderOptions): object {
  const start = {
    ...locationOf(finding, regionOf(finding), options),
    message: { text: plainText(finding.message) || finding.rule },
  };
  const steps = places.map((place) => ({
    ...locationOf(place, pointOf(place), options),
    message: { text: plainText(place.says) || "related" },
  }));
  return { threadFlows: [{ locations: [start, ...steps].map((location) => ({ location })) }] };
}

function locationOf({ path }: { readonly path: string }, region: object, options: RenderOptions): object {
  return { physicalLocation: { artifactLocation: { uri: uriOf(shownPath(path, options)) }, region } };
}

/** A pull request shows an alert only when all its lines changed, so a statement over several lines is shown at its first. */
function regionOf({ line, column, endLine, endColumn }: Finding): object {
  const end = endLine === line ? Math.max(endColumn, column + 1) : column + 1;
  return { startLine: line, startColumn: column, endLine: line, endColumn: end };
}

function pointOf({ line, column }: Location): object {
  return { startLine: line, startColumn: column, endLine: line, endColumn: column + 1 };
}

/** SARIF messages have their own markup: brackets make links, braces placeholders. */
function escapeMessage(message: string): string {
  return plainText(message, MAX_DESCRIPTION)
    .replace(/[\\[\]]/g, "\\$&")
    .replace(/[{}]/g, "$&$&");
}

function linkText(says: string): string {
  return escapeMessage(says) || "related";
}

/** What was cut and what could not be read: never dropped without a word. */
function notifications({ problems }: Report, all: readonly Finding[]): object[] {
  const notes = [
    ...(all.length > MAX_RESULTS
      ? [`${all.length - MAX_RESULTS} of ${all.length} findings were left out, the least severe first.`]
      : []),
    ...(problems.length > 0
      ? [`${problems.length} problems while reading; the text and JSON reports list them.`]
      : []),
  ];
  return notes.map((text) => ({ level: "warning", message: { text } }));
}

/** Findings for code scanning. */
export const sarif: Reporter = {
  name: "sarif",
  mediaType: "application/sarif+json",
  describe: "findings as SARIF 2.1.0, for code scanning",
  subject: "findings",
  forRepository: true,
  render,
};
