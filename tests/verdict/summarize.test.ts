import { expect, test } from "vitest";
import type { ProjectReport, ProjectSignals } from "../../src/model/report.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import { summarize } from "../../src/verdict/summarize.ts";
import { databases, djangoShop, fastapiAsync, fastapiPlain, framework, orm, project } from "./signals.ts";

function judged(root: string, signals: ProjectSignals): ProjectReport {
  return { ...signals, root, ...judgeProject(signals), findings: [] };
}

test("nothing, one project, several", () => {
  expect(summarize([])).toBe("No Python project was found.");
  const one = judged(".", fastapiAsync());
  expect(summarize([one])).toBe(one.verdict.says);
});

test("projects that agree are named together with what they share", () => {
  const projects = [judged("services/a", fastapiAsync()), judged("services/b", fastapiAsync())];
  expect(summarize(projects)).toBe(
    "2 projects: SQLAlchemy fits all of them; all share FastAPI, SQLAlchemy and postgresql.",
  );
});

test("projects that differ are told apart, whatever order they come in", () => {
  const projects = [
    judged("web", djangoShop()),
    judged("services/api", fastapiAsync({ databases: databases("engine") })),
    judged("services/hook", project({ frameworks: [framework("flask")] })),
    judged("services/jobs", fastapiPlain({ orms: [orm("sqlmodel")] })),
  ];
  const says =
    "4 projects that differ: SQLAlchemy fits services/api and services/jobs; the Django ORM fits web; neither is needed in services/hook.";
  expect(summarize(projects)).toBe(says);
  expect(summarize(projects.toReversed())).toBe(says);
});

test("two that share a database although the ORM differs", () => {
  expect(summarize([judged("web", djangoShop()), judged("api", fastapiAsync())])).toContain(
    "all share postgresql",
  );
});

test("projects without a database", () => {
  expect(summarize([judged("a", project()), judged("b", project())])).toBe(
    "2 projects: neither is needed in any of them.",
  );
});
