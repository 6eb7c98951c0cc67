import type { Host, OutputStream } from "../../src/cli/host.ts";
import { runCli } from "../../src/cli/run-cli.ts";

/** What a run printed, and its exit code. */
export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether both streams are terminals. */
  readonly isTerminal?: boolean;
}

/** Runs a command line without a process. */
export async function run(argv: readonly string[], options: RunOptions): Promise<RunResult> {
  const { cwd, environment = {}, isTerminal = false } = options;
  const printed = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr"): OutputStream => ({
    isTerminal,
    columns: isTerminal ? 100 : undefined,
    write: (text) => {
      printed[name] += text;
    },
  });
  let clock = 0;
  const host: Host = {
    cwd,
    environment,
    platform: "linux",
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    now: () => {
      clock += 100;
      return clock;
    },
  };
  const exitCode = await runCli(argv, host);
  return { exitCode, ...printed };
}
