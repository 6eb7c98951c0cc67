import type { Config } from "../model/config.ts";
import type { KnownAssumption } from "./parse-assumption.ts";

/** Names that configuration may use, taken from the registries so that a misspelt one is an error. */
export interface KnownNames {
  readonly formats: readonly string[];
  readonly criteria: readonly string[];
  readonly rules: readonly string[];
  readonly thresholds: readonly string[];
  readonly assumptions: readonly KnownAssumption[];
}

/** What decides the configuration of a run, the strongest first: flags, environment, file. */
export interface ConfigRequest {
  /** The paths to scan, as given. */
  readonly paths: readonly string[];
  /** Working directory: relative paths start here. */
  readonly cwd: string;
  /** The file of `--config`, or null to look for one. */
  readonly file: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly flags: Partial<Config>;
}

export interface LoadedConfig {
  /** What holds for the whole run, such as the output formats: the configuration of the first path. */
  readonly run: Config;
  /** The configuration of one of the paths, its globs relative to that path. */
  configFor(path: string): Config;
  /** The files it was read from, each once. */
  readonly files: readonly string[];
}
