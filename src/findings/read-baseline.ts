import type { Baseline } from "../model/gate.ts";
import { UsageError } from "../model/usage-error.ts";

/**
 * Reads the text of a baseline file.
 *
 * @param shown how messages name the file.
 * @throws UsageError (rejection) for text that is no baseline, such as one left by a merge conflict.
 */
export async function readBaseline(text: string, shown: string): Promise<Baseline> {
  const { baselineSchema } = await import("./baseline.schema.ts");
  const checked = baselineSchema.safeParse(parseJson(text, shown));
  if (checked.success) return { projects: checked.data.projects, findings: checked.data.findings };
  const [issue] = checked.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new UsageError(
    `${shown} is no baseline that this version reads (${issue?.message ?? "wrong shape"}${where}). Write it anew with --write-baseline.`,
  );
}

function parseJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    const says = /^<{7} /m.test(text) ? "holds an unresolved merge conflict" : "is not valid JSON";
    throw new UsageError(`${shown} ${says}. Resolve it, or write it anew with --write-baseline.`);
  }
}
