import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ConfigRequest, KnownNames } from "../../src/config/config-request.ts";
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { temporaryTree } from "../temporary-tree.ts";

const KNOWN: KnownNames = {
  formats: ["text", "json", "markdown"],
  criteria: ["standard-crud"],
  rules: ["query-in-loop"],
  thresholds: ["leastSeen"],
  assumptions: [
    { key: "framework", values: ["django", "flask"], accepts: (value) => /^(django|flask)$/.test(value) },
    { key: "admin", values: ["yes", "no"], accepts: (value) => /^(yes|true)$/.test(value) },
    { key: "databases", values: "a number", accepts: (value) => /^\d+$/.test(value) },
  ],
};

function load(cwd: string, request: Partial<ConfigRequest> = {}) {
  return loadConfig({ paths: ["."], cwd, file: null, environment: {}, flags: {}, ...request }, KNOWN);
}

describe("loadConfig", () => {
  it("gives the defaults where nothing is set", async () => {
    const { run, files } = await load(
      temporaryTree({ "pyproject.toml": "[project]\nname = 'ormverdict-user'\n" }),
    );
    expect(run).toEqual(DEFAULT_CONFIG);
    expect(files).toEqual([]);
  });

  it("reads every key", async () => {
    const cwd = temporaryTree({
      "ormverdict.toml": `
exclude = ["legacy/"]
include-tests = true
format = ["json"]
jobs = 3
cache = false
weights = { standard-crud = 0.5 }
roles = { "ops/**" = "script", "**/gen/*" = "generated" }
assume = { admin = true, framework = "django", databases = 3 }
rules = { query-in-loop = "error" }
thresholds = { least-seen = 0.1 }
fail-on = "error"
max-findings = 4
baseline = "ci/accepted.json"
[per-path]
"tests/**" = { query-in-loop = false }
`,
    });
    expect((await load(cwd)).run).toEqual({
      exclude: ["legacy/"],
      includeTests: true,
      format: [{ name: "json", file: null }],
      jobs: 3,
      cache: false,
      weights: { "standard-crud": 0.5 },
      roles: [
        { glob: "ops/**", role: "script" },
        { glob: "**/gen/*", role: "generated" },
      ],
      assume: { admin: "true", framework: "django", databases: "3" },
      rules: { "query-in-loop": "error" },
      perPath: [{ glob: "tests/**", rules: { "query-in-loop": "off" } }],
      thresholds: { leastSeen: 0.1 },
      failOn: "error",
      maxFindings: 4,
      baseline: join(cwd, "ci/accepted.json"),
    });
  });

  it("takes a baseline for the folder of the file only: its paths are relative to what is scanned", async () => {
    const cwd = temporaryTree({ "ormverdict.toml": "baseline = 'accepted.json'\n", "app/a.py": "" });
    const { configFor } = await load(cwd, { paths: [".", "app"] });
    expect([configFor(".").baseline, configFor("app").baseline]).toEqual([join(cwd, "accepted.json"), null]);
  });

  it.each([
    ["fail-on = 'note'", '"fail-on" must be one of error, warning, never.'],
    ["max-findings = -1", '"max-findings" has a value it cannot have'],
    ["baseline = '/etc/accepted.json'", '"baseline" has a value it cannot have: a path to a .json file'],
    ["baseline = 'a/../../accepted.json'", "must lie in the folder of this file or below it"],
    ["baseline = '.bashrc'", '"baseline" has a value it cannot have: a path to a .json file'],
  ])("refuses the gate %j", async (toml, says) => {
    await expect(load(temporaryTree({ "ormverdict.toml": toml }))).rejects.toThrow(says);
  });

  it("lets the environment and flags set the gate", async () => {
    const cwd = temporaryTree({ "ormverdict.toml": "fail-on = 'never'\nmax-findings = 9\n" });
    const environment = { ORMVERDICT_FAIL_ON: "error", ORMVERDICT_MAX_FINDINGS: "3" };
    expect((await load(cwd, { environment })).run).toMatchObject({ failOn: "error", maxFindings: 3 });
    const flags = { maxFindings: 0 };
    expect((await load(cwd, { environment, flags })).run).toMatchObject({ failOn: "error", maxFindings: 0 });
    await expect(load(cwd, { environment: { ORMVERDICT_FAIL_ON: "note" } })).rejects.toThrow(
      "ORMVERDICT_FAIL_ON must be error, warning, never",
    );
  });

  it("lets flags beat the environment, and the environment the file, key by key", async () => {
    const cwd = temporaryTree({
      "ormverdict.toml": "jobs = 1\nexclude = ['a']\nformat = 'json'\ninclude-tests = true\n",
    });
    const environment = {
      ORMVERDICT_JOBS: "2",
      ORMVERDICT_EXCLUDE: "b, c,",
      ORMVERDICT_INCLUDE_TESTS: "0",
      ORMVERDICT_NO_CACHE: "1",
      ORMVERDICT_FORMAT: "",
    };
    const { run } = await load(cwd, { environment, flags: { jobs: 3 } });
    expect(run).toMatchObject({ jobs: 3, exclude: ["b", "c"], includeTests: false, cache: false });
    expect(run.format).toEqual([{ name: "json", file: null }]);
  });

  it("lets flags, environment and file assume, each in place of the next", async () => {
    const cwd = temporaryTree({ "ormverdict.toml": "assume = { admin = true }\n" });
    expect((await load(cwd)).run.assume).toEqual({ admin: "true" });
    const environment = { ORMVERDICT_ASSUME: "framework=django, databases=2" };
    expect((await load(cwd, { environment })).run.assume).toEqual({ framework: "django", databases: "2" });
    const flags = { assume: { framework: "flask" } };
    expect((await load(cwd, { environment, flags })).run.assume).toEqual({ framework: "flask" });
  });

  it.each([
    [
      "assume = { framwork = 'django' }",
      'ormverdict.toml:1: nothing called "framwork" can be assumed. Did you mean "framework"?',
    ],
    [
      "jobs = 1\n[assume]\nframework = 'djano'",
      'ormverdict.toml:3: "framework" cannot be "djano". Did you mean "django"?',
    ],
    ["assume = { databases = 'many' }", '"databases" must be a number, not "many"'],
  ])("refuses to assume %j", async (toml, says) => {
    await expect(load(temporaryTree({ "ormverdict.toml": toml }))).rejects.toThrow(says);
  });

  it.each([
    ["framework", "ORMVERDICT_ASSUME takes KEY=VALUE"],
    ["framework=django,framework=flask", '"framework" is given twice'],
    ["=django", 'nothing called "" can be assumed'],
  ])("refuses a variable that assumes %j", async (written, says) => {
    const environment = { ORMVERDICT_ASSUME: written };
    await expect(load(temporaryTree({}), { environment })).rejects.toThrow(says);
  });

  it("lets the environment name formats with files", async () => {
    const environment = { ORMVERDICT_FORMAT: "text,json=out.json" };
    expect((await load(temporaryTree({}), { environment })).run.format).toEqual([
      { name: "text", file: null },
      { name: "json", file: "out.json" },
    ]);
  });

  it("prefers ormverdict.toml to pyproject.toml, and the nearest folder to both", async () => {
    const cwd = temporaryTree({
      "ormverdict.toml": "jobs = 1\n",
      "pyproject.toml": "[tool.ormverdict]\njobs = 2\n",
      "api/pyproject.toml": "[tool.ormverdict]\njobs = 3\n",
      "web/pyproject.toml": "[project]\nname = 'web'\n",
    });
    const { run, configFor, files } = await load(cwd, { paths: [".", "api", "web"] });
    expect([run.jobs, configFor("api").jobs, configFor("web").jobs]).toEqual([1, 3, 1]);
    expect(files).toEqual([join(cwd, "ormverdict.toml"), join(cwd, "api", "pyproject.toml")]);
  });

  it("looks up to the root of the repository and no further", async () => {
    const outer = temporaryTree({
      "ormverdict.toml": "jobs = 9\n",
      "repo/src/app.py": "",
      "repo/.git/HEAD": "",
    });
    const src = join(outer, "repo", "src");
    expect((await load(outer, { paths: [src] })).run.jobs).toBeNull();
  });

  it("looks no further than the working directory where there is no repository", async () => {
    const outer = temporaryTree({
      "ormverdict.toml": "jobs = 9\n",
      "a/ormverdict.toml": "jobs = 1\n",
      "a/b/c/x.py": "",
    });
    const cwd = join(outer, "a");
    expect((await load(cwd, { paths: ["b/c"] })).run.jobs).toBe(1);
    // A path outside of the working directory has only itself.
    expect((await load(join(cwd, "b"), { paths: [".."] })).run.jobs).toBe(1);
    expect((await load(join(cwd, "b", "c"), { paths: [".."] })).run.jobs).toBeNull();
  });

  it("turns globs of the file to the scanned folder", async () => {
    const cwd = temporaryTree({
      "ormverdict.toml":
        "exclude = ['services/api/old/', 'services/web/', '*.gen.py']\nroles = { 'services/*/ops/' = 'script' }\n",
      "services/api/a.py": "",
    });
    const { run } = await load(cwd, { paths: ["services/api"] });
    expect(run.exclude).toEqual(["/old/", "*.gen.py"]);
    expect(run.roles).toEqual([{ glob: "/ops/", role: "script" }]);
  });

  it("uses the file of --config, and that of the environment, alone", async () => {
    const cwd = temporaryTree({ "ormverdict.toml": "jobs = 1\n", "ci/x.toml": "include-tests = true\n" });
    const byFlag = await load(cwd, { file: "ci/x.toml" });
    const byVariable = await load(cwd, { environment: { ORMVERDICT_CONFIG: "ci/x.toml" } });
    expect(byFlag.run).toMatchObject({ jobs: null, includeTests: true });
    expect(byVariable.run).toEqual(byFlag.run);
  });

  it("passes over what is no file of that name, and reads one with a byte order mark", async () => {
    const cwd = temporaryTree({ "api/ormverdict.toml": "\uFEFFjobs = 2\r\n" });
    mkdirSync(join(cwd, "api", "pyproject.toml"));
    expect((await load(cwd, { paths: ["api"] })).run.jobs).toBe(2);
  });
});
