import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { compareReport } from "./compare-report.ts";
import type { Expectation, ExpectedProject } from "./expectation.ts";

const PROJECT: ExpectedProject = {
  kind: "app",
  frameworks: { flask: "runs-on", "aiohttp?": "supports" },
  orms: { "sqlalchemy-core|sqlalchemy-orm": "primary" },
  primaryOrm: "sqlalchemy-orm",
  queries: {
    total: 1,
    has: [{ path: "a.py", code: "select(A)", operation: "select", features: ["join"] }],
    lookalikes: [{ path: "a.py", code: "window.all()" }],
  },
  choice: "sqlalchemy|either",
  greenfield: "sqlalchemy",
  stance: "stay",
};
const EXPECTED: Expectation = {
  about: "",
  projects: { ".": PROJECT },
  problems: [{ path: "b.py", kind: "binary" }],
};
const QUERY = {
  path: "a.py",
  line: 3,
  endLine: 5,
  operation: "select",
  features: [{ name: "join", line: 4 }],
  execution: { kind: "sync" },
};

/** Only what the comparison reads of a report. */
function reportWith(
  changes: object,
  problems: readonly object[] = [{ path: "b.py", kind: "binary" }],
): Report {
  const project = {
    root: ".",
    kind: "app",
    name: "a",
    frameworks: [{ name: "flask", role: "runs-on" }],
    orms: [{ name: "sqlalchemy-orm", role: "primary" }],
    async: {},
    admin: {},
    databases: { items: [] },
    migrations: { tools: [] },
    models: {},
    queries: { total: 1, items: [QUERY] },
    verdict: { choice: "either", greenfield: "sqlalchemy", stance: "stay" },
    ...changes,
  };
  return { projects: [project], problems } as unknown as Report;
}

const lines: Readonly<Record<string, number>> = { "select(A)": 4, "window.all()": 9 };
const compare = (report: Report): string[] => compareReport(EXPECTED, report, (_, code) => lines[code] ?? 0);

describe("compareReport", () => {
  it("finds no difference where there is none", () => {
    expect(compare(reportWith({}))).toEqual([]);
  });

  it.each([["a project too many", [{ root: "." }, { root: "x" }]]])("names %s", (_, projects) => {
    const report = {
      ...reportWith({}),
      projects: projects.map((one) => ({ ...reportWith({}).projects[0], ...one })),
    };
    expect(compare(report as unknown as Report)).toEqual(["projects: expected .; found ., x"]);
  });

  it.each([
    [{ kind: "library" }, ".: kind: expected app, found library"],
    [{ frameworks: [] }, ".: frameworks: flask (runs-on) was not found"],
    [
      {
        frameworks: [
          { name: "flask", role: "runs-on" },
          { name: "django", role: "supports" },
        ],
      },
      ".: frameworks: found django (supports), which is not there",
    ],
    [
      {
        frameworks: [
          { name: "flask", role: "runs-on" },
          { name: "aiohttp", role: "runs-on" },
        ],
      },
      ".: frameworks.aiohttp: expected supports, found runs-on",
    ],
    [{ queries: { total: 2, items: [QUERY] } }, ".: queries.total: expected 1, found 2"],
    [{ queries: { total: 1, items: [] } }, '.: query a.py:4 "select(A)" was not found'],
    [
      { queries: { total: 1, items: [{ ...QUERY, features: [] }] } },
      '.: query a.py:4 "select(A)": lacks the feature join (it has none)',
    ],
    [
      { queries: { total: 1, items: [QUERY, { ...QUERY, line: 9, endLine: 9 }] } },
      '.: a.py:9 "window.all()" is no query, but was taken for one',
    ],
    [
      { verdict: { choice: "django-orm", greenfield: "sqlalchemy", stance: "stay" } },
      ".: choice: expected sqlalchemy|either, found django-orm",
    ],
  ])("names a difference in %j", (changes, line) => {
    expect(compare(reportWith(changes))).toEqual([line]);
  });

  it("is strict about problems of reading, and leaves the others alone", () => {
    expect(compare(reportWith({}, []))).toEqual(["problems: expected b.py binary; found none"]);
    const more = [
      { path: "b.py", kind: "binary" },
      { path: "a.py", kind: "unresolved" },
    ];
    expect(compare(reportWith({}, more))).toEqual([]);
  });

  it("admits a known miss until it is met", () => {
    const knownMisses = [".: kind: expected app, found library"];
    const lenient = { ...PROJECT, queries: {} };
    const expected = { ...EXPECTED, projects: { ".": lenient }, knownMisses };
    expect(compareReport(expected, reportWith({ kind: "library" }), () => 4)).toEqual([]);
    expect(compareReport(expected, reportWith({}), () => 4)).toEqual([`no longer missed: ${knownMisses[0]}`]);
  });
});
