import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import type { Query } from "../../src/model/report.ts";
import type { CriterionEntry } from "../../src/reports/explain-criterion.ts";
import { explainCriterion } from "../../src/reports/explain-criterion.ts";
import { explainQuery, type FeatureSupport } from "../../src/reports/explain-query.ts";
import { HOSTILE_TEXTS, reportSaying } from "./hostile-report.ts";
import { apiProject, cohortQuery, shopProject } from "./sample-report.ts";

const options = { color: false, width: 80 };

const support: readonly FeatureSupport[] = [
  { feature: "recursive-cte", djangoOrm: "no", sqlalchemy: "yes", note: "" },
  { feature: "window", djangoOrm: "yes", sqlalchemy: "yes", note: "filtering on one since Django 4.2" },
  { feature: "join", djangoOrm: "limited", sqlalchemy: "yes", note: "along declared relations" },
];

describe("explainQuery", () => {
  it("reads as intended", () => {
    expect(explainQuery(cohortQuery, support, options)).toMatchSnapshot();
  });

  it("names every feature with its line and what either ORM makes of it", () => {
    const rendered = explainQuery(cohortQuery, support, options);
    expect(rendered).toMatch(/recursive CTE +90 +raw SQL only +yes/u);
    expect(rendered).toMatch(/window +97 +yes +yes/u);
    expect(rendered).toMatch(/join +106 +with limits +yes +along/u);
    expect(rendered).toContain("the Django ORM needs raw SQL for recursive CTE, lateral");
  });

  it("says where nothing is known instead of guessing", () => {
    const rendered = explainQuery(cohortQuery, support, options);
    expect(rendered).toMatch(/group by +121 +not recorded +not recorded/u);
    // The query knows better than a table that knows nothing of the feature.
    expect(rendered).toMatch(/lateral +104 +raw SQL only +not recorded/u);
  });

  it("says what the other ORM would make of a Django query", () => {
    const [query] = shopProject.queries.items;
    if (query === undefined) throw new Error("the sample has no Django query");
    const yes = (feature: string): FeatureSupport => ({
      feature,
      djangoOrm: "no",
      sqlalchemy: "yes",
      note: "",
    });
    expect(explainQuery(query, [yes("cte"), yes("aggregate")], options)).toContain(
      "SQLAlchemy can express all",
    );
    expect(explainQuery(query, [yes("cte")], options)).toContain("not recorded for every feature");
  });

  it("shows the counts behind the hardness", () => {
    const rendered = explainQuery(cohortQuery, support, options);
    expect(rendered).toMatch(/hardness +extra/u);
    expect(rendered).toMatch(/^ +5 of WHERE/mu);
    expect(rendered).toMatch(/^ +1 of nested/mu);
    expect(rendered).toMatch(/^ +2 of several/mu);
  });

  it("says when a query blocks the event loop, and not when a thread runs it", () => {
    const execution = { kind: "sync", line: 44, threaded: false } as const;
    const blocks = "blocks the event loop";
    const explained = (changes: Partial<Query>) =>
      explainQuery({ ...cohortQuery, execution, ...changes }, [], options).replaceAll(/\s+/gu, " ");
    expect(explained({})).toContain(blocks);
    expect(explained({ execution: { ...execution, threaded: true } })).not.toContain(blocks);
    expect(explained({ inAsync: false })).not.toContain(blocks);
  });
});

const entry: CriterionEntry = {
  id: "other-framework",
  title: "It runs on a framework that is not Django",
  favours: "sqlalchemy",
  weight: 3,
  why: "The Django ORM needs Django's settings and app registry, which other frameworks do not bring.",
  measured: "1 when it runs on another framework.",
  source: "Django documentation, settings",
};

describe("explainCriterion", () => {
  it("reads as intended", () => {
    const results = apiProject.criteria.map((result) => ({ project: apiProject.root, result }));
    expect(explainCriterion(entry, results, options)).toMatchSnapshot();
  });

  it("says what it found here only when a scan was made", () => {
    expect(explainCriterion(entry, [], options)).toContain("no project was found to weigh it in");
    const results = apiProject.criteria.map((result) => ({ project: apiProject.root, result }));
    const rendered = explainCriterion(entry, results, options);
    expect(rendered).toMatch(
      /services\/api: runs on FastAPI, not Django\n {2}weighed +strength 1\.000 × weight 3 = \+3\.00\n/,
    );
    expect(rendered).toContain("services/api/app/main.py:14");
    expect(rendered).not.toContain("plain CRUD");
  });
});

describe("explanations of hostile text", () => {
  it("stay within the width, on lines of their own, without controls", () => {
    for (const hostile of HOSTILE_TEXTS) {
      const [project] = reportSaying(hostile).projects;
      const [query] = project?.queries.items ?? [];
      const [result] = project?.criteria ?? [];
      if (query === undefined || result === undefined) throw new Error("the sample lost its queries");
      const shown = [
        explainQuery(query, support, options),
        explainCriterion(entry, [{ project: hostile, result: { ...result, id: entry.id } }], options),
      ];
      for (const rendered of shown) {
        expect(rendered.replaceAll("\n", ""), hostile).not.toMatch(
          /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u,
        );
        expect(rendered, hostile).not.toMatch(/^\s*::|##\[/mu);
        const wide = rendered
          .split("\n")
          .filter((line) => stringWidth(line) > 80 && !/^[^ ].*:\d+$/u.test(line));
        expect(wide, hostile).toEqual([]);
      }
    }
  });
});
