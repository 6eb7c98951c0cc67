import { describe, expect, it } from "vitest";
import { json } from "../../src/reports/json.ts";
import { HOSTILE_TEXTS, reportSaying } from "./hostile-report.ts";
import { emptyReport, sampleReport } from "./sample-report.ts";

const options = { color: false, width: 80, verbose: false };

describe("json", () => {
  it("is the report, whole", () => {
    expect(JSON.parse(json.render(sampleReport, options))).toEqual(sampleReport);
    expect(JSON.parse(json.render(emptyReport, options))).toEqual(emptyReport);
  });

  it("keeps hostile text exactly, and lets none of it reach a terminal as a command", () => {
    for (const hostile of HOSTILE_TEXTS) {
      const report = reportSaying(hostile);
      const rendered = json.render(report, options);
      expect(JSON.parse(rendered), hostile).toEqual(report);
      expect(rendered.replaceAll("\n", ""), hostile).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }
  });

  it("looks as it did", () => {
    expect(json.render(emptyReport, options)).toMatchSnapshot("empty");
    expect(json.render({ ...sampleReport, projects: [] }, options)).toMatchSnapshot("no projects");
  });
});
