// From TOML text to checked values. Every error names the file, the line where it can be found, and the nearest known name.
import type { Config, RuleSetting } from "../model/config.ts";
import { UsageError } from "../model/usage-error.ts";
import { camelCase, kebabCase } from "../text/letter-case.ts";
import { didYouMean } from "../text/nearest-name.ts";
import type { ConfigFileValues, ConfigIssue } from "./config.schema.ts";
import type { KnownNames } from "./config-request.ts";
import type { ConfigText } from "./find-config-file.ts";
import { lineOfKey } from "./line-of-key.ts";
import { faultOfAssumption } from "./parse-assumption.ts";
import { parseFormat } from "./parse-format.ts";

/**
 * Reads one configuration file; null when it has no table of ours.
 *
 * @param shown how messages name the file.
 * @throws UsageError for broken TOML, an unknown key, or a value of the wrong kind.
 */
export async function readConfig(
  source: ConfigText,
  shown: string,
  known: KnownNames,
): Promise<Partial<Config> | null> {
  const values = await tableOf(source, shown);
  if (values === undefined) return null;
  const { configSchema } = await import("./config.schema.ts");
  const fail = (path: readonly string[], says: string): never => {
    const line = lineOfKey(source.text, [...source.table, ...path]);
    throw new UsageError(`${shown}${line === null ? "" : `:${line}`}: ${says}`);
  };
  const checked = configSchema.safeParse(values);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    if (issue !== undefined) failIssue(issue, Object.keys(configSchema.shape), fail);
  }
  const found = checked.data ?? {};
  checkNames(found, known, fail);
  return toConfig(found, known, shown, fail);
}

type Fail = (path: readonly string[], says: string) => never;

async function tableOf(source: ConfigText, shown: string): Promise<unknown> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    let value: unknown = parse(source.text);
    for (const key of source.table) {
      value =
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
    }
    return value;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // A pyproject.toml that only names us among its dependencies is the scan's to report, and no reason to refuse.
    if (source.table.length > 0 && !/tool\s*\.\s*["']?ormverdict/.test(source.text)) return undefined;
    const [says = ""] = error.message.split("\n");
    throw new UsageError(
      `${shown}:${error.line}: this is not valid TOML (${says.replace(/^.*document: /, "")}).`,
    );
  }
}

function failIssue(issue: ConfigIssue, topKeys: readonly string[], fail: Fail): never {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    const keys = path.length === 0 ? topKeys : [];
    return fail(
      [...path, key],
      `unknown key "${key}".${didYouMean(key, keys)} The keys are ${keys.join(", ")}.`,
    );
  }
  const name = path.join(".");
  if (name === "") return fail(path, "tool.ormverdict must be a table of keys.");
  if (issue.code === "invalid_value") {
    return fail(path, `"${name}" must be one of ${issue.values.map(String).join(", ")}.`);
  }
  if (issue.code === "invalid_union" && (path[0] === "rules" || path[0] === "per-path")) {
    return fail(path, `"${name}" must be true, false, on, off, error, warning or note.`);
  }
  const says = issue.message.replace(/^Invalid input: /, "").replace(/^Too (small|big): /, "");
  return fail(path, `"${name}" has a value it cannot have: ${says}.`);
}

function checkNames(values: ConfigFileValues, known: KnownNames, fail: Fail): void {
  const check = (
    path: readonly string[],
    table: object | undefined,
    names: readonly string[],
    kind: string,
  ) => {
    for (const name of Object.keys(table ?? {})) {
      if (names.includes(name)) continue;
      fail(
        [...path, name],
        `there is no ${kind} "${name}".${didYouMean(name, names)} ${listOf(kind, names)}`,
      );
    }
  };
  check(["weights"], values.weights, known.criteria, "criterion");
  check(["rules"], values.rules, known.rules, "rule");
  check(["thresholds"], values.thresholds, known.thresholds.map(kebabCase), "threshold");
  for (const [key, value] of Object.entries(values.assume ?? {})) {
    const fault = faultOfAssumption(key, String(value), known.assumptions);
    if (fault !== null) fail(["assume", key], fault);
  }
  for (const [glob, rules] of Object.entries(values["per-path"] ?? {})) {
    check(["per-path", glob], rules, known.rules, "rule");
  }
}

function listOf(kind: string, names: readonly string[]): string {
  if (kind === "threshold" && names.length > 0) return `The thresholds are ${names.join(", ")}.`;
  return "`ormverdict rules` lists what there is.";
}

function toConfig(values: ConfigFileValues, known: KnownNames, shown: string, fail: Fail): Partial<Config> {
  const formats = typeof values.format === "string" ? [values.format] : values.format;
  // A scanned repository may be anyone's, and its configuration must not make us write to a file of its choice.
  if (formats?.some((format) => format.includes("="))) {
    fail(["format"], "a configuration file cannot name files to write; use --format NAME=FILE.");
  }
  // For the same reason: check writes its baseline.
  if (values.baseline?.split(/[\\/]/).includes(".."))
    fail(["baseline"], "the baseline must lie in the folder of this file or below it.");
  const perPath = Object.entries(values["per-path"] ?? {});
  return {
    ...(values.exclude && { exclude: values.exclude }),
    ...(values["include-tests"] !== undefined && { includeTests: values["include-tests"] }),
    ...(formats && {
      format: formats.map((format) => parseFormat(format, `${shown}: format`, known.formats)),
    }),
    ...(values.jobs !== undefined && { jobs: values.jobs }),
    ...(values.cache !== undefined && { cache: values.cache }),
    ...(values.weights && { weights: values.weights }),
    ...(values.roles && { roles: Object.entries(values.roles).map(([glob, role]) => ({ glob, role })) }),
    ...(values.assume && {
      assume: Object.fromEntries(Object.entries(values.assume).map(([name, value]) => [name, String(value)])),
    }),
    ...(values.rules && { rules: ruleSettings(values.rules) }),
    ...(perPath.length > 0 && {
      perPath: perPath.map(([glob, rules]) => ({ glob, rules: ruleSettings(rules) })),
    }),
    ...(values.thresholds && { thresholds: camelCaseKeys(values.thresholds) }),
    ...(values["fail-on"] && { failOn: values["fail-on"] }),
    ...(values["max-findings"] !== undefined && { maxFindings: values["max-findings"] }),
    ...(values.baseline && { baseline: values.baseline }),
  };
}

function ruleSettings(written: Readonly<Record<string, RuleSetting | boolean>>): Record<string, RuleSetting> {
  const plain = (value: RuleSetting | boolean): RuleSetting =>
    typeof value === "boolean" ? (value ? "on" : "off") : value;
  return Object.fromEntries(Object.entries(written).map(([rule, value]) => [rule, plain(value)]));
}

function camelCaseKeys(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [camelCase(key), value]));
}
