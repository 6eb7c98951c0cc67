// Fields that many parts of the report share, each with the description a reader of the JSON Schema sees.

import { z } from "zod";

export const count = (about: string) => z.int().min(0).describe(about);
export const text = (about: string) => z.string().describe(about);
export const names = (about: string) => z.array(z.string()).describe(about);
export const share = (about: string) => z.number().min(0).max(1).describe(about);

export const path = z.string().describe("POSIX path relative to the scanned root");
export const line = z.int().min(1).describe("line, 1-based");
export const column = z.int().min(1).describe("column, 1-based, in Unicode code points");
export const version = z
  .string()
  .nullable()
  .describe("version from the lock file or manifest, null when not known");

const evidence = z
  .strictObject({ path, line, says: text("what is seen there, one short clause") })
  .meta({ id: "Evidence", description: "Where something was seen" });
export const evidenceList = z.array(evidence).describe("where this was seen, the strongest first");

export const signal = {
  unknown: z
    .string()
    .nullable()
    .describe("null when the scan could look everywhere it needed to, else why the answer may be incomplete"),
  evidence: evidenceList,
};
