import type { FileRole } from "./file-role.ts";
import type { Severity } from "./report.ts";

/** "off" switches a rule off, "on" leaves it at its own severity. */
export type RuleSetting = "on" | "off" | Severity;

/** Where one result goes: `--format json=out.json` is `{ name: "json", file: "out.json" }`. */
export interface FormatTarget {
  readonly name: string;
  /** null for standard output. Relative to the working directory. */
  readonly file: string | null;
}

/** From which severity on findings fail the check; notes never do. */
export type FailOn = "error" | "warning" | "never";

/** Everything a user can set, after flags, environment and file have been merged. */
export interface Config {
  /** Globs of paths to leave out, relative to the scanned root. */
  readonly exclude: readonly string[];
  /** Counts tests, examples and the like as if they were production code. */
  readonly includeTests: boolean;
  readonly format: readonly FormatTarget[];
  /** Worker threads; null lets the scan choose. */
  readonly jobs: number | null;
  /** Whether facts of unchanged files may be kept between runs. */
  readonly cache: boolean;
  /** Weight by criterion id, in place of the criterion's own. */
  readonly weights: Readonly<Record<string, number>>;
  /** What files are for, by glob; the first match wins. */
  readonly roles: readonly { readonly glob: string; readonly role: FileRole }[];
  /** What the verdict takes for granted in place of what was seen, by the key of the assumption: `framework: "django"`. */
  readonly assume: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Rule settings for the files that a glob matches; later entries win. */
  readonly perPath: readonly {
    readonly glob: string;
    readonly rules: Readonly<Record<string, RuleSetting>>;
  }[];
  readonly thresholds: Readonly<Record<string, number>>;
  readonly failOn: FailOn;
  /** How many findings the check lets pass. */
  readonly maxFindings: number;
  /** The baseline of the scanned folder where it has another name, as a full path; null for the usual one. */
  readonly baseline: string | null;
}
