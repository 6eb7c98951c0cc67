import type { Report } from "../model/report.ts";
import type { RuleText } from "./rule-text.ts";

/** What a rendering may depend on besides the report. Nothing else: no terminal, no environment, no clock. */
export interface RenderOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly verbose: boolean;
  /** The most characters that a format with a limit may take; each such format has a default of its own. */
  readonly maxLength?: number;
  /** The rules, for formats that list them; those with findings are listed by name without. */
  readonly rules?: readonly RuleText[];
  /** What formats that name files elsewhere put before the report's paths: "" or "services/api/". */
  readonly pathPrefix?: string;
}

/**
 * One output format: turns the finished report into a string that ends in a newline. It prints nothing, reads nothing and
 * decides nothing, and it makes text that comes from the scanned repository harmless for its format.
 */
export interface Reporter {
  /** What `--format` takes. */
  readonly name: string;
  readonly mediaType: string;
  /** One clause for the help text. */
  readonly describe: string;
  /** "findings" for formats that say nothing of the verdict. */
  readonly subject?: "findings";
  /** True where a service shows the result beside the code, and wants paths from the repository's root. */
  readonly forRepository?: true;
  render(report: Report, options: RenderOptions): string;
}
