// Reports on real packages of different kinds, judged by reading. What was seen of each is kept in data/packages (see SOURCES.md there);
// the verdict and the wording are made anew, so that a change in either is read as a diff.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ProjectReport, Report } from "../../src/model/report.ts";
import { markdown } from "../../src/reports/markdown.ts";
import { text } from "../../src/reports/text.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import { summarize } from "../../src/verdict/summarize.ts";
import { judgeTogether } from "../../src/verdict/together.ts";

const FOLDER = new URL("data/packages/", import.meta.url);
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.replace(/\.json$/, ""))
  .toSorted();

function reportOn(name: string): Report {
  const seen: Report = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8"));
  const projects = seen.projects.map((project): ProjectReport => ({ ...project, ...judgeProject(project) }));
  return { ...seen, projects, summary: summarize(projects), together: judgeTogether(projects) };
}

/** What a reader of the code concluded, in short: the survey's records give the reasons. */
const READ: Readonly<Record<string, readonly [choice: string, stance: string]>> = {
  "django-sorcery": ["sqlalchemy", "stay"],
  "edx-completion": ["django-orm", "stay-with-raw-sql"],
  "fastapi-pagination": ["either", "none"],
  otterwiki: ["sqlalchemy", "stay"],
  puput: ["django-orm", "stay"],
  "sanic-security": ["sqlalchemy", "stay"],
  tipg: ["sqlalchemy", "adopt"],
};

describe("real packages", () => {
  it("are those that were read", () => {
    expect(NAMES).toEqual(Object.keys(READ).toSorted());
  });

  it.each(NAMES)("%s", async (name) => {
    const report = reportOn(name);
    const [main] = report.projects;
    expect([main?.verdict.choice, main?.verdict.stance]).toEqual(READ[name]);
    const look = { color: false, width: 80, verbose: false };
    await expect(text.render(report, look)).toMatchFileSnapshot(`data/packages/${name}.txt`);
    await expect(markdown.render(report, look)).toMatchFileSnapshot(`data/packages/${name}.md`);
  });
});
