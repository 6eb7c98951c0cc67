import type { Report } from "../model/report.ts";
import { UsageError } from "../model/usage-error.ts";

const READS = 1;

/**
 * Reads the text of a JSON report.
 *
 * @param shown how messages name the file.
 * @throws UsageError (rejection) for what is no report, or one of a schema version that this ormverdict does not read.
 */
export async function readReport(text: string, shown: string): Promise<Report> {
  const value = parseJson(text, shown);
  const version = isRecord(value) ? value.schemaVersion : undefined;
  if (version === undefined)
    throw new UsageError(
      `${shown} is no report of ormverdict: it has no schemaVersion. Write one with \`ormverdict scan --format json=FILE\`.`,
    );
  if (version !== READS)
    throw new UsageError(
      `${shown} has schema version ${JSON.stringify(version)}, and this ormverdict reads ${READS}. Scan again, both times with one version of ormverdict.`,
    );
  const { reportSchema } = await import("../model/report.schema.ts");
  const checked = reportSchema.safeParse(value);
  if (checked.success) return value as Report;
  const [issue] = checked.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new UsageError(
    `${shown} is no report that this version reads (${issue?.message ?? "wrong shape"}${where}). Scan again with this version.`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function parseJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new UsageError(
      `${shown} is not valid JSON. Write a report with \`ormverdict scan --format json=FILE\`.`,
    );
  }
}
