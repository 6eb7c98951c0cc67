import { criteria, rules, UsageError } from "../index.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { explainCriterion, explainRule } from "./explain-entry.ts";
import { explainPlace } from "./explain-place.ts";
import type { Host } from "./host.ts";
import type { ScanFlags } from "./scan-flags.ts";

/** `explain`: a rule or criterion by its id, or the query at `path:line`. */
export async function explain(subject: string, flags: ScanFlags, host: Host): Promise<void> {
  const criterion = criteria.find(({ id }) => id === subject);
  if (criterion !== undefined) return host.stdout.write(explainCriterion(criterion));
  const rule = rules.find(({ id }) => id === subject);
  if (rule !== undefined) return host.stdout.write(explainRule(rule));
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(subject);
  if (place !== null) {
    const [, path = "", line = ""] = place;
    return host.stdout.write(await explainPlace(path, Number(line), flags, host));
  }
  const ids = [...rules, ...criteria].map(({ id }) => id);
  const hint = /\.py$|[/\\]/.test(subject)
    ? ` For a query, add its line: ${subject}:LINE.`
    : didYouMean(subject, ids) || " `ormverdict rules` lists what there is.";
  throw new UsageError(`There is no rule and no criterion "${subject}".${hint}`);
}
