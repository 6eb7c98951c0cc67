import type { Config } from "../model/config.ts";

/** What holds where nobody set anything. */
export const DEFAULT_CONFIG: Config = {
  exclude: [],
  includeTests: false,
  format: [{ name: "text", file: null }],
  jobs: null,
  cache: true,
  weights: {},
  roles: [],
  assume: {},
  rules: {},
  perPath: [],
  thresholds: {},
  failOn: "warning",
  maxFindings: 0,
  baseline: null,
};
