import { criteria, explainCriterion, rules, UsageError } from "../index.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { explainPlace } from "./explain-place.ts";
import { explainRule } from "./explain-rule.ts";
import type { Host } from "./host.ts";
import { runScan } from "./run-scan.ts";
import type { ScanFlags } from "./scan-flags.ts";
import { terminalLook } from "./terminal-look.ts";

/** `explain`: a rule or criterion by its id, with how it was weighed in `paths`, or the query at `path:line`. */
export async function explain(
  subject: string,
  paths: readonly string[],
  flags: ScanFlags,
  host: Host,
): Promise<void> {
  host.stdout.write(await explanationOf(subject, paths, flags, host));
}

async function explanationOf(
  subject: string,
  paths: readonly string[],
  flags: ScanFlags,
  host: Host,
): Promise<string> {
  const criterion = criteria.find(({ id }) => id === subject);
  if (criterion !== undefined) {
    const { report } = await runScan(paths, { ...flags, quiet: true }, host);
    const results = report.projects.flatMap((project) =>
      project.criteria
        .filter(({ id }) => id === subject)
        .map((result) => ({ project: project.root === "." ? project.name : project.root, result })),
    );
    return explainCriterion(criterion, results, terminalLook(flags, host));
  }
  if (paths.length > 0)
    throw new UsageError(
      `Only a criterion is explained in folders, and "${subject}" is none. Leave out ${paths.join(" ")}.`,
    );
  const rule = rules.find(({ id }) => id === subject);
  if (rule !== undefined) return explainRule(rule);
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(subject);
  if (place !== null) {
    const [, path = "", line = ""] = place;
    return explainPlace(path, Number(line), flags, host);
  }
  const ids = [...rules, ...criteria].map(({ id }) => id);
  const hint = /\.py$|[/\\]/.test(subject)
    ? ` For a query, add its line: ${subject}:LINE.`
    : didYouMean(subject, ids) || " `ormverdict rules` lists what there is.";
  throw new UsageError(`There is no rule and no criterion "${subject}".${hint}`);
}
