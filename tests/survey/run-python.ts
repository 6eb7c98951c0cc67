import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "../../src/index.ts";

const run = promisify(execFile);

/** Throws a UsageError that says what is missing, where Python or its pip cannot be started. */
export async function requirePip(): Promise<void> {
  try {
    await run("python3", ["-m", "pip", "--version"]);
  } catch {
    throw new UsageError(
      "The survey downloads its packages with python3 and pip, and `python3 -m pip --version` does not run here. Install both, then run it again; nothing that is downloaded gets executed.",
    );
  }
}

/** Runs python3. On failure the error's message is the last line that Python wrote. */
export async function runPython(args: readonly string[]): Promise<void> {
  try {
    await run("python3", [...args], { maxBuffer: 64 << 20, timeout: 600_000 });
  } catch (error) {
    const stderr = String((error as { stderr?: unknown }).stderr ?? "").trim();
    throw new Error(stderr.split("\n").at(-1) || (error as Error).message);
  }
}
