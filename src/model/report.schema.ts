// The report as a zod schema: the same shape as report.ts, kept equal by a test. It validates what ormverdict writes and is
// what `ormverdict schema` prints as JSON Schema, so each description is written for a reader of that schema.

import { z } from "zod";
import { judgementFields } from "./judgement.schema.ts";
import { projectSignalFields } from "./project-signals.schema.ts";
import { column, count, evidenceList, line, path, text } from "./report-fields.schema.ts";

const finding = z
  .strictObject({
    rule: text("the rule; `ormverdict explain <rule>` says more"),
    severity: z.enum(["error", "warning", "note"]).describe("how serious it is"),
    path,
    line,
    column,
    endLine: line,
    endColumn: column,
    symbol: z.string().nullable().describe("function or class that holds it, null at module level"),
    snippet: text("the expression, without layout: what a baseline knows the finding by"),
    message: text("one sentence"),
    related: z
      .array(z.strictObject({ path, line, column, says: text("how this place is related") }))
      .describe("other places that belong to it"),
    fingerprint: text("stays the same when lines move"),
    suppressed: z.boolean().describe("true when a comment, the baseline or --since takes it out of account"),
    suppression: z
      .strictObject({
        kind: z.enum(["comment", "baseline", "unchanged"]).describe("what takes it out of account"),
        reason: z.string().nullable().describe("what the comment gives as reason"),
      })
      .nullable()
      .describe("null when it counts"),
  })
  .meta({ id: "Finding", description: "A located violation of a rule" });

const problem = z
  .strictObject({
    path,
    kind: z
      .enum([
        "unreadable",
        "too-large",
        "binary",
        "encoding",
        "syntax-error",
        "python2",
        "manifest",
        "settings",
        "limit",
        "unresolved",
      ])
      .describe("what kind of thing went wrong"),
    message: text("one sentence: what happened and what it means for the answer"),
    line: line.exactOptional(),
  })
  .meta({ id: "Problem", description: "Something that could not be read or resolved" });

const project = z
  .strictObject({
    ...projectSignalFields,
    ...judgementFields,
    findings: z.array(finding).describe("violations that `ormverdict check` enforces"),
  })
  .meta({ id: "Project", description: "One separately deployable Python project" });

/** Schema of the whole report; strict, so that a misspelt or added field is seen. */
export const reportSchema = z
  .strictObject({
    schemaVersion: z.literal(1).describe("version of this format"),
    tool: z
      .strictObject({
        name: z.literal("ormverdict").describe("always ormverdict"),
        version: text("version of ormverdict"),
      })
      .describe("what wrote the report"),
    projects: z.array(project).describe("the projects of the repository"),
    summary: text("one sentence over all projects"),
    together: z
      .strictObject({
        shared: z
          .array(
            z.strictObject({
              kind: z.enum(["models", "database"]).describe("what is shared"),
              projects: z
                .array(path)
                .describe("roots of the projects; of models, the one that declares them first"),
              says: text("what is shared by whom, one clause"),
              evidence: evidenceList,
            }),
          )
          .describe("what several projects use"),
        advice: text("what to do with the whole"),
      })
      .nullable()
      .describe("null for fewer than two projects"),
    problems: z.array(problem).describe("what could not be read or resolved"),
    stats: z
      .strictObject({
        files: count("files listed"),
        parsed: count("Python files parsed"),
        lines: count("lines in them"),
        bytes: count("bytes in them"),
      })
      .describe("how much was read"),
  })
  .describe("Report of ormverdict on one repository");

/** The report's JSON Schema, draft 2020-12. */
export function reportJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(reportSchema, {
    // zod bounds every integer by what a double holds exactly; in a schema for readers that is noise.
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return { ...schema, title: "ormverdict report" };
}
