// What only a process of its own can show: permissions, pipes, and the exit code that the shell sees.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";
import { bundleCli, type CliBundle } from "./bundle-cli.ts";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
let cli: CliBundle;
beforeAll(async () => {
  cli = await bundleCli("process-test");
}, 60_000);
afterAll(() => cli.remove());

function runProcess(argv: readonly string[], wrapper: readonly string[] = []) {
  const [program = process.execPath, ...rest] = [...wrapper, process.execPath, cli.path, ...argv];
  const { status, stdout, stderr } = spawnSync(program, rest, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, CI: "true", ORMVERDICT_NO_CACHE: "1", NO_COLOR: "1", FORCE_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, stdout, stderr };
}

/** Permission bits do not bind root: it has to give up its capabilities, where the system lets it. */
const WITHOUT_PRIVILEGES = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"];
const isRoot = process.getuid?.() === 0;
const canDrop = isRoot && spawnSync("setpriv", [...WITHOUT_PRIVILEGES.slice(1), "true"]).status === 0;
const canTestPermissions = process.platform !== "win32" && (!isRoot || canDrop);

describe("a process of its own", () => {
  it.skipIf(!canTestPermissions)(
    "says that a folder may not be read (skipped where permissions do not apply: root without setpriv, Windows)",
    () => {
      const folder = temporaryTree({ "locked/app.py": "x = 1\n" });
      const locked = join(folder, "locked");
      chmodSync(locked, 0o000);
      onTestFinished(() => chmodSync(locked, 0o700));
      const { status, stdout, stderr } = runProcess([locked], isRoot ? WITHOUT_PRIVILEGES : []);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/^ormverdict: .*locked" cannot be (listed|opened).*permission.*\.\n$/);
    },
  );

  it.skipIf(!canTestPermissions)(
    "reports a file and a folder that may not be read, and reads the rest",
    () => {
      const folder = temporaryTree({ "a.py": "x = 1\n", "b.py": "y = 1\n", "deep/c.py": "z = 1\n" });
      chmodSync(join(folder, "b.py"), 0o000);
      chmodSync(join(folder, "deep"), 0o000);
      onTestFinished(() => chmodSync(join(folder, "deep"), 0o700));
      const { status, stdout } = runProcess([folder, "--format", "json"], isRoot ? WITHOUT_PRIVILEGES : []);
      expect(status).toBe(0);
      const { problems, stats } = JSON.parse(stdout);
      expect(stats).toMatchObject({ parsed: 1 });
      expect(problems.map(({ path, kind }: Record<string, string>) => `${path} ${kind}`)).toEqual([
        "b.py unreadable",
        "deep unreadable",
      ]);
    },
  );

  it.skipIf(!canTestPermissions)("refuses an output that may not be written, before it scans", () => {
    const folder = temporaryTree({ "a.py": "x = 1\n", "out/": "" });
    chmodSync(join(folder, "out"), 0o500);
    onTestFinished(() => chmodSync(join(folder, "out"), 0o700));
    const file = join(folder, "out", "report.json");
    const { status, stdout, stderr } = runProcess([folder, "-o", file], isRoot ? WITHOUT_PRIVILEGES : []);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/Cannot write .*report\.json: permission denied/);
  });

  it("ends quietly when the reader of its output goes away", () => {
    // More than any pipe holds, so that the write is still under way when the reader has gone.
    const files = Array.from({ length: 800 }, (_, index) => [`module_${index}.py`, "def f(:\n"]);
    const folder = temporaryTree(Object.fromEntries(files));
    const argv = [process.execPath, cli.path, folder, "--format", "json"];
    const command = argv.map((part) => `'${part}'`).join(" ");
    const script = `${command} | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: ROOT, encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "0\n", stderr: "" });
  });

  it.skipIf(!existsSync("/dev/full"))(
    "says that its output could not be written, where the disk is full",
    () => {
      const command = [process.execPath, cli.path, "schema"].map((part) => `'${part}'`).join(" ");
      const { stdout, stderr } = spawnSync("bash", ["-c", `${command} >/dev/full; echo $?`], {
        encoding: "utf8",
      });
      expect(stdout).toBe("2\n");
      expect(stderr).toBe("ormverdict: the output could not be written (ENOSPC). Write it elsewhere.\n");
      const toFile = runProcess([temporaryTree({ "a.py": "" }), "-o", "/dev/full"]);
      expect(toFile).toMatchObject({ status: 2, stdout: "" });
      expect(toFile.stderr).toMatch(/^ormverdict: Cannot write \/dev\/full \(ENOSPC\)\. .*\n$/);
    },
  );

  it("gives the shell its exit code", () => {
    expect(runProcess(["nowhere"])).toMatchObject({ status: 2, stdout: "" });
    expect(runProcess(["--version"])).toMatchObject({ status: 0, stderr: "" });
  });
});
