import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProjectSignals } from "../../src/model/report.ts";
import { assuming, assumptionKinds, readAssumptions } from "../../src/verdict/assumptions.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import { arbitrarySignals } from "./arbitrary-signals.ts";
import { asyncAccess, djangoShop, fastapiAsync, fastapiPlain, project } from "./signals.ts";

const judge = (signals: ProjectSignals, assume: Record<string, string>) => judgeProject(signals, { assume });
const strengthOf = (id: string, signals: ProjectSignals, assume: Record<string, string>) =>
  judge(signals, assume).criteria.find((criterion) => criterion.id === id)?.strength ?? Number.NaN;

/** One assumption of any key, with a value that it takes. */
const oneAssumption = fc.oneof(
  ...assumptionKinds.map(({ key, values }) =>
    fc.tuple(
      fc.constant(key),
      typeof values === "string" ? fc.nat(100).map(String) : fc.constantFrom(...values),
    ),
  ),
);

describe("what can be assumed", () => {
  test.each(assumptionKinds)("$key takes the values that it names, and no others", ({ values, read }) => {
    for (const value of typeof values === "string" ? ["0", "7", "100"] : values)
      expect([value, read(value)?.says ?? ""]).toEqual([value, expect.stringMatching(/\S/)]);
    for (const value of ["", "no-such-thing", "-1", "1e3", "__proto__", "constructor"])
      expect(read(value)).toBeNull();
  });

  test("booleans of a configuration file are yes and no", () => {
    expect(readAssumptions({ admin: "true" })[0]?.says).toBe(readAssumptions({ admin: "yes" })[0]?.says);
    expect(readAssumptions({ async: "false" })[0]?.says).toBe(readAssumptions({ async: "no" })[0]?.says);
  });

  test("what there is not is refused by name", () => {
    expect(() => readAssumptions({ framwork: "django" })).toThrow("framwork");
    expect(() => readAssumptions({ databases: "many" })).toThrow("many");
  });
});

describe("an assumption", () => {
  test("of a framework brings its side of the question, and Django's own things go with Django", () => {
    expect(judge(fastapiAsync(), { framework: "django" }).verdict.choice).toBe("django-orm");
    const off = judge(djangoShop(), { framework: "flask" });
    expect(off.verdict).toMatchObject({ choice: "sqlalchemy", stance: "adopt" });
    expect(off.criteria.find(({ id }) => id === "automatic-admin")?.contribution).toBe(0);
  });

  test("of an admin holds against a framework assumed without one", () => {
    expect(strengthOf("automatic-admin", djangoShop(), { admin: "yes", framework: "flask" })).toBeGreaterThan(
      0.5,
    );
  });

  test("of async, complexity, raw SQL and databases moves the criterion that reads it", () => {
    const plain = fastapiPlain({ async: asyncAccess(0, 40) });
    expect(strengthOf("async-database-access", plain, { async: "yes" })).toBeGreaterThan(0.9);
    expect(strengthOf("async-database-access", fastapiAsync(), { async: "no" })).toBeLessThan(0.05);
    expect(strengthOf("queries-beyond-crud", plain, { complexity: "advanced" })).toBeGreaterThan(0.5);
    expect(strengthOf("queries-beyond-crud", fastapiAsync(), { complexity: "crud" })).toBe(0);
    expect(strengthOf("standard-crud", fastapiAsync(), { complexity: "crud" })).toBeGreaterThan(0.5);
    expect(strengthOf("control-over-sql", plain, { "raw-sql": "80%" })).toBeGreaterThan(0.5);
    const schema = "several-databases-or-complex-schema";
    expect(strengthOf(schema, plain, { databases: "3" })).toBeGreaterThan(
      strengthOf(schema, plain, { databases: "1" }),
    );
  });

  test("of a data layer turns a project that stores nothing into one that does", () => {
    expect(judge(project(), {}).verdict.choice).toBe("not-needed");
    expect(judge(project(), { models: "10", framework: "django" }).verdict).toMatchObject({
      choice: "django-orm",
      stance: "adopt",
    });
  });

  test("never reads as seen: no evidence, called assumed, named in the sentence; what was seen stays as it was", () => {
    const { comparison, criteria, verdict } = judge(fastapiAsync(), { framework: "django" });
    const framework = criteria.find(({ id }) => id === "django-application");
    expect(framework).toMatchObject({ says: "assumed: runs on Django", evidence: [] });
    expect(verdict.reasons[0]?.says).toBe("assumed: runs on Django");
    expect(verdict.says).toMatch(/^Assuming framework=django: /);
    expect(verdict.assumptions).toEqual([{ key: "framework", value: "django", says: "it runs on Django" }]);
    expect(comparison).toEqual(judgeProject(fastapiAsync()).comparison);
    expect(verdict.cost?.items).toEqual(judgeProject(fastapiAsync()).verdict.cost?.items);
    const untouched = criteria.find(({ id }) => id === "async-database-access");
    expect(untouched?.says).not.toContain("assumed");
    expect(untouched?.evidence).not.toEqual([]);
  });
});

describe("any project", { timeout: 30_000 }, () => {
  test("keeps within bounds under any assumption, and is itself left alone", () => {
    fc.assert(
      fc.property(arbitrarySignals, fc.array(oneAssumption, { maxLength: 4 }), (signals, pairs) => {
        const before = JSON.stringify(signals);
        const { criteria, verdict } = judge(signals, Object.fromEntries(pairs));
        expect(JSON.stringify(signals)).toBe(before);
        const hundredths = criteria.reduce(
          (sum, { contribution }) => sum + Math.round(contribution * 100),
          0,
        );
        expect(Math.round(verdict.margin * 100)).toBe(hundredths);
        for (const { strength } of criteria) {
          expect(strength).toBeGreaterThanOrEqual(0);
          expect(strength).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("gets the same from an assumption made twice", () => {
    fc.assert(
      fc.property(arbitrarySignals, oneAssumption, (signals, [key, value]) => {
        const assumed = readAssumptions({ [key]: value });
        const once = assuming(signals, assumed);
        const margin = (of: ProjectSignals): number => judgeProject(of).verdict.margin;
        expect(margin(assuming(once, assumed))).toBe(margin(once));
      }),
      { numRuns: 60 },
    );
  });

  test("is judged in its what-if table as it is when the assumption is made", () => {
    fc.assert(
      fc.property(arbitrarySignals, (signals) => {
        for (const { assume, choice, stance, confidence, margin } of judgeProject(signals).verdict.whatIf) {
          const [key = "", value = ""] = assume.split("=");
          expect(judge(signals, { [key]: value }).verdict).toMatchObject({
            choice,
            stance,
            confidence,
            margin,
          });
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("the what-if table", () => {
  const rows = (signals: ProjectSignals): string[] =>
    judgeProject(signals).verdict.whatIf.map(({ assume }) => assume);

  test("holds the alternatives to what is there", () => {
    expect(rows(djangoShop())).toEqual([
      "framework=fastapi",
      "async=yes",
      "complexity=crud",
      "complexity=advanced",
      "admin=no",
      "databases=3",
    ]);
    expect(rows(fastapiAsync()).slice(0, 3)).toEqual(["framework=django", "framework=none", "async=no"]);
  });

  test("asks of a project without data only what if it had some", () => {
    expect(rows(project())).toEqual(["models=10"]);
  });
});

test("weights and thresholds of the user's own are named with the usual ones", () => {
  const weights = { "automatic-admin": 0, "standard-crud": 1.2 };
  expect(judgeProject(djangoShop(), { weights, thresholds: { decide: 0.4 } }).verdict.policy).toEqual([
    { kind: "weight", name: "automatic-admin", value: 0, usual: 1.8 },
    { kind: "threshold", name: "decide", value: 0.4, usual: 0.5 },
  ]);
  expect(judgeProject(djangoShop()).verdict.policy).toEqual([]);
});
