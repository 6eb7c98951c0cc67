// The action, the GitLab template and the hook as their services would run them: their own steps, by a real shell, with the package
// installed by npm, on a small repository.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createGitRepository, type GitRepository } from "./git-repository.ts";
import { run } from "./run-in-process.ts";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const BLOCKING = `from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=100)


async def titles(request):
    return Book.objects.count()
`;

let scratch: string;
let repository: GitRepository;

/** The package as npm would publish it, built quickly: the command line and the grammars. */
async function packageFolder(): Promise<string> {
  const folder = join(scratch, "package");
  await build({
    absWorkingDir: ROOT,
    entryPoints: { cli: "src/cli/main.ts" },
    outdir: join(folder, "dist"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  cpSync(join(ROOT, "grammars"), join(folder, "grammars"), { recursive: true });
  const { name, version, type, bin } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version, type, bin }));
  const npm = ["pack", "--silent", "--ignore-scripts", "--pack-destination", scratch];
  execFileSync("npm", npm, { cwd: folder, stdio: "ignore" });
  return `file:${join(scratch, `${name}-${version}.tgz`)}`;
}

let version: string;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "ormverdict-ci-"));
  version = await packageFolder();
  repository = createGitRepository({ "shop/views.py": BLOCKING, "other/empty.py": "" });
}, 120_000);
afterAll(() => {
  repository.remove();
  rmSync(scratch, { recursive: true, force: true });
});

interface Step {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}
const action = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

function shell(script: string, env: Readonly<Record<string, string>>) {
  const { PATH = "", HOME = "" } = process.env;
  // As GitHub starts bash for `shell: bash`.
  const flags = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
  const own = { PATH, HOME, CI: "true", npm_config_offline: "true", ORMVERDICT_NO_CACHE: "1" };
  return spawnSync("bash", flags, { cwd: repository.root, encoding: "utf8", env: { ...own, ...env } });
}

/** Runs the action's steps; gives the last one's result, and what it wrote to the files of the runner. */
function runAction(inputs: Readonly<Record<string, string>>) {
  const runner = mkdtempSync(join(scratch, "runner-"));
  const files = { GITHUB_OUTPUT: join(runner, "output"), GITHUB_STEP_SUMMARY: join(runner, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const given: Record<string, string> = { version };
  for (const [name, input] of Object.entries(action.inputs)) given[name] ??= inputs[name] ?? input.default;
  let last = { status: null as number | null, stdout: "", stderr: "" };
  for (const { env, run: script } of action.runs.steps) {
    const filled = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [
        name,
        value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_whole, input: string) => given[input] ?? "?"),
      ]),
    );
    last = shell(script, { ...filled, ...files, RUNNER_TEMP: runner, GITHUB_ACTIONS: "true" });
    if (last.status !== 0) break;
  }
  const [output, summary] = Object.values(files).map((file) => readFileSync(file, "utf8"));
  return { ...last, output, summary };
}

describe("the GitHub action", () => {
  it("pastes no input into a script", () => {
    for (const { run: script } of action.runs.steps) expect(script).not.toContain("${{");
  });

  it("fails on findings, with annotations and a job summary", () => {
    const { status, stdout, stderr, summary } = runAction({});
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(
      /^::stop-commands::(\w+)\n(?:.*\n)*?shop\/views\.py:9:\d+: error blocking-query-in-async: [\s\S]*\n::\1::\n::error file=shop\/views\.py,line=9,/,
    );
    expect(summary).toMatch(/^<!-- ormverdict -->/);
  });

  it("takes its inputs, whatever they hold", () => {
    const { status, output, stderr } = runAction({
      paths: "other\n$(touch pwned); `touch pwned`",
      sarif: "out.sarif",
    });
    expect([status, stderr]).toEqual([2, expect.stringContaining("There is no folder")]);
    expect(output).toContain("\nout.sarif\n");
    expect(existsSync(join(repository.root, "pwned"))).toBe(false);
    const passed = runAction({ paths: "other\nshop", "fail-on": "never", sarif: "out.sarif" });
    expect([passed.status, passed.stderr]).toEqual([0, ""]);
    const { runs } = JSON.parse(readFileSync(join(repository.root, "out.sarif"), "utf8"));
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("shop/views.py");
  });
});

describe("the GitLab template", () => {
  it("fails on findings and leaves a Code Quality report where it promises one", () => {
    const { ormverdict: job } = parse(readFileSync(join(ROOT, ".ci/gitlab-template.yml"), "utf8"));
    const prefix = join(scratch, "global");
    mkdirSync(prefix, { recursive: true });
    const { status, stdout } = shell(job.script.join("\n"), {
      ...job.variables,
      ORMVERDICT_VERSION: version,
      GITLAB_CI: "true",
      CI_PROJECT_DIR: repository.root,
      npm_config_prefix: prefix,
      PATH: `${join(prefix, "bin")}:${process.env.PATH}`,
    });
    expect([status, stdout]).toEqual([1, expect.stringContaining("shop/views.py:9:")]);
    const issues = JSON.parse(readFileSync(join(repository.root, job.artifacts.reports.codequality), "utf8"));
    expect(issues).toContainEqual(
      expect.objectContaining({ check_name: "blocking-query-in-async", severity: "major" }),
    );
  });
});

describe("the pre-commit hook", () => {
  it("installs the package beside its clone, and checks the repository it is run in", () => {
    const [hook] = parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8"));
    expect(hook).toMatchObject({ id: "ormverdict", language: "script", pass_filenames: false });
    const clone = join(scratch, "clone");
    cpSync(join(ROOT, hook.entry), join(clone, hook.entry), { recursive: true });
    for (const _turn of ["installs", "has installed"]) {
      const { status, stdout } = shell(join(clone, hook.entry), { ORMVERDICT_VERSION: version });
      expect([status, stdout]).toEqual([1, expect.stringContaining("shop/views.py:9:")]);
    }
  });
});

describe("in CI services", () => {
  it("writes nothing by itself where a format was named", async () => {
    const environment = { GITLAB_CI: "true", CI_PROJECT_DIR: scratch };
    const { stdout } = await run(["check", "--format", "junit"], { cwd: repository.root, environment });
    expect(stdout).toMatch(/^<\?xml/);
    expect(existsSync(join(scratch, "gl-code-quality-report.json"))).toBe(false);
  });

  it("gives paths from the repository's root, whatever folder is checked", async () => {
    const environment = { GITHUB_ACTIONS: "true" };
    const below = await run(["check", "shop"], { cwd: repository.root, environment });
    const inside = await run(["check"], { cwd: join(repository.root, "shop"), environment });
    expect(below.stdout).toContain("::error file=shop/views.py,line=9,");
    expect(inside.stdout).toContain("::error file=shop/views.py,line=9,");
    expect(below.stdout).toMatch(/^shop\/views\.py:9:/m);
    expect(inside.stdout).toMatch(/^views\.py:9:/m);
  });
});
