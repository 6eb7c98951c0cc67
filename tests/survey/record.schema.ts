import { z } from "zod";

const choice = z.enum(["sqlalchemy", "django-orm", "either", "not-needed", "undecided"]);

/** The record files are written by hand: a misspelt word in one must not count as a miss of the scan. */
export const surveyRecords = z.array(
  z.strictObject({
    package: z.string().regex(/^[A-Za-z0-9._-]+$/),
    version: z.string().regex(/^[A-Za-z0-9.+!_-]+$/),
    file: z.string().regex(/^[A-Za-z0-9.+!_-]+\.(whl|tar\.gz|zip)$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    kind: z.enum(["wheel", "sdist"]),
    frameworks: z.record(z.string().regex(/^[a-z0-9-]+$/), z.enum(["runs-on", "supports", "dev-only"])),
    primaryOrm: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .nullable(),
    choice,
    greenfield: choice.optional(),
    stance: z.enum(["adopt", "stay", "stay-with-raw-sql", "move", "split", "none"]).optional(),
    databaseAccess: z.enum(["async", "mixed", "sync", "none", "unknown"]).optional(),
    why: z.string().min(20),
    evidence: z.array(z.string().regex(/^\S+:\d+ /, "expected `path:line what is there`")).min(1),
  }),
);
