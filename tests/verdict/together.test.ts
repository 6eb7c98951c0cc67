import { describe, expect, test } from "vitest";
import type { ProjectReport, ProjectSignals } from "../../src/model/report.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import { judgeTogether } from "../../src/verdict/together.ts";
import { at, djangoShop, fastapiAsync, project, query, querySignal } from "./signals.ts";

/** The samples all name the same place for their database, so each gets none unless it is what the test is about. */
const report = (sample: ProjectSignals, own = project().databases): ProjectReport => {
  const signals = { ...sample, databases: own };
  return { ...signals, ...judgeProject(signals), findings: [] };
};
const model = (name: string, path: string) => ({
  name,
  path,
  line: 3,
  orm: "sqlalchemy-orm",
  abstract: false,
  fields: 4,
  relations: 0,
});
const declaring = (...names: string[]) => ({
  ...fastapiAsync().models,
  items: names.map((name) => model(name, "models/base.py")),
});
const api = report(fastapiAsync({ root: "api" }));
const shop = report(djangoShop({ root: "shop" }));
const tools = report(project({ root: "tools" }));
const advice = (...projects: ProjectReport[]): string => judgeTogether(projects)?.advice ?? "";

describe("projects together", () => {
  test("are a question of two or more", () => {
    expect(judgeTogether([])).toBeNull();
    expect(judgeTogether([api])).toBeNull();
  });

  test("that store nothing, or of which one does, leave nothing to align", () => {
    expect(advice(tools, tools)).toContain("No project stores rows");
    expect(advice(tools, shop)).toContain("Only shop stores rows");
  });

  test("of one choice get one data layer", () => {
    expect(advice(api, report(fastapiAsync({ root: "worker" })))).toMatch(/^One data layer .*: SQLAlchemy\./);
  });

  test("that differ and share nothing keep both", () => {
    expect(advice(api, shop, tools)).toMatch(/SQLAlchemy in api and the Django ORM in shop\. Nothing/);
  });

  test("that differ and share models are told to let one ORM own them", () => {
    const owner = report(djangoShop({ root: "shop", models: declaring("User", "Book") }));
    const user = report(
      fastapiAsync({
        root: "api",
        models: declaring(),
        queries: querySignal([query({ model: "User", path: "api/jobs.py", line: 7 })]),
      }),
    );
    const together = judgeTogether([owner, user]);
    expect(together?.shared).toEqual([
      {
        kind: "models",
        projects: ["shop", "api"],
        says: "api queries 1 model of shop (User)",
        evidence: [at("api/jobs.py", 7, "queries User")],
      },
    ]);
    expect(together?.advice).toContain("let one ORM own what is shared");
  });

  test("do not share a model that is declared in both, in a third one too, or known by shape alone", () => {
    const owner = report(fastapiAsync({ root: "models", models: declaring("User") }));
    const asking = (over: Partial<Parameters<typeof query>[0]>, ...own: string[]) =>
      report(
        fastapiAsync({
          root: "api",
          models: declaring(...own),
          queries: querySignal([query({ model: "User", ...over })]),
        }),
      );
    const shared = (...projects: ProjectReport[]) => judgeTogether(projects)?.shared;
    expect(shared(owner, asking({}))).toHaveLength(1);
    expect(shared(owner, asking({}, "User"))).toEqual([]);
    expect(shared(owner, asking({ certainty: "heuristic" }))).toEqual([]);
    const third = report(fastapiAsync({ root: "other", models: declaring("User") }));
    expect(shared(owner, third, asking({}))).toEqual([]);
  });

  test("share a database that is configured at one place", () => {
    const engine = (path: string) => ({
      ...project().databases,
      items: [{ alias: "engine", engine: "postgresql", driver: null, evidence: [at(path, 5, "engine")] }],
    });
    const using = (root: string, path: string) => report(fastapiAsync({ root }), engine(path));
    const shared = (...projects: ProjectReport[]) => judgeTogether(projects)?.shared ?? [];
    expect(shared(using("a", "common/db.py"), using("b", "common/db.py"))).toMatchObject([
      { kind: "database", projects: ["a", "b"], evidence: [at("common/db.py", 5, "engine")] },
    ]);
    expect(shared(using("a", "a/db.py"), using("b", "b/db.py"))).toEqual([]);
  });
});
