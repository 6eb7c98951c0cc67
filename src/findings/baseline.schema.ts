// The baseline file as a reader may find it: written by us, edited and merged by people.
import { z } from "zod";

export const baselineSchema = z.strictObject({
  version: z.literal(1),
  projects: z.array(
    z.strictObject({
      root: z.string(),
      choice: z.string(),
      stance: z.string(),
      confidence: z.number().min(0).max(1),
      orms: z.array(z.string()),
    }),
  ),
  findings: z.array(
    z.strictObject({
      path: z.string(),
      rule: z.string(),
      symbol: z.string().nullable(),
      snippet: z.string(),
      count: z.int().min(1),
    }),
  ),
});
