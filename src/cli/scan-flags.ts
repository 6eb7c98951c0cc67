import { type Command, Option } from "commander";
import {
  assumptionKeys,
  type Config,
  parseAssumptions,
  parseFormat,
  parseJobs,
  reporters,
  UsageError,
} from "../index.ts";

/** The options of scan, check and explain as commander gives them. */
export interface ScanFlags {
  readonly format?: readonly string[];
  readonly outputFile?: string;
  readonly exclude?: readonly string[];
  readonly includeTests?: boolean;
  readonly assume?: readonly string[];
  readonly config?: string;
  /** False with --no-cache, else true. */
  readonly cache: boolean;
  readonly cacheDir?: string;
  /** False with --no-skim, else true. */
  readonly skim: boolean;
  readonly jobs?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: string;
}

const COLORS = ["auto", "always", "never"];

/** Adds what every command that scans understands. */
export function addScanOptions(command: Command): Command {
  const collect = (one: string, before: readonly string[] = []): string[] => [...before, one];
  const formats = reporters.map(({ name }) => name).join(", ");
  return command
    .option(
      "-f, --format <name[=file]>",
      `output format: ${formats}; repeatable, with =FILE to a file`,
      collect,
    )
    .option("-o, --output-file <file>", "write the result to a file instead of standard output")
    .option("--exclude <glob>", "leave out the paths that match; repeatable", collect)
    .option("--include-tests", "count tests, examples and the like as production code")
    .option(
      "--assume <key=value>",
      `judge as if this were so: ${assumptionKeys.join(", ")}; repeatable`,
      collect,
    )
    .option("--config <file>", "use this configuration file and look for no other")
    .option("--no-cache", "keep no facts between runs and use none")
    .option("--cache-dir <folder>", "keep them in this folder (default: the user's cache folder)")
    .option("--no-skim", "parse every file, also those of which little is asked: slower, and the same report")
    .option("-j, --jobs <number>", "worker threads (default: as many as pay off)")
    .addOption(new Option("-q, --quiet", "no progress and no messages, only results and errors"))
    .addOption(
      new Option("--verbose", "list what is otherwise counted; timings on standard error").conflicts("quiet"),
    )
    .addOption(new Option("--color <when>", `${COLORS.join(", ")} (default: auto)`));
}

/** What the flags say about configuration. */
export function flagConfig(flags: ScanFlags): Partial<Config> {
  const formats = reporters.map(({ name }) => name);
  return {
    ...(flags.exclude && { exclude: flags.exclude }),
    ...(flags.includeTests && { includeTests: true }),
    ...(flags.format && { format: flags.format.map((one) => parseFormat(one, "--format", formats)) }),
    ...(flags.assume && { assume: parseAssumptions(flags.assume) }),
    ...(!flags.cache && { cache: false }),
    ...(flags.jobs !== undefined && { jobs: parseJobs(flags.jobs, "--jobs") }),
  };
}

/** When to colour, from the flag or ORMVERDICT_COLOR. */
export function colorChoice(
  flags: Pick<ScanFlags, "color">,
  environment: Readonly<Record<string, string | undefined>>,
): "auto" | "always" | "never" {
  const choice = flags.color ?? (environment.ORMVERDICT_COLOR || "auto");
  if (choice === "auto" || choice === "always" || choice === "never") return choice;
  const where = flags.color === undefined ? "ORMVERDICT_COLOR" : "--color";
  throw new UsageError(`${where} must be auto, always or never, not "${choice}".`);
}
