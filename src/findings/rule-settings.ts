import ignore from "ignore";
import type { Config, RuleSetting } from "../model/config.ts";
import type { Finding } from "../model/report.ts";
import { rules as registry } from "./index.ts";
import type { Rule } from "./rule.ts";

export interface RuleSettings {
  /** Where nothing was set, "on", or "off" for rules that are off by default. Later globs beat earlier ones, and any glob beats what holds everywhere. */
  of(rule: string, path: string): RuleSetting;
  /** The finding with its severity, or nothing where its rule is off. */
  enforce(finding: Finding): Finding[];
}

/** What the configuration says of rules, by the files their findings are in. Globs have .gitignore syntax, relative to the scanned root. */
export function settingsByPath({
  rules,
  perPath,
  thresholds,
}: Pick<Config, "rules" | "perPath" | "thresholds">): RuleSettings {
  const off = new Set(registry.filter((rule) => isOff(rule, thresholds)).map(({ id }) => id));
  const globs = perPath.map(({ glob, rules: own }) => ({ matcher: ignore().add(glob), own }));
  const of = (rule: string, path: string): RuleSetting => {
    let setting = rules[rule] ?? (off.has(rule) ? "off" : "on");
    for (const { matcher, own } of globs) {
      const here = own[rule];
      if (here !== undefined && ignore.isPathValid(path) && matcher.ignores(path)) setting = here;
    }
    return setting;
  };
  return {
    of,
    enforce(finding) {
      const setting = of(finding.rule, finding.path);
      if (setting === "off") return [];
      return [setting === "on" ? finding : { ...finding, severity: setting }];
    },
  };
}

/** A limit that somebody set is a limit that somebody wants kept. */
function isOff({ offBecause, thresholds = {} }: Rule, set: Config["thresholds"]): boolean {
  return offBecause !== undefined && !Object.keys(thresholds).some((name) => name in set);
}
