import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";

/** A run whose output stream breaks in a way that nobody foresaw. */
async function runBroken(argv: readonly string[]): Promise<{ exitCode: number; stderr: string }> {
  let stderr = "";
  const stream = (write: (text: string) => void) => ({ isTerminal: false, columns: undefined, write });
  const exitCode = await runCli(argv, {
    cwd: ".",
    platform: "linux",
    environment: {},
    stdout: stream(() => {
      throw new TypeError("the stream\u001b[2J is gone");
    }),
    stderr: stream((text) => {
      stderr += text;
    }),
    now: () => 0,
  });
  return { exitCode, stderr };
}

describe("a bug of ormverdict", () => {
  it("exits with 2, says that it is one, and shows no stack", async () => {
    const { exitCode, stderr } = await runBroken(["rules"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^ormverdict: this is a bug in ormverdict \d+\.\d+\.\d+: the stream\\x1b\[2J is gone\. .*\n$/,
    );
    expect(stderr).not.toMatch(/\bat /);
  });

  it("shows its stack with --verbose", async () => {
    const { exitCode, stderr } = await runBroken(["explain", "standard-crud", "--verbose"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/\n {4}at .+bug\.test\.ts/);
    expect(stderr).not.toContain("\u001b");
  });
});
