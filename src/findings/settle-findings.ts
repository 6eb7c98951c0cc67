// What becomes of raw findings: rules switched off go, severities follow the configuration, and comments, the baseline and unchanged
// code take findings out of account, in that order, without removing them.
import type { Config } from "../model/config.ts";
import type { FileFacts } from "../model/facts.ts";
import type { Gate } from "../model/gate.ts";
import type { Finding } from "../model/report.ts";
import { applyBaseline } from "./baseline.ts";
import { applyComments } from "./comments.ts";
import { settingsByPath } from "./rule-settings.ts";
import { isChanged } from "./since.ts";
import { sortFindings } from "./sort-findings.ts";
import { suppress } from "./suppress.ts";

export interface Settlement {
  readonly config: Pick<Config, "rules" | "perPath" | "thresholds">;
  /** Files of the project whose code counts: only in those can a comment be unused. */
  readonly files: readonly FileFacts[];
  readonly gate: Gate | null;
}

/** Findings as `check` counts them, sorted. */
export function settleFindings(found: readonly Finding[], { config, files, gate }: Settlement): Finding[] {
  const settings = settingsByPath(config);
  const enforced = found.flatMap((finding) => settings.enforce(finding));
  const commented = applyComments(enforced, files, settings);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const isThere = (path: string): boolean => byPath.has(path) || gate?.exists(path) === true;
  const known = gate?.baseline ? applyBaseline(commented, gate.baseline, isThere) : commented;
  const changes = gate?.changes ?? null;
  if (changes === null) return sortFindings(known);
  return sortFindings(
    known.map((finding) =>
      finding.suppressed || isChanged(finding, changes, byPath)
        ? finding
        : suppress(finding, { kind: "unchanged", reason: null }),
    ),
  );
}
