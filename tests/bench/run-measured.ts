import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Cost } from "./bench-result.ts";

const run = promisify(execFile);
const MEASURE = fileURLToPath(new URL("measure.py", import.meta.url));
const MAX_MILLISECONDS = 30 * 60_000;

export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Exit codes that mean that the work was done. */
  readonly accepts: readonly number[];
}

export interface Measured {
  readonly cost: Cost;
  readonly stderr: string;
}

/**
 * Runs a command in a process of its own and measures it.
 *
 * @throws Error with the last line that it said, where it did not do its work.
 */
export async function runMeasured({ accepts, argv, cwd }: Command): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "bench-figures-"));
  const [figures, said] = [join(folder, "figures"), join(folder, "stderr")];
  try {
    const options = { cwd, timeout: MAX_MILLISECONDS, env: plainEnvironment() };
    await run("python3", [MEASURE, figures, said, ...argv], options);
    const { exitCode, ...cost } = JSON.parse(readFileSync(figures, "utf8"));
    const stderr = readFileSync(said, "utf8");
    if (accepts.includes(exitCode)) return { cost, stderr };
    throw new Error(`it exited with ${exitCode}: ${stderr.trim().split("\n").at(-1)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nobody's own settings decide what is measured. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const own = /^(ORMVERDICT_|RUFF_|SEMGREP_|NODE_OPTIONS$|NODE_COMPILE_CACHE$|PYTHON)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}
