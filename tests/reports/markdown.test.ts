import { describe, expect, it } from "vitest";
import type { ProjectReport, Report } from "../../src/model/report.ts";
import { markdown } from "../../src/reports/markdown.ts";
import { accepted, excused, finding, reportOf } from "./findings-report.ts";
import { HOSTILE_TEXTS, reportSaying } from "./hostile-report.ts";
import { apiProject, emptyReport, sampleReport, singleReport } from "./sample-report.ts";

const options = { color: false, width: 80, verbose: false };
const render = (report: Report, maxLength?: number) =>
  markdown.render(report, maxLength === undefined ? options : { ...options, maxLength });

/** What remains of a Markdown text for a renderer to act on: code and escapes taken out. */
function active(rendered: string): string {
  return rendered
    .replace(/&(?:#8203|amp|lt|gt);/gu, "\u00a0")
    .replace(/\\[\\`*_{}[\]|~$#+=-]/gu, "")
    .replace(/`[^`\n]*`/gu, "")
    .replace(/<code>[^<\n]*<\/code>/gu, "");
}

describe("markdown", () => {
  it("reads as intended", () => {
    expect(render(singleReport)).toMatchSnapshot("one project");
    expect(render(sampleReport)).toMatchSnapshot("two projects");
    expect(render(emptyReport)).toMatchSnapshot("empty");
  });

  it("starts with the line by which its comment is found again", () => {
    for (const report of [singleReport, sampleReport, emptyReport])
      expect(render(report).split("\n")[0]).toBe("<!-- ormverdict -->");
  });

  it("names every finding that counts before those that do not, which are told with their reason or counted", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...accepted,
      path: "app/a.py",
      line: index + 1,
    }));
    const unchanged = { ...accepted, suppression: { kind: "unchanged", reason: null } } as const;
    const late = finding({ path: "app/z.py", severity: "note" });
    const rendered = render(reportOf([...many, unchanged, excused, late]));
    expect(rendered).toContain("`app/z.py:21` note `query-in-loop`: ");
    expect(rendered).toContain("(suppressed: three rows at most)");
    expect(rendered).toContain("\n- 60 accepted in the baseline\n- 1 in unchanged code\n");
    expect(rendered).not.toContain("app/a.py");
  });

  it("has the choice in its title", () => {
    expect(render(singleReport)).toMatch(/^## ORM verdict: SQLAlchemy, stay with it$/mu);
    expect(render(sampleReport)).toMatch(/^## ORM verdict: 2 projects$/mu);
  });

  it("shows contributions that add up to the margin", () => {
    const rows = render(singleReport).match(/^\| (?:for|against|\*\*sum\*\*) \|.*$/gmu) ?? [];
    const amounts = rows.map((row) => Number(row.split(" | ")[2]?.replaceAll("*", "")));
    const sum = amounts.pop();
    expect(amounts.length).toBe(7);
    expect(amounts.reduce((total, amount) => total + Math.round(amount * 100), 0) / 100).toBe(sum);
    expect(sum).toBeCloseTo(apiProject.verdict.margin, 2);
  });

  it("names the places of every reason", () => {
    const rendered = render(sampleReport);
    for (const { verdict } of sampleReport.projects) {
      for (const { path, line } of [...verdict.reasons, ...verdict.against].flatMap(
        (reason) => reason.evidence,
      ))
        expect(rendered).toContain(`\`${path}:${line}\``);
    }
  });

  it("answers the ten rows", () => {
    const rendered = render(singleReport);
    for (const { row, here } of apiProject.comparison) {
      expect(rendered).toContain(`| **${row}** |`);
      expect(rendered.replaceAll("\\", "")).toContain(here);
    }
  });

  it("says what was not seen", () => {
    const rendered = render(singleReport);
    expect(rendered).toContain("**Not seen** (1 Python 2 file):");
    expect(rendered).toContain("- queries: 11 sessions are of unknown type");
    expect(rendered).toContain("`services/api/app/legacy/old.py:3` python2: This file is Python 2");
  });
});

describe("markdown within a limit", () => {
  const many: Report = {
    ...sampleReport,
    projects: Array.from(
      { length: 30 },
      (_, index): ProjectReport => ({
        ...apiProject,
        root: `services/number-${String(index).padStart(3, "0")}`,
      }),
    ),
  };

  it("says what it cut, and cuts the least important first", () => {
    const findings = apiProject.findings.flatMap((finding) => Array.from({ length: 40 }, () => finding));
    const report = { ...singleReport, projects: [{ ...apiProject, findings }] };
    const whole = render(report);
    const cut = render(report, 4_500);
    expect(whole.length).toBeGreaterThan(4_500);
    expect(whole).not.toContain("Cut to stay within");
    expect(cut.length).toBeLessThanOrEqual(4_500);
    expect(cut).toMatch(
      /^_Cut to stay within 4500 characters: .*findings.* JSON reports hold everything\._$/mu,
    );
    expect(cut).not.toContain("<summary>Findings");
    expect(cut).toContain("| **sum** |");
    expect(cut).toContain("**Not seen**");
    expect(cut).toContain("Hardest:");
  });

  it("cuts whole sections", () => {
    const rendered = render(many);
    expect(rendered.match(/<details>/gu)?.length).toBe(rendered.match(/<\/details>/gu)?.length);
  });

  it("stays below what GitHub takes, whatever the report", () => {
    const rendered = render(many);
    expect(rendered.length).toBeLessThanOrEqual(65_000);
    expect(rendered).toContain("Cut to stay within 65000 characters");
    expect(rendered).toContain("| `services/number-000` |");
    for (const maxLength of [0, 4_000, 10_000, 30_000]) {
      const limit = Math.max(4_000, maxLength);
      expect(render(many, maxLength).length).toBeLessThanOrEqual(limit);
      for (const hostile of HOSTILE_TEXTS)
        expect(render(reportSaying(hostile.repeat(30)), maxLength).length, hostile).toBeLessThanOrEqual(
          limit,
        );
    }
  });
});

describe("markdown from a hostile repository", () => {
  const render = (report: Report) => markdown.render(report, { ...options, maxLength: 10_000_000 });

  it("keeps the shape of the report", () => {
    const shape = (report: Report) =>
      render(report)
        .split("\n")
        .map((line) => /^(?:#+ |\| |- |<\/?details>|<summary>|<sub>|<!--)/u.exec(line)?.[0] ?? "");
    const expected = shape(reportSaying("harmless"));
    for (const hostile of HOSTILE_TEXTS.filter((text) => text.trim() !== ""))
      expect(shape(reportSaying(hostile)), hostile).toEqual(expected);
  });

  it("keeps the columns of its tables", () => {
    const columns = (report: Report) =>
      render(report)
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((line) => line.replace(/\\\|/gu, "").split("|").length);
    const expected = columns(reportSaying("harmless"));
    for (const hostile of HOSTILE_TEXTS) expect(columns(reportSaying(hostile)), hostile).toEqual(expected);
  });

  it("lets through no element, link, image, mention, reference or emphasis", () => {
    for (const hostile of HOSTILE_TEXTS) {
      const left = active(render(reportSaying(hostile)));
      const elements = left.match(/<[a-z!/][^>]*>/giu) ?? [];
      const ours = /^<(?:br|sub|\/sub|details|\/details|summary|\/summary|!-- ormverdict --)>$/u;
      expect(
        elements.filter((element) => !ours.test(element)),
        hostile,
      ).toEqual([]);
      expect(left, hostile).not.toMatch(/\]\(|\]:|@\w|#\d|GH-\d|:\/\/|www\.|mailto:/iu);
      const marks = left.replace(/\*\*[^*\n]*\*\*/gu, "").match(/.{0,20}[*`~$[\]].{0,20}/gu);
      expect(marks, hostile).toBeNull();
    }
  });

  it("lets no control or reordering character through", () => {
    for (const hostile of HOSTILE_TEXTS)
      expect(render(reportSaying(hostile)).replaceAll("\n", ""), hostile).not.toMatch(
        /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u,
      );
  });
});
