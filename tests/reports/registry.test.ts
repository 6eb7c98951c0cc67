import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reporters } from "../../src/reports/index.ts";
import { HOSTILE_TEXTS, reportSaying } from "./hostile-report.ts";
import { emptyReport, sampleReport, singleReport } from "./sample-report.ts";

const options = { color: false, width: 80, verbose: true };
const folder = new URL("../../src/reports/", import.meta.url);

describe("every reporter", () => {
  it("is registered, under a name of its own", () => {
    const entries = readdirSync(folder).filter((name) =>
      /: Reporter = \{/u.test(readFileSync(new URL(name, folder), "utf8")),
    );
    const names = reporters.map(({ name }) => name);
    expect(names.map((name) => `${name}.ts`).sort()).toEqual(entries.sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(reporters)("$name ends in one newline and gives the same bytes twice", ({ render }) => {
    for (const report of [sampleReport, singleReport, emptyReport, ...HOSTILE_TEXTS.map(reportSaying)]) {
      const rendered = render(report, options);
      expect(rendered).toMatch(/[^\n]\n$/u);
      expect(render(structuredClone(report), options)).toBe(rendered);
    }
  });

  it.each(reporters)("$name writes no report it was given", ({ render }) => {
    const before = JSON.stringify(sampleReport);
    render(sampleReport, options);
    expect(JSON.stringify(sampleReport)).toBe(before);
  });

  it.each(reporters)("$name names every project and its findings", ({ render, subject }) => {
    const rendered = render(sampleReport, options);
    for (const { root, findings } of sampleReport.projects) {
      if (subject !== "findings") expect(rendered).toContain(root);
      for (const { rule, message } of findings) {
        expect(rendered).toContain(rule);
        expect(rendered.replaceAll(/\s+/gu, " ")).toContain(message);
      }
    }
  });

  it.each(reporters)("$name describes itself in a clause", ({ describe: clause, mediaType }) => {
    expect(clause).toMatch(/^[a-z].*[^.]$/u);
    expect(mediaType).toMatch(/^[a-z]+\/[a-z-]+/u);
  });
});
