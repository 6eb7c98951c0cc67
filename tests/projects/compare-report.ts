import type { ProblemKind } from "../../src/model/problem.ts";
import type { ProjectReport, Query, Report } from "../../src/model/report.ts";
import { compareText } from "../../src/text/compare-text.ts";
import type { Expectation, ExpectedProject, ExpectedQueries, ExpectedQuery } from "./expectation.ts";

/** Finds the 1-based line on which a text that occurs once in a file starts. */
export type FindLine = (path: string, code: string) => number;

/** Kinds that speak of a file that could not be read; the others speak of what could not be resolved in it. */
const READING = new Set<ProblemKind>([
  "unreadable",
  "too-large",
  "binary",
  "encoding",
  "syntax-error",
  "python2",
  "manifest",
]);

/** Every difference between a report and what a careful reader says, one line each; empty when they agree. */
export function compareReport(expected: Expectation, report: Report, findLine: FindLine): string[] {
  const known = expected.knownMisses ?? [];
  const differences = allDifferences(expected, report, findLine);
  return [
    ...differences.filter((difference) => !known.includes(difference)),
    ...known.filter((miss) => !differences.includes(miss)).map((miss) => `no longer missed: ${miss}`),
  ];
}

function allDifferences(expected: Expectation, report: Report, findLine: FindLine): string[] {
  const roots = Object.keys(expected.projects).sort(compareText);
  const differences = same("projects", roots, report.projects.map(({ root }) => root).sort(compareText));
  for (const root of roots) {
    const wanted = expected.projects[root];
    const found = report.projects.find((project) => project.root === root);
    if (wanted === undefined || found === undefined) continue;
    differences.push(...compareProject(wanted, found, findLine).map((line) => `${root}: ${line}`));
  }
  const problem = ({ path, kind }: { path: string; kind: string }): string => `${path} ${kind}`;
  const reading = report.problems.filter(({ kind }) => READING.has(kind)).map(problem);
  differences.push(
    ...same("problems", expected.problems.map(problem), [...new Set(reading)].sort(compareText)),
  );
  return differences;
}

function compareProject(expected: ExpectedProject, found: ProjectReport, findLine: FindLine): string[] {
  const { databases, admin, migrations } = expected;
  const primary = found.orms.find(({ role }) => role === "primary");
  return [
    ...value("kind", expected.kind, found.kind),
    ...value("name", expected.name, found.name),
    ...names("frameworks", expected.frameworks, roles(found.frameworks)),
    ...names("orms", expected.orms, roles(found.orms)),
    ...value("primaryOrm", expected.primaryOrm ?? "none", primary?.name ?? "none"),
    ...Object.entries(expected.extensions ?? {}).flatMap(([name, wanted]) => {
      const use = found.frameworks.find((framework) => framework.name === name);
      return same(`extensions of ${name}`, wanted, [...(use?.extensions ?? [])].sort(compareText));
    }),
    ...Object.entries(expected.versions ?? {}).flatMap(([name, version]) => {
      const use = [...found.frameworks, ...found.orms].find((one) => one.name === name);
      return value(`version of ${name}`, version, use?.version ?? "none");
    }),
    ...value("databaseAccess", expected.databaseAccess, found.async.databaseAccess),
    ...value("admin.kind", admin?.kind, found.admin.kind),
    ...value("admin.name", admin?.name, found.admin.name ?? "none"),
    ...value("admin.registrations", admin?.registrations, found.admin.registrations),
    ...(migrations === undefined ? [] : names("migrations", migrations, counts(found.migrations.tools))),
    ...(databases === undefined
      ? []
      : same(
          "databases",
          databases,
          found.databases.items.map(({ engine }) => engine ?? "unknown").sort(compareText),
        )),
    ...value("routers", expected.routers, found.databases.routers),
    ...value("models", expected.models, found.models.total),
    ...compareQueries(expected.queries ?? {}, found.queries, findLine),
    ...value("choice", expected.choice, found.verdict.choice),
    ...value("greenfield", expected.greenfield, found.verdict.greenfield),
    ...value("stance", expected.stance, found.verdict.stance),
  ];
}

function compareQueries(
  expected: ExpectedQueries,
  found: ProjectReport["queries"],
  findLine: FindLine,
): string[] {
  const byLayer: Readonly<Record<string, number>> = found.byLayer;
  const byTier: Readonly<Record<string, number>> = found.byTier;
  return [
    ...value("queries.total", expected.total, found.total),
    ...Object.entries(expected.byLayer ?? {}).flatMap(([layer, count]) =>
      value(`queries.byLayer.${layer}`, count, byLayer[layer] ?? 0),
    ),
    ...Object.entries(expected.byTier ?? {}).flatMap(([tier, count]) =>
      value(`queries.byTier.${tier}`, count, byTier[tier] ?? 0),
    ),
    ...(expected.has ?? []).flatMap((query) => missingQuery(query, found.items, findLine)),
    ...(expected.lookalikes ?? []).flatMap(({ path, code }) => {
      const line = findLine(path, code);
      const taken = spanning(found.items, path, line);
      return taken.length === 0 ? [] : [`${path}:${line} "${code}" is no query, but was taken for one`];
    }),
  ];
}

function spanning(items: readonly Query[], path: string, line: number): Query[] {
  return items.filter((item) => item.path === path && item.line <= line && line <= item.endLine);
}

/** What the query nearest to the expected one lacks; nothing when one has it all. */
function missingQuery(expected: ExpectedQuery, items: readonly Query[], findLine: FindLine): string[] {
  const line = findLine(expected.path, expected.code);
  const place = `query ${expected.path}:${line} "${expected.code.trim()}"`;
  const candidates = spanning(items, expected.path, line).map((item) => queryDifferences(expected, item));
  const [nearest] = candidates.sort((left, right) => left.length - right.length);
  if (nearest === undefined) return [`${place} was not found`];
  return nearest.map((difference) => `${place}: ${difference}`);
}

function queryDifferences(expected: ExpectedQuery, found: Query): string[] {
  const has = new Set(found.features.map(({ name }) => name));
  const lacking = (expected.features ?? []).filter((feature) => !has.has(feature));
  return [
    ...value("layer", expected.layer, found.layer),
    ...value("operation", expected.operation, found.operation),
    ...value("model", expected.model, found.model ?? "none"),
    ...value("tier", expected.tier, found.tier),
    ...value("execution", expected.execution, found.execution.kind),
    ...value("threaded", expected.threaded, found.execution.threaded),
    ...value("inAsync", expected.inAsync, found.inAsync),
    ...value("inLoop", expected.inLoop, found.inLoop),
    ...lacking.map((feature) => `lacks the feature ${feature} (it has ${[...has].join(", ") || "none"})`),
  ];
}

function roles(uses: readonly { name: string; role: string }[]): Record<string, string> {
  return Object.fromEntries(uses.map(({ name, role }) => [name, role]));
}

function counts(tools: readonly { tool: string; count: number }[]): Record<string, number> {
  return Object.fromEntries(tools.map(({ tool, count }) => [tool, count]));
}

type Plain = string | number | boolean;

function value(what: string, expected: Plain | undefined, found: Plain): string[] {
  if (expected === undefined || String(expected).split("|").includes(String(found))) return [];
  return [`${what}: expected ${expected}, found ${found}`];
}

/** Strict both ways: each expected name is there with its value, and no other name is. */
function names(
  what: string,
  expected: Readonly<Record<string, Plain>>,
  found: Readonly<Record<string, Plain>>,
): string[] {
  const left = new Map(Object.entries(found));
  const differences: string[] = [];
  for (const [key, wanted] of Object.entries(expected)) {
    const name = key
      .replace(/\?$/, "")
      .split("|")
      .find((one) => left.has(one));
    if (name !== undefined) {
      differences.push(...value(`${what}.${name}`, wanted, left.get(name) ?? "none"));
      left.delete(name);
    } else if (!key.endsWith("?")) differences.push(`${what}: ${key} (${wanted}) was not found`);
  }
  for (const [name, extra] of left) differences.push(`${what}: found ${name} (${extra}), which is not there`);
  return differences;
}

function same(what: string, expected: readonly string[], found: readonly string[]): string[] {
  if (expected.join("\n") === found.join("\n")) return [];
  const show = (list: readonly string[]): string => (list.length === 0 ? "none" : list.join(", "));
  return [`${what}: expected ${show(expected)}; found ${show(found)}`];
}
