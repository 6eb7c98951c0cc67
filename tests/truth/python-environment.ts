// Virtual environments that are made once and kept in a cache folder, and what is run with their Python.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { UsageError } from "../../src/index.ts";

const run = promisify(execFile);
const MAX_MILLISECONDS = 20 * 60_000;

/**
 * Gives the Python of a virtual environment that holds exactly these requirements; those who ask for the same share it.
 *
 * @throws UsageError where python3, its venv or pip is missing, and Error where the requirements cannot be installed.
 */
export async function preparePython(requirements: readonly string[], cache: string): Promise<string> {
  const key = createHash("sha256").update(requirements.join("\n")).digest("hex").slice(0, 16);
  const folder = join(cache, "environments", key);
  const python = join(folder, "bin", "python");
  const done = join(folder, "ready");
  if (existsSync(done)) return python;
  await requirePip();
  rmSync(folder, { recursive: true, force: true });
  await runPython("python3", ["-m", "venv", folder]);
  const install = ["-m", "pip", "install", "--quiet", "--prefer-binary", ...requirements];
  if (requirements.length > 0) await runPython(python, install);
  mkdirSync(done);
  return python;
}

async function requirePip(): Promise<void> {
  for (const tool of ["pip", "venv"]) {
    try {
      await run("python3", ["-m", tool, "--help"]);
    } catch {
      throw new UsageError(
        `This installs packages with python3, its venv and pip, and \`python3 -m ${tool} --help\` does not run here. Install them, then run it again.`,
      );
    }
  }
}

/** Runs a Python. On failure the error's message is the last lines that it wrote. */
export async function runPython(python: string, args: readonly string[]): Promise<void> {
  try {
    await run(python, [...args], { maxBuffer: 64 << 20, timeout: MAX_MILLISECONDS });
  } catch (error) {
    const stderr = String((error as { stderr?: unknown }).stderr ?? "").trim();
    throw new Error(stderr.split("\n").slice(-8).join("\n") || (error as Error).message);
  }
}
