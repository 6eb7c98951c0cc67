import { describe, expect, it } from "vitest";
import type { FrameworkUse, ProjectReport, Report } from "../../src/index.ts";
import { apiProject, sampleReport, shopProject } from "../reports/sample-report.ts";
import { compareReport, type Field, mainProject } from "./compare.ts";
import type { Expectation } from "./record.ts";

const expectation: Expectation = {
  name: "a 1.0",
  frameworks: { fastapi: "runs-on", django: "supports" },
  primaryOrm: "sqlalchemy-orm",
  choices: ["sqlalchemy"],
  why: "read it",
};
const use = (name: string, role: FrameworkUse["role"]): FrameworkUse => ({
  name,
  role,
  version: null,
  extensions: [],
  evidence: [{ path: "app.py", line: 3, says: `builds ${name}` }],
});
const project: ProjectReport = {
  ...apiProject,
  frameworks: [use("fastapi", "runs-on")],
  orms: [{ name: "sqlalchemy-orm", version: null, role: "primary", evidence: [] }],
  verdict: { ...apiProject.verdict, choice: "sqlalchemy", stance: "stay" },
};
const reportOf = (...projects: ProjectReport[]): Report => ({ ...sampleReport, projects });

function wrongFields(expected: Expectation, report: Report): Field[] {
  return compareReport(expected, report)
    .filter(({ isRight }) => !isRight)
    .map(({ field }) => field);
}

describe("compareReport", () => {
  it("finds nothing wrong where all that is stated is met", () => {
    expect(wrongFields(expectation, reportOf(project))).toEqual([]);
  });

  it("compares only what is stated", () => {
    const fields = compareReport({ ...expectation, choices: [] }, reportOf(project)).map(
      ({ field }) => field,
    );
    expect(fields).toEqual(["frameworks", "primaryOrm"]);
  });

  it.each([
    ["one that it only supports", [use("fastapi", "runs-on"), use("django", "runs-on")]],
    ["one too many", [use("fastapi", "runs-on"), use("starlette", "runs-on")]],
    ["none", []],
    ["the right one in another role", [use("fastapi", "supports")]],
  ])("calls frameworks wrong where the project is said to run on %s", (_, frameworks) => {
    expect(wrongFields(expectation, reportOf({ ...project, frameworks }))).toEqual(["frameworks"]);
  });

  it("does not mind which other frameworks are supported or for development", () => {
    const frameworks = [use("fastapi", "runs-on"), use("flask", "dev-only")];
    expect(wrongFields(expectation, reportOf({ ...project, frameworks }))).toEqual([]);
  });

  it("takes no primary ORM for an answer only where none is expected", () => {
    expect(wrongFields(expectation, reportOf({ ...project, orms: [] }))).toEqual(["primaryOrm"]);
    expect(wrongFields({ ...expectation, primaryOrm: null }, reportOf({ ...project, orms: [] }))).toEqual([]);
  });

  it("explains a miss by what the report saw", () => {
    const frameworks = [use("fastapi", "runs-on"), use("flask", "runs-on")];
    const [miss] = compareReport(expectation, reportOf({ ...project, frameworks }));
    expect(miss).toMatchObject({ expected: "fastapi", got: "fastapi, flask" });
    expect(miss?.because).toEqual(["flask, runs-on: app.py:3 builds flask"]);
  });

  it("calls everything wrong where no project was found", () => {
    expect(wrongFields({ ...expectation, primaryOrm: null }, reportOf())).toEqual([
      "frameworks",
      "primaryOrm",
      "choice",
    ]);
  });

  it("holds the largest project against the expectation, unless frameworks are of them all", () => {
    const small = {
      ...shopProject,
      size: { ...project.size, lines: 1 },
      frameworks: [use("django", "runs-on")],
    };
    const report = reportOf(small, project);
    expect(mainProject(report)).toBe(project);
    expect(wrongFields(expectation, report)).toEqual([]);
    const ofAll: Expectation = {
      ...expectation,
      frameworks: { fastapi: "runs-on", django: "runs-on" },
      frameworksOfAll: true,
    };
    expect(wrongFields(ofAll, report)).toEqual([]);
    expect(wrongFields({ ...ofAll, frameworksOfAll: false }, report)).toEqual(["frameworks"]);
  });
});
