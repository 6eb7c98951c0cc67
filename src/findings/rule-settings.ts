import ignore from "ignore";
import type { Config, RuleSetting } from "../model/config.ts";
import type { Finding } from "../model/report.ts";

export interface RuleSettings {
  /** "on" where nothing was set. Later globs beat earlier ones, and any glob beats what holds everywhere. */
  of(rule: string, path: string): RuleSetting;
  /** The finding with its severity, or nothing where its rule is off. */
  enforce(finding: Finding): Finding[];
}

/** What the configuration says of rules, by the files their findings are in. Globs have .gitignore syntax, relative to the scanned root. */
export function settingsByPath({ rules, perPath }: Pick<Config, "rules" | "perPath">): RuleSettings {
  const globs = perPath.map(({ glob, rules: own }) => ({ matcher: ignore().add(glob), own }));
  const of = (rule: string, path: string): RuleSetting => {
    let setting = rules[rule] ?? "on";
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
