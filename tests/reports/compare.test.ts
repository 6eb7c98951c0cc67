import { describe, expect, it } from "vitest";
import type { ProjectReport, Report } from "../../src/model/report.ts";
import { changesBetween, isUnchanged } from "../../src/reports/changes-between.ts";
import { compareAsMarkdown } from "../../src/reports/compare-markdown.ts";
import { compareAsText } from "../../src/reports/compare-text.ts";
import { HOSTILE_TEXTS, reportSaying } from "./hostile-report.ts";
import { apiProject, emptyReport, sampleReport, singleReport } from "./sample-report.ts";

const look = { color: false, width: 80 };
const reportOf = (...projects: ProjectReport[]): Report => ({ ...sampleReport, projects });
const changesOf = (before: ProjectReport, after: ProjectReport) => {
  const [changes] = changesBetween(reportOf(before), reportOf(after)).projects;
  if (changes === undefined) throw new Error("no project was compared");
  return changes;
};
const [query] = apiProject.queries.items.filter(({ tier }) => tier !== "crud");
if (query === undefined) throw new Error("the sample has no query beyond CRUD");
const withQueries = (items: ProjectReport["queries"]["items"]): ProjectReport => ({
  ...apiProject,
  queries: { ...apiProject.queries, items },
});

describe("changesBetween", () => {
  it("finds nothing between a report and itself, and says so", () => {
    const { projects, problems, tool } = changesBetween(sampleReport, sampleReport);
    expect(projects.every(isUnchanged)).toBe(true);
    expect([problems, tool]).toEqual([null, null]);
    expect(compareAsText(sampleReport, sampleReport, look)).toBe(
      "2 projects: 0 verdicts moved, 2 without any change.\n",
    );
  });

  it("tells projects that came and went from those that stayed", () => {
    const moved = changesBetween(emptyReport, singleReport).projects;
    expect(moved).toMatchObject([{ root: apiProject.root, status: "added", weighing: [] }]);
    expect(changesBetween(singleReport, emptyReport).projects).toMatchObject([{ status: "removed" }]);
  });

  it("finds each figure that moved, and no other", () => {
    const after: ProjectReport = {
      ...apiProject,
      models: { ...apiProject.models, total: apiProject.models.total + 2 },
      verdict: { ...apiProject.verdict, choice: "either", confidence: 0.61 },
      criteria: apiProject.criteria.map((one, index) => (index === 0 ? { ...one, contribution: 1.5 } : one)),
    };
    const { verdict, weighing, signals } = changesOf(apiProject, after);
    expect(verdict.after).not.toBe(verdict.before);
    expect(weighing.map(({ what }) => what)).toEqual(["confidence", apiProject.criteria[0]?.id]);
    expect(weighing[0]).toEqual({ what: "confidence", before: "0.93", after: "0.61" });
    const total = apiProject.models.total;
    expect(signals).toEqual([{ what: "models", before: String(total), after: String(total + 2) }]);
  });

  it("knows a query whose line moved, and counts those alike", () => {
    const lower = { ...query, line: query.line + 40, endLine: query.endLine + 40 };
    expect(changesOf(withQueries([query]), withQueries([lower])).queries).toEqual({ come: [], gone: [] });
    expect(changesOf(withQueries([query]), withQueries([query, lower])).queries.come).toHaveLength(1);
    const other = { ...query, features: [...query.features, { name: "window", line: query.line }] };
    expect(changesOf(withQueries([query]), withQueries([other])).queries).toEqual({
      come: [other],
      gone: [query],
    });
  });

  it("counts a finding that was suppressed as gone", () => {
    const [finding] = apiProject.findings.filter(({ suppressed }) => !suppressed);
    if (finding === undefined) throw new Error("the sample has no open finding");
    const was = { ...apiProject, findings: [finding] };
    const is = { ...apiProject, findings: [{ ...finding, suppressed: true }] };
    expect(changesOf(was, is).findings).toEqual({ come: [], gone: [finding] });
  });
});

describe("a comparison", () => {
  const moved: ProjectReport = {
    ...withQueries([]),
    verdict: { ...apiProject.verdict, choice: "django-orm", stance: "move", margin: -1 },
    findings: [],
  };
  const tool = { name: "ormverdict", version: "9.9.9" } as const;

  it("reads as intended", () => {
    const after = { ...reportOf(moved), tool };
    expect(compareAsText(sampleReport, after, look)).toMatchSnapshot("text");
    expect(compareAsMarkdown(sampleReport, after)).toMatchSnapshot("markdown");
  });

  it.each(HOSTILE_TEXTS)("lets nothing of a repository through: %j", (text) => {
    const hostile = reportSaying(text);
    const shown = compareAsText(singleReport, hostile, look);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is there is what is tested
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    const markdown = compareAsMarkdown(singleReport, hostile);
    expect(markdown).not.toMatch(/<(?:script|img|a )|(?<!\\)\]\(|(?<![\w&#;])@\w/u);
  });
});
