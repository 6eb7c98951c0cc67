// Threads change how long a scan takes, never what it says: whatever their number, and whether they work or not.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FIXTURE = join(ROOT, "fixtures", "projects", "fastapi-async-alembic");

/** Inside the repository, since the program looks for the grammars in the folders above it. */
const bundle = mkdtempSync(join(ROOT, "node_modules", ".ormverdict-threads-"));
const worker = join(bundle, "worker.js");

beforeAll(async () => {
  await build({
    absWorkingDir: ROOT,
    entryPoints: { cli: "src/cli/main.ts", worker: "src/reading/worker.ts" },
    outdir: bundle,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
});
afterAll(() => rmSync(bundle, { recursive: true, force: true }));

/** More Python than one thread reads alone: code of a project, with long tests and one file that cannot be decoded. */
function largeTree(): string {
  const code = readdirSync(FIXTURE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files: Record<string, string | Uint8Array> = {};
  for (const path of code) files[path.slice(FIXTURE.length + 1)] = readFileSync(path);
  const filler = "def test_it(a: int) -> None:\n    assert [b.c for b in d(a) if b] == {1: 'x'}\n\n\n".repeat(
    1800,
  );
  for (let index = 0; index < 10; index += 1) {
    files[`tests/test_${index}.py`] = `from app import models\n\n\n${filler}`;
  }
  files["tests/test_old.py"] = 'print "old"\n';
  files["app/broken.py"] = "def f(:\n";
  files["app/undecodable.py"] = new Uint8Array([0x78, 0x3d, 0xff, 0xfe, 0x0a]);
  return temporaryTree(files);
}

function scan(tree: string, ...flags: string[]): string {
  const argv = [join(bundle, "cli.js"), "scan", tree, "--format", "json", "--quiet", ...flags];
  return execFileSync(process.execPath, argv, { encoding: "utf8", maxBuffer: 1 << 28 });
}

describe("threads", () => {
  it("give the bytes that one thread gives: cold, warm, and where they are missing or die", {
    timeout: 120_000,
  }, () => {
    const tree = largeTree();
    const cache = temporaryTree({});
    const alone = scan(tree, "--no-cache", "-j", "1");
    expect(alone).toContain("broken.py");
    expect(scan(tree, "--cache-dir", cache, "-j", "2")).toBe(alone);
    expect(scan(tree, "--cache-dir", cache, "-j", "4")).toBe(alone);

    const code = readFileSync(worker, "utf8");
    // Says that it ran, so that this test cannot pass without any thread.
    const mark = join(cache, "ran");
    const noted = `import { appendFileSync } from "node:fs"; appendFileSync(${JSON.stringify(mark)}, "x");`;
    writeFileSync(worker, `${noted}\n${code}`);
    expect(scan(tree, "--no-cache", "-j", "4")).toBe(alone);
    expect(readFileSync(mark, "utf8")).toMatch(/^x+$/);

    for (const broken of [
      'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { throw new Error("later"); });',
      'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(3));',
    ]) {
      writeFileSync(worker, broken);
      expect(scan(tree, "--no-cache", "-j", "3")).toBe(alone);
    }
    rmSync(worker);
    expect(scan(tree, "--no-cache", "-j", "2")).toBe(alone);
  });
});
