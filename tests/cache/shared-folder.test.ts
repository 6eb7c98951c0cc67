// What only real processes and real disks show: whatever state the cache folder is in, a scan ends with 0 and prints the same bytes.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleCli, type CliBundle } from "../cli/bundle-cli.ts";
import { temporaryTree } from "../temporary-tree.ts";

const PROJECT = fileURLToPath(new URL("../../fixtures/projects/fastapi-bookshop", import.meta.url));
const OTHER = fileURLToPath(new URL("../../fixtures/projects/django-shop", import.meta.url));

let cli: CliBundle;
let plain = "";
beforeAll(async () => {
  cli = await bundleCli("shared-folder-test");
  const { status, stdout, stderr } = scan(["--no-cache"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  plain = stdout;
}, 60_000);
afterAll(() => cli.remove());

const argv = (how: readonly string[], cwd = "."): string[] => [cli.path, "scan", cwd, "-f", "json", ...how];

function scan(how: readonly string[], wrapper: readonly string[] = []) {
  const [program = process.execPath, ...rest] = [...wrapper, process.execPath, ...argv(how)];
  return spawnSync(program, rest, { cwd: PROJECT, encoding: "utf8", env: { ...process.env, CI: "true" } });
}

function start(
  how: readonly string[],
  cwd: string,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv(how), { cwd, env: { ...process.env, CI: "true" } });
    const said = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.stderr += text;
    });
    child.on("error", reject).on("close", (status) => resolve({ status, ...said }));
  });
}

describe("a cache folder that", () => {
  it("several processes fill at the same time holds nothing half written, and all print the same", async () => {
    const folder = temporaryTree({});
    const how = ["--cache-dir", folder];
    const runs = await Promise.all([PROJECT, PROJECT, OTHER].map((cwd) => start(how, cwd)));
    for (const [index, { status, stdout, stderr }] of runs.entries()) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      if (index !== 2) expect(stdout === plain).toBe(true);
    }
    const names = readdirSync(folder);
    expect(names.filter((name) => !name.startsWith("facts-"))).toEqual([]);
    expect(scan(how).stdout === plain).toBe(true);
    // Nothing was missing and nothing damaged, or this run would have written something.
    expect(readdirSync(folder)).toEqual(names);
  });

  it.skipIf(process.platform === "win32")("cannot grow fails no scan and keeps no remains", () => {
    const folder = temporaryTree({});
    const limited = ["sh", "-c", 'ulimit -f 4 && exec "$@"', "sh"];
    const { status, stdout, stderr } = scan(["--cache-dir", folder], limited);
    expect({ status, stderr, isSame: stdout === plain }).toEqual({ status: 0, stderr: "", isSame: true });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!canMount())("is on a full disk fails no scan (skipped where nothing can be mounted)", () => {
    const folder = temporaryTree({});
    const listed = mounted("-t tmpfs -o size=8k tmpfs", `"$@"; code=$?; ls -A "$folder" >&2; exit $code`);
    const { status, stdout, stderr } = scan(["--cache-dir", folder], [...listed, folder]);
    expect({ status, isSame: stdout === plain, left: stderr }).toEqual({ status: 0, isSame: true, left: "" });
  });

  it.skipIf(!canMount())("is damaged and may not be written fails no scan (skipped like the other)", () => {
    const folder = temporaryTree({});
    const how = ["--cache-dir", folder];
    scan(how);
    const [name = ""] = readdirSync(folder);
    const file = join(folder, name);
    truncateSync(file, statSync(file).size - 500);
    const before = readFileSync(file);
    // A folder mounted on itself, read-only: permission bits would not bind root.
    const readOnly = mounted(
      '--bind "$folder"',
      'mount -o remount,bind,ro "$folder" && ! touch "$folder/x" 2>&- && "$@"',
    );
    const { status, stdout, stderr } = scan(how, [...readOnly, folder]);
    expect({ status, stderr, isSame: stdout === plain }).toEqual({ status: 0, stderr: "", isSame: true });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

/** Runs a shell command with something mounted on the folder that follows it; what follows that is "$@". */
function mounted(what: string, command: string): string[] {
  const script = `folder=$1; shift; mount ${what} "$folder" && { ${command}; }`;
  return ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh"];
}

function canMount(): boolean {
  const [program = "", ...rest] = [...mounted("-t tmpfs tmpfs", "true"), tmpdir()];
  return spawnSync(program, rest).status === 0;
}
