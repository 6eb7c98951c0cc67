import { Command } from "commander";
import { VERSION } from "../index.ts";
import { checkFindings } from "./check-findings.ts";
import { addCheckOptions, type CheckFlags } from "./check-flags.ts";
import { type CompareFlags, compare } from "./compare.ts";
import { explain } from "./explain.ts";
import type { Host } from "./host.ts";
import { listRules } from "./list-rules.ts";
import { printSchema } from "./print-schema.ts";
import { printVerdict } from "./print-verdict.ts";
import { addScanOptions, type ScanFlags } from "./scan-flags.ts";

const EXAMPLES = `
Examples:
  ormverdict                               the verdict on the code base in this folder
  ormverdict scan services/api             on one of its services
  ormverdict scan --format json=out.json --format markdown=out.md
  ormverdict check                         fail a pull request that makes the data layer worse
  ormverdict explain app/reports.py:88     the query on that line, and why it counts as it does
  ormverdict explain async-database-access what a criterion means, and how it was weighed here
  ormverdict compare before.json after.json

Exit codes:
  0  done; for check: no findings
  1  check found something
  2  wrong usage, configuration or input, or a bug of ormverdict (it says which)

Configuration: [tool.ormverdict] in pyproject.toml, or ormverdict.toml; ORMVERDICT_* variables; flags. Later ones win.
Nothing in the scanned code is imported or run, and nothing is sent anywhere.`;

const PATHS = "folders to scan, each on its own (default: the current one)";

/** The whole command line. `setExitCode` is told how a command that ran ended. */
export function buildProgram(host: Host, setExitCode: (code: number) => void): Command {
  const program = new Command("ormverdict")
    .description(
      "Reads a Python code base and says which ORM fits it, SQLAlchemy or the Django ORM, and what in the code says so.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help; after a command, its options")
    .helpCommand("help [command]", "show the help of a command")
    .usage("[command] [options]")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      // Errors are worded in one place, by the caller.
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(host.stdout.columns ?? 100, 120),
    })
    .addHelpText("after", EXAMPLES);

  addScanOptions(program.command("scan", { isDefault: true }).argument("[path...]", PATHS))
    .description("report and verdict (the default command)")
    .action((paths: string[], flags: ScanFlags) => printVerdict(paths, flags, host));

  addCheckOptions(addScanOptions(program.command("check").argument("[path...]", PATHS)))
    .description("the gate for CI: exits with 1 when there are findings")
    .action(async (paths: string[], flags: CheckFlags) =>
      setExitCode(await checkFindings(paths, flags, host)),
    );

  addScanOptions(
    program
      .command("explain")
      .argument("<subject>", "a rule, a criterion, or path:line")
      .argument("[path...]", "folders in which a criterion is weighed (default: the current one)"),
  )
    .description("what a rule means, how a criterion is weighed here, or the query at path:line")
    .action((subject: string, paths: string[], flags: ScanFlags) => explain(subject, paths, flags, host));

  program
    .command("compare")
    .argument("<before>", "a JSON report")
    .argument("<after>", "a later one on the same code base")
    .option("-f, --format <name>", "text or markdown", "text")
    .option("-o, --output-file <file>", "write the result to a file instead of standard output")
    .option("--color <when>", "auto, always, never (default: auto)")
    .description("what moved between two JSON reports")
    .action((before: string, after: string, flags: CompareFlags) => compare(before, after, flags, host));

  program
    .command("rules")
    .description("every rule and criterion with its default")
    .action(() => listRules(host));

  program
    .command("schema")
    .argument("[kind]", "report or config", "report")
    .description("the JSON Schema of the report or of the configuration")
    .action((kind: string) => printSchema(kind, host));

  return program;
}
