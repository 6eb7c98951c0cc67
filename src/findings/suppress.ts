import type { Finding, FindingSuppression } from "../model/report.ts";

/** The finding, taken out of account. */
export function suppress(finding: Finding, suppression: FindingSuppression): Finding {
  return { ...finding, suppressed: true, suppression };
}
