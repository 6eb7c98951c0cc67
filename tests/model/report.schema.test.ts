import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import { reportJsonSchema, reportSchema } from "../../src/model/report.schema.ts";
import type { ProjectReport, Report } from "../../src/model/report.ts";
import { judgeProject } from "../../src/verdict/judge-project.ts";
import { at, djangoAdmin, fastapiAsync, framework, orm } from "../verdict/signals.ts";

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

test("the schema and the types are one shape", () => {
  // Checked when the tests are type-checked; assignable both ways, and equal field by field.
  expectTypeOf<z.infer<typeof reportSchema>>().toExtend<Report>();
  expectTypeOf<Report>().toExtend<DeepReadonly<z.infer<typeof reportSchema>>>();
  expectTypeOf<DeepReadonly<z.infer<typeof reportSchema>>>().toEqualTypeOf<DeepReadonly<Report>>();
});

/** A report in which every list has an entry and every nullable field is filled somewhere. */
function fullReport(): Report {
  const signals = fastapiAsync({
    frameworks: [{ ...framework("fastapi"), version: "0.115", extensions: ["users"] }],
    orms: [{ ...orm("sqlalchemy-orm"), version: "2.0.30" }],
    admin: djangoAdmin(3),
    models: {
      unknown: "1 file could not be read",
      evidence: [at("app/models.py", 3, "class User")],
      total: 1,
      relations: 1,
      items: [
        {
          name: "User",
          path: "app/models.py",
          line: 3,
          orm: "sqlalchemy-orm",
          abstract: false,
          fields: 4,
          relations: 1,
        },
      ],
    },
    concepts: {
      unknown: null,
      evidence: [at("app/models.py", 9, "relationship")],
      total: 1,
      items: [{ name: "relationship", orm: "sqlalchemy-orm", uses: 12 }],
    },
  });
  const project: ProjectReport = {
    ...signals,
    ...judgeProject(signals),
    findings: [
      {
        rule: "query-in-loop",
        severity: "warning",
        path: "app/users/crud.py",
        line: 21,
        column: 5,
        endLine: 21,
        endColumn: 40,
        symbol: "posts_by_user",
        snippet: "session.scalars(posts_of(user))",
        message: "A query runs once per turn of a loop",
        related: [{ path: "app/users/crud.py", line: 20, column: 1, says: "the loop" }],
        fingerprint: "a1b2c3",
        suppressed: false,
        suppression: null,
      },
    ],
  };
  return {
    schemaVersion: 1,
    tool: { name: "ormverdict", version: "0.1.0" },
    projects: [project],
    summary: project.verdict.says,
    together: {
      shared: [
        {
          kind: "models",
          projects: ["models", "worker"],
          says: "worker queries 1 model of models (User)",
          evidence: [{ path: "worker/jobs.py", line: 7, says: "queries User" }],
        },
      ],
      advice: "One data layer for all.",
    },
    problems: [
      {
        path: "app/old.py",
        kind: "python2",
        message: "Written for Python 2: read as far as it goes.",
        line: 4,
      },
      { path: "app/data.py", kind: "binary", message: "Not text: left out." },
    ],
    stats: { files: 41, parsed: 40, lines: 4000, bytes: 130_000 },
  };
}

type Broken = readonly [what: string, spoil: (report: Record<string, unknown>) => void];

const spoilProject =
  (spoil: (project: Record<string, unknown>) => void) => (report: Record<string, unknown>) => {
    const [project] = report.projects as Record<string, unknown>[];
    if (project !== undefined) spoil(project);
  };
const spoilVerdict = (spoil: (verdict: Record<string, unknown>) => void) =>
  spoilProject((project) => spoil(project.verdict as Record<string, unknown>));

const broken: readonly Broken[] = [
  ["another schema version", (report) => Object.assign(report, { schemaVersion: 2 })],
  ["another tool", (report) => Object.assign(report, { tool: { name: "other", version: "1" } })],
  ["no summary", (report) => Reflect.deleteProperty(report, "summary")],
  ["an added field", (report) => Object.assign(report, { timestamp: "today" })],
  ["an added field deep inside", spoilVerdict((verdict) => Object.assign(verdict, { score: 1 }))],
  ["an unknown choice", spoilVerdict((verdict) => Object.assign(verdict, { choice: "peewee" }))],
  ["an unknown stance", spoilVerdict((verdict) => Object.assign(verdict, { stance: "panic" }))],
  ["a confidence above 1", spoilVerdict((verdict) => Object.assign(verdict, { confidence: 1.2 }))],
  ["a missing cost", spoilVerdict((verdict) => Reflect.deleteProperty(verdict, "cost"))],
  [
    "line 0",
    spoilProject((project) =>
      Object.assign(project, { comparison: [{ ...row, evidence: [at("a.py", 0, "x")] }] }),
    ),
  ],
  [
    "half a line",
    spoilProject((project) =>
      Object.assign(project, { comparison: [{ ...row, evidence: [at("a.py", 1.5, "x")] }] }),
    ),
  ],
  [
    "a missing tier",
    spoilProject((project) => Reflect.deleteProperty((project.queries as { byTier: object }).byTier, "crud")),
  ],
  ["a negative count", spoilProject((project) => Object.assign(project.size as object, { files: -1 }))],
];
const row = { row: "x", sqlalchemy: "x", djangoOrm: "x", here: "x" };

describe("the schema judges a report", () => {
  const validate = new Ajv2020({ strict: true }).compile(reportJsonSchema());

  test("a full one is valid by zod and by its JSON Schema", () => {
    const report = fullReport();
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    validate(report);
    expect(validate.errors).toBeNull();
  });

  test.each(broken)("refused by both: %s", (_what, spoil) => {
    const report = JSON.parse(JSON.stringify(fullReport())) as Record<string, unknown>;
    expect(reportSchema.safeParse(report).success).toBe(true);
    spoil(report);
    expect(reportSchema.safeParse(report).success).toBe(false);
    expect(validate(report)).toBe(false);
  });
});

test("every field of the JSON Schema is described", () => {
  const undescribed: string[] = [];
  const visit = (node: unknown, at: string): void => {
    if (node === null || typeof node !== "object") return;
    const { properties } = node as { properties?: Record<string, Record<string, unknown>> };
    for (const [name, field] of Object.entries(properties ?? {}))
      if (field.description === undefined && field.$ref === undefined) undescribed.push(`${at}.${name}`);
    for (const [key, child] of Object.entries(node)) visit(child, `${at}/${key}`);
  };
  visit(reportJsonSchema(), "");
  expect(undescribed).toEqual([]);
});
