// What the package promises about itself: versions agree, nothing is installed with it, what it contains is named.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { describe, expect, it } from "vitest";
import { VERSION } from "../src/index.ts";
import { withScreen } from "./readme-screen.ts";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

describe("package.json", () => {
  const manifest = JSON.parse(read("package.json"));

  it("has the version that the program prints, and the changelog knows it", () => {
    expect(manifest.version).toBe(VERSION);
    expect(read("CHANGELOG.md")).toContain(`## ${VERSION}`);
  });

  it("installs nothing and runs nothing on installation", () => {
    expect(manifest).not.toHaveProperty("dependencies");
    expect(manifest).not.toHaveProperty("optionalDependencies");
    const hooks = ["preinstall", "install", "postinstall", "prepare", "prepublish"];
    expect(Object.keys(manifest.scripts).filter((script) => hooks.includes(script))).toEqual([]);
  });

  it("has a lock file that names no registry", () => {
    const lock = JSON.parse(read("package-lock.json"));
    const entries = Object.values<Record<string, unknown>>(lock.packages);
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter((entry) => "resolved" in entry)).toEqual([]);
  });
});

describe("the bundle", () => {
  it("starts --help and --version without the schema library, the grammar's runtime and the SQL grammars", async () => {
    const { bundleOptions } = await import(new URL("../.ci/bundle-options.mjs", import.meta.url).href);
    const options: BuildOptions = { ...bundleOptions, write: false };
    const { outputs } = (await build({ ...options, metafile: true })).metafile;
    const reached = new Set(["dist/cli.js"]);
    for (const path of reached)
      for (const one of outputs[path]?.imports ?? [])
        if (one.kind === "import-statement" && !one.external) reached.add(one.path);
    const packagesOf = (paths: Iterable<string>): string[] => {
      const inputs = [...paths].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
      return [
        ...new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [])),
      ];
    };
    const heavy = ["node-sql-parser", "web-tree-sitter", "zod"];
    // They are in the bundle, behind import(): else the test below would hold of anything.
    expect(packagesOf(Object.keys(outputs))).toEqual(expect.arrayContaining(heavy));
    expect(packagesOf(reached)).toContain("commander");
    expect(packagesOf(reached).filter((name) => heavy.includes(name))).toEqual([]);
  });
});

describe("grammars", () => {
  const rows = [
    ...read("grammars/README.md").matchAll(/^\| (\S+\.wasm) \| (\S+) \| (\S+) \| MIT \| (\w{64}) \|$/gm),
  ];

  it("are all listed", () => {
    const files = readdirSync(join(ROOT, "grammars")).filter((file) => file.endsWith(".wasm"));
    expect(rows.map(([, file]) => file).sort()).toEqual(files.sort());
  });

  it.each(rows.map(([, file = "", , , sha256 = ""]) => ({ file, sha256 })))(
    "$file is the file that is listed",
    ({ file, sha256 }) => {
      const found = createHash("sha256")
        .update(readFileSync(join(ROOT, "grammars", file)))
        .digest("hex");
      expect(found).toBe(sha256);
    },
  );

  it("run on the JavaScript of the same version", () => {
    const lock = JSON.parse(read("package-lock.json"));
    const row = rows.find(([, , name]) => name === "web-tree-sitter");
    expect(row?.[3]).toBe(lock.packages["node_modules/web-tree-sitter"].version);
  });
});

describe("THIRD-PARTY-NOTICES.md", () => {
  it("names what the bundle contains", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, ".ci", "notices.mjs"), "--check"], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("README.md", () => {
  it("gives the command that scans and the command that tests", () => {
    const blocks = [...read("README.md").matchAll(/```sh\n(npm ci .*)\n```/g)].map(([, command]) => command);
    expect(blocks).toEqual([
      "npm ci && npm run build && node dist/cli.js scan fixtures/projects/fastapi-bookshop",
      "npm ci && npm test",
    ]);
  });

  it("shows what the program prints (`npm run docs` writes it)", async () => {
    const readme = read("README.md");
    expect(readme).toContain("$ ormverdict scan fixtures/projects/");
    expect(await withScreen(readme, ROOT)).toBe(readme);
  });

  it("describes every option and configuration key", async () => {
    const readme = read("README.md");
    const { configSchema } = await import("../src/config/config.schema.ts");
    for (const key of Object.keys(configSchema.shape))
      expect(readme, key).toMatch(new RegExp(`\`${key}\\b|ormverdict\\.${key}]`));
    const options = read("src/cli/scan-flags.ts").match(/--[a-z][a-z-]+/g) ?? [];
    for (const option of options) expect(readme, option).toContain(option);
  });
});
