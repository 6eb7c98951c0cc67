import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import type { Reason, Report } from "../../src/model/report.ts";
import { text } from "../../src/reports/text.ts";
import { finding } from "./findings-report.ts";
import { HOSTILE_TEXTS, reportSaying } from "./hostile-report.ts";
import { apiProject, emptyReport, sampleReport, shopProject, singleReport } from "./sample-report.ts";

const at80 = { color: false, width: 80, verbose: false };

/** The amounts of each bill in a text report, and the sum below them. */
function bills(rendered: string): readonly { readonly amounts: readonly number[]; readonly sum: number }[] {
  const result: { amounts: number[]; sum: number }[] = [];
  let amounts: number[] = [];
  for (const line of rendered.split("\n")) {
    const match = /^ {2}(for|against|others|because|SQLAlchemy|Django ORM|sum)? +([+-]?\d+\.\d\d) {2}/u.exec(
      line,
    );
    if (match?.[1] === "sum") {
      result.push({ amounts, sum: Number(match[2]) });
      amounts = [];
    } else if (match) amounts.push(Number(match[2]));
  }
  return result;
}

const total = (amounts: readonly number[]) =>
  amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0) / 100;

function withReasons(contributions: readonly number[]): Report {
  const reason = (contribution: number, index: number): Reason => ({
    says: `reason ${index}`,
    contribution,
    evidence: [],
  });
  const all = contributions.map(reason);
  const margin = contributions.reduce((sum, contribution) => sum + contribution, 0);
  const verdict = {
    ...apiProject.verdict,
    margin,
    reasons: all.filter(({ contribution }) => contribution > 0),
    against: all.filter(({ contribution }) => contribution <= 0),
  };
  return { ...singleReport, projects: [{ ...apiProject, criteria: [], verdict }] };
}

describe("text", () => {
  it("reads as intended", () => {
    expect(text.render(singleReport, at80)).toMatchSnapshot("one project");
    expect(text.render(sampleReport, at80)).toMatchSnapshot("two projects");
    expect(text.render(singleReport, { ...at80, width: 120 })).toMatchSnapshot("one project, wide");
    expect(text.render(sampleReport, { ...at80, verbose: true })).toMatchSnapshot("two projects, verbose");
    expect(text.render(emptyReport, at80)).toMatchSnapshot("empty");
  });

  it("shows contributions that add up to the margin", () => {
    for (const verbose of [false, true]) {
      const [api, shop] = bills(text.render(sampleReport, { ...at80, verbose }));
      expect(api?.amounts.length).toBe(verbose ? 7 : 6);
      expect(api && total(api.amounts)).toBe(api?.sum);
      expect(api?.sum).toBeCloseTo(apiProject.verdict.margin, 2);
      expect(shop && total(shop.amounts)).toBe(shop?.sum);
      expect(shop?.sum).toBeCloseTo(shopProject.verdict.margin, 2);
    }
  });

  it("shows contributions that add up whatever they are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { maxLength: 12 }),
        (contributions) => {
          const [bill] = bills(text.render(withReasons(contributions), at80));
          expect(bill && total(bill.amounts)).toBe(bill?.sum);
        },
      ),
    );
  });

  it("sums up criteria that the verdict does not name", () => {
    const [first] = apiProject.verdict.reasons;
    const verdict = { ...apiProject.verdict, reasons: first ? [first] : [] };
    const rendered = text.render({ ...singleReport, projects: [{ ...apiProject, verdict }] }, at80);
    const [bill] = bills(rendered);
    expect(bill && total(bill.amounts)).toBe(bill?.sum);
    expect(rendered).toContain("database access is async: 181 of 204 queries");
  });

  it("says when a margin is not explained by the criteria", () => {
    const verdict = { ...apiProject.verdict, margin: apiProject.verdict.margin + 1 };
    const rendered = text.render({ ...singleReport, projects: [{ ...apiProject, verdict }] }, at80);
    expect(rendered).toContain("+1.00  criteria that are not listed");
  });

  it("keeps a remark that weighs nothing, with its places", () => {
    const evidence = shopProject.queries.items.map(({ path, line }) => ({ path, line, says: "CTE" }));
    const remark = { says: "1 statement to write as raw SQL", contribution: 0, evidence };
    const verdict = { ...apiProject.verdict, reasons: [...apiProject.verdict.reasons, remark] };
    const rendered = text.render({ ...singleReport, projects: [{ ...apiProject, verdict }] }, at80);
    expect(rendered).toMatch(/1 statement to write as raw SQL +shop\/orders\/reports\.py:30/u);
  });

  it("does not let the sum stand for a verdict that rests on something else", () => {
    const remark = { says: "it keeps no data in a relational database", contribution: 0, evidence: [] };
    const verdict = { ...apiProject.verdict, choice: "not-needed", stance: "none" } as const;
    const report = {
      ...singleReport,
      projects: [{ ...apiProject, verdict: { ...verdict, reasons: [remark], against: [] } }],
    };
    const rendered = text.render(report, at80);
    expect(rendered).toMatch(/because +it keeps no data/u);
    expect(rendered).toMatch(/sum +\+6\.53 +not what decided/u);
    const [bill] = bills(rendered);
    expect(bill && total(bill.amounts)).toBe(bill?.sum);
  });

  it("counts calls of coroutines that lead to queries beside the queries that stand in them", () => {
    const reaching = finding({ rule: "blocking-query-reached-from-async", path: "api/orders.py", line: 7 });
    const rendered = (syncInAsync: number, count: number): string => {
      const findings = Array.from({ length: count }, () => reaching);
      const async = { ...apiProject.async, access: { ...apiProject.async.access, syncInAsync } };
      const report = { ...singleReport, projects: [{ ...apiProject, async, findings }] };
      return text.render(report, at80).replace(/\s+/g, " ");
    };
    expect(rendered(2, 0)).toContain("2 queries in coroutines block the event loop");
    expect(rendered(2, 3)).toContain(
      "2 queries in coroutines, and more that coroutines reach through 3 calls, block the event loop",
    );
    expect(rendered(0, 1)).toContain("queries that coroutines reach through 1 call block the event loop");
    expect(rendered(0, 0)).not.toMatch(/in coroutines|that coroutines reach/);
  });

  it("says once what a signal and the verdict both miss", () => {
    const missing = ["queries: 11 sessions are of unknown type"];
    const verdict = { ...apiProject.verdict, missing };
    const rendered = text.render({ ...singleReport, projects: [{ ...apiProject, verdict }] }, at80);
    expect(rendered.split("11 sessions are of unknown type").length).toBe(2);
  });

  it("gives the cost of moving in whole hours", () => {
    const cost = { to: "django-orm", low: 69.5, high: 1224.75, items: [] } as const;
    const verdict = { ...apiProject.verdict, cost };
    const rendered = text.render({ ...singleReport, projects: [{ ...apiProject, verdict }] }, at80);
    expect(rendered).toContain("about 70 to 1,225 hours");
  });

  it("names the place of every reason it shows", () => {
    const rendered = text.render(sampleReport, at80);
    for (const { verdict } of sampleReport.projects) {
      for (const { evidence } of [...verdict.reasons.slice(0, 3), ...verdict.against.slice(0, 3)])
        expect(rendered).toContain(`${evidence[0]?.path}:${evidence[0]?.line}`);
    }
    const verbose = text.render(sampleReport, { ...at80, verbose: true });
    for (const { verdict } of sampleReport.projects) {
      for (const { path, line } of [...verdict.reasons, ...verdict.against].flatMap(
        (reason) => reason.evidence,
      ))
        expect(verbose).toContain(`${path}:${line}`);
    }
  });

  it("shows the hardest queries, the hardest first", () => {
    const rendered = text.render(singleReport, at80);
    const places = ["reports/cohort.py:88", "sync/store.py:51", "billing/jobs.py:41"];
    const hardest = rendered.slice(rendered.indexOf("hardest"));
    const positions = places.map((place) => hardest.indexOf(place));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(positions[0]).toBeGreaterThan(0);
  });

  it("says what was not seen", () => {
    const rendered = text.render(sampleReport, at80);
    expect(rendered).toContain("1 Python 2 file (--verbose lists them)");
    expect(rendered).toContain("queries: 11 sessions are of unknown type");
    expect(rendered).toContain("the versions in use: there is no lock file");
    const verbose = text.render(sampleReport, { ...at80, verbose: true });
    expect(verbose).toContain("services/api/app/legacy/old.py:3");
    expect(verbose).toContain("only its imports could be read");
  });

  it("keeps problems that belong to no project", () => {
    const problem = { path: "ops/pyproject.toml", kind: "manifest", message: "Broken TOML." } as const;
    const report = { ...sampleReport, problems: [problem] };
    expect(text.render(report, at80)).toContain("elsewhere  1 manifest problem");
    expect(text.render({ ...emptyReport, problems: [problem] }, at80)).toContain("1 manifest problem");
    expect(text.render(report, { ...at80, verbose: true })).toContain("ops/pyproject.toml");
  });

  it("says none, not zero queries of nothing, when nothing was looked for in vain", () => {
    const queries = { ...apiProject.queries, total: 0, items: [] };
    const render = (unknown: string | null) =>
      text.render({ ...singleReport, projects: [{ ...apiProject, queries: { ...queries, unknown } }] }, at80);
    expect(render(null)).toMatch(/queries +none$/mu);
    expect(render("the models could not be read")).toMatch(/queries +none seen$/mu);
  });

  it("adds colour and nothing else", () => {
    const plain = text.render(sampleReport, at80);
    const colored = text.render(sampleReport, { ...at80, color: true });
    expect(colored).not.toBe(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours
    expect(colored.replace(/\u001b\[\d+m/gu, "")).toBe(plain);
  });
});

/** A line may be wider only if it is one place by itself, which is never broken. */
function tooWide(rendered: string, width: number): readonly string[] {
  return rendered
    .split("\n")
    .filter((line) => stringWidth(line) > width)
    .filter((line) => line.startsWith(" ") || !/:\d+(?::\d+)?$|^[^ ]+$/u.test(line));
}

describe("text of any width", () => {
  it.each([60, 80, 120])("keeps to %i columns", (width) => {
    for (const verbose of [false, true]) {
      for (const report of [sampleReport, singleReport, emptyReport])
        expect(tooWide(text.render(report, { ...at80, width, verbose }), width)).toEqual([]);
    }
  });

  it.each([60, 80, 120])("keeps to %i columns with hostile text", (width) => {
    for (const hostile of HOSTILE_TEXTS)
      expect(tooWide(text.render(reportSaying(hostile), { ...at80, width }), width), hostile).toEqual([]);
  });

  it("uses more room where there is more", () => {
    const lines = (width: number) => text.render(singleReport, { ...at80, width }).split("\n").length;
    expect(lines(120)).toBeLessThan(lines(80));
    expect(lines(80)).toBeLessThan(lines(60));
  });

  it("takes any number for a width", () => {
    for (const width of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(text.render(sampleReport, { ...at80, width })).toContain("services/api");
  });
});

describe("text from a hostile repository", () => {
  it("lets no control or reordering character through", () => {
    for (const hostile of HOSTILE_TEXTS) {
      const rendered = text.render(reportSaying(hostile), { ...at80, verbose: true });
      expect(rendered.replaceAll("\n", ""), hostile).not.toMatch(
        /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u,
      );
    }
  });

  it("keeps the shape of the report", () => {
    const headings = (rendered: string) => rendered.match(/^ {2}(?:for|against|sum|queries|not seen) /gmu);
    const expected = headings(text.render(sampleReport, at80));
    for (const hostile of HOSTILE_TEXTS)
      expect(headings(text.render(reportSaying(hostile), at80)), hostile).toEqual(expected);
  });

  it("writes no command that a CI log viewer would obey", () => {
    for (const color of [false, true]) {
      for (const hostile of HOSTILE_TEXTS) {
        const rendered = text.render(reportSaying(hostile), { ...at80, color, verbose: true });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours
        expect(rendered.replace(/\u001b\[\d+m/gu, ""), hostile).not.toMatch(/^\s*::|##\[/mu);
      }
    }
  });

  it("shows what it cannot print", () => {
    expect(text.render(reportSaying("a\u001b[31mb"), at80)).toContain("a\\x1b[31mb");
  });
});
