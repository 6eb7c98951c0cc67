import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { jsonSchema, type Report } from "../../src/index.ts";

/** Gives a function that says how a report breaks the published JSON Schema; null where it does not. */
export async function createReportValidator(): Promise<(report: Report) => string | null> {
  const validate: ValidateFunction = new Ajv2020({ strict: false }).compile(await jsonSchema("report"));
  return (report) => {
    // What machines read is the JSON text, so that is what must be valid: undefined and NaN do not survive it.
    if (validate(JSON.parse(JSON.stringify(report)))) return null;
    const [first] = validate.errors ?? [];
    return `${first?.instancePath || "/"} ${first?.message ?? "is not valid"}`;
  };
}
