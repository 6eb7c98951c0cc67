// The shape of [tool.ormverdict] and ormverdict.toml. Loaded only when there is a configuration to check, or its schema is asked for.
import { z } from "zod";
import type { FileRole } from "../model/file-role.ts";
import { kebabCase } from "../text/letter-case.ts";
import type { KnownNames } from "./config-request.ts";
import type { KnownAssumption } from "./parse-assumption.ts";

const ROLES = {
  production: "production",
  test: "test",
  migration: "migration",
  docs: "docs",
  example: "example",
  script: "script",
  generated: "generated",
  vendored: "vendored",
  stub: "stub",
  template: "template",
} as const satisfies Record<FileRole, FileRole>;

const ruleSetting = z
  .union([z.boolean(), z.enum(["on", "off", "error", "warning", "note"])])
  .describe("true or on, false or off, or the severity its findings get");
const ruleSettings = z.record(z.string(), ruleSetting);
const strings = z.array(z.string().min(1));

/** Keys as written in the file. */
export const configSchema = z
  .strictObject({
    exclude: strings.describe("Globs of paths to leave out, relative to the folder of this file"),
    "include-tests": z.boolean().describe("Count tests, examples and the like as production code"),
    format: z.union([z.string(), strings]).describe("The output formats, when the command line names none"),
    jobs: z.int().min(1).max(256).describe("Worker threads"),
    cache: z.boolean().describe("Whether facts of unchanged files may be kept between runs"),
    weights: z.record(z.string(), z.number().min(0).max(10)).describe("Weight by criterion id; 0 ignores it"),
    roles: z.record(z.string(), z.enum(ROLES)).describe("What files are for, by glob; the first match wins"),
    assume: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe("What the verdict takes for granted in place of what was seen"),
    rules: ruleSettings.describe("Rule settings by rule id"),
    "per-path": z.record(z.string(), ruleSettings).describe("Rule settings by glob; later entries win"),
    "fail-on": z
      .enum(["error", "warning", "never"])
      .describe("From which severity on findings fail the check; notes never do"),
    "max-findings": z.int().min(0).max(999_999_999).describe("How many findings the check lets pass"),
    baseline: z
      .string()
      .regex(/^[^/\\].*\.json$/, "a path to a .json file, relative to this file")
      .describe("The file of accepted findings, relative to this file, for checks of this file's folder"),
    thresholds: z.record(z.string(), z.number().min(0)).describe("Limits that rules compare with, by name"),
  })
  .partial()
  .describe("Configuration of ormverdict: [tool.ormverdict] in pyproject.toml, or ormverdict.toml");

export type ConfigFileValues = z.infer<typeof configSchema>;
export type ConfigIssue = z.core.$ZodIssue;

/** The JSON Schema of the configuration, with the names that there are, so that an editor can offer them. */
export function configJsonSchema(known: KnownNames): object {
  const schema = z.toJSONSchema(configSchema, { target: "draft-2020-12", io: "input" });
  const properties: Record<string, unknown> = { ...schema.properties };
  offerNames(properties, "weights", known.criteria);
  offerNames(properties, "rules", known.rules);
  offerNames(properties, "thresholds", known.thresholds.map(kebabCase));
  properties.assume = {
    type: "object",
    description: configSchema.shape.assume.description,
    properties: Object.fromEntries(known.assumptions.map(assumptionSchema)),
    additionalProperties: false,
  };
  return { ...schema, properties };
}

/** Values that can be listed are offered, with true and false where yes and no are. */
function assumptionSchema({ key, values }: KnownAssumption): [string, object] {
  if (typeof values === "string") return [key, { type: ["string", "integer"], description: values }];
  const words = values.includes("yes") ? [...values, true, false] : values;
  return [key, { enum: words }];
}

function offerNames(properties: Record<string, unknown>, key: string, names: readonly string[]): void {
  const property = properties[key];
  // JSON Schema wants at least one name in an enum.
  if (names.length === 0 || typeof property !== "object" || property === null) return;
  properties[key] = { ...property, propertyNames: { enum: names } };
}
