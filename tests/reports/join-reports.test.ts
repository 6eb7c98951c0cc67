import { describe, expect, it } from "vitest";
import { reportSchema } from "../../src/model/report.schema.ts";
import type { Report } from "../../src/model/report.ts";
import { joinReports } from "../../src/reports/join-reports.ts";
import { summarize } from "../../src/verdict/summarize.ts";
import { judgeTogether } from "../../src/verdict/together.ts";
import { emptyReport, sampleReport, singleReport } from "./sample-report.ts";

/** Every path that a report holds, wherever it stands. */
/** What holds for all projects is judged anew, and is no path to be moved. */
const withoutTogether = (report: Report): Report => ({ ...report, together: null });

function pathsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "path" && typeof inner === "string" ? [inner] : pathsIn(inner),
  );
}

describe("joinReports", () => {
  const joined = joinReports(
    [
      { folder: "./shops/", report: sampleReport },
      { folder: "single", report: singleReport },
    ],
    summarize,
    judgeTogether,
  );

  it("leaves a single report as it is", () => {
    expect(joinReports([{ folder: "shops", report: sampleReport }], summarize, judgeTogether)).toBe(
      sampleReport,
    );
  });

  it("puts every path under the folder it was scanned under", () => {
    const before = [
      ...pathsIn(withoutTogether(sampleReport)).map((path) => `shops/${path}`),
      ...pathsIn(withoutTogether(singleReport)).map((path) => `single/${path}`),
    ];
    expect(before.length).toBeGreaterThan(50);
    expect(pathsIn(withoutTogether(joined)).sort()).toEqual(before.sort());
    expect(joined.projects.map(({ root }) => root)).toEqual([
      ...sampleReport.projects.map(({ root }) => `shops/${root}`),
      ...singleReport.projects.map(({ root }) => (root === "." ? "single" : `single/${root}`)),
    ]);
  });

  it("adds up the counts and keeps the shape of a report", () => {
    expect(joined.stats.lines).toBe(sampleReport.stats.lines + singleReport.stats.lines);
    expect(joined.stats.files).toBe(sampleReport.stats.files + singleReport.stats.files);
    expect(joined.problems).toHaveLength(sampleReport.problems.length + singleReport.problems.length);
    expect(joined.summary).toBe(summarize(joined.projects));
    expect(joined.summary).toContain("shops/services/api");
    expect(joined.together).toEqual(judgeTogether(joined.projects));
    expect(joined.together?.advice).toContain("shops/shop");
    expect(() => reportSchema.parse(joined)).not.toThrow();
  });

  it("keeps paths as they are for the current folder, and changes no report it was given", () => {
    const before = JSON.stringify(sampleReport);
    const here = joinReports(
      [
        { folder: ".", report: sampleReport },
        { folder: "empty", report: emptyReport },
      ],
      summarize,
      judgeTogether,
    );
    expect(pathsIn(withoutTogether(here))).toEqual(pathsIn(withoutTogether(sampleReport)));
    expect(JSON.stringify(sampleReport)).toBe(before);
  });
});
