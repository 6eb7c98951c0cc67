// `check` where git is not in the plain state that a developer's clone is in: each works, or says what to do.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createGitRepository, type GitRepository } from "./git-repository.ts";
import { type RunResult, run } from "./run-in-process.ts";

const QUERY = `import sqlite3


async def names(path):
    return sqlite3.connect(path).execute("SELECT name FROM a").fetchall()
`;
const MORE = `

async def ages(path):
    return sqlite3.connect(path).execute("SELECT age FROM a").fetchall()
`;

const temporary: string[] = [];
function repositoryOf(files: Readonly<Record<string, string>>): GitRepository {
  const repository = createGitRepository(files);
  temporary.push(repository.root);
  return repository;
}
function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ormverdict-odd-")));
  temporary.push(folder);
  return folder;
}
afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function check(cwd: string, ...args: readonly string[]): Promise<RunResult> {
  return run(["check", "--no-cache", ...args], { cwd, environment: { CI: "true" } });
}

/** The functions whose findings count. */
async function found(cwd: string, ...args: readonly string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await check(cwd, "--format", "json", ...args);
  expect(stderr).toBe("");
  const open: string[] = JSON.parse(stdout)
    .projects.flatMap((project: { findings: readonly object[] }) => project.findings)
    .filter(
      ({ rule, suppressed }: { rule: string; suppressed: boolean }) => /^blocking/.test(rule) && !suppressed,
    )
    .map(({ path, symbol }: { path: string; symbol: string }) => `${path} ${symbol}`);
  expect(exitCode).toBe(open.length === 0 ? 0 : 1);
  return [...new Set(open)];
}

/** A clone as CI services make it: cut off after some commits, and on no branch. */
function shallowClone(
  of: GitRepository,
  depth: number,
): { root: string; git(...args: readonly string[]): string } {
  const root = join(temporaryFolder(), "clone");
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync("git", ["-c", "advice.detachedHead=false", ...args], {
      cwd,
      encoding: "utf8",
      stdio: "pipe",
    });
  git(
    of.root,
    "clone",
    "-q",
    "--no-local",
    "--no-single-branch",
    `--depth=${depth}`,
    `file://${of.root}`,
    root,
  );
  git(root, "checkout", "-q", "--detach", "origin/branch");
  return { root, git: (...args) => git(root, ...args) };
}

describe("check --since", () => {
  function branched(): GitRepository {
    const repository = repositoryOf({ "app/a.py": QUERY });
    repository.git("checkout", "-qb", "branch");
    repository.write({ "app/a.py": QUERY + MORE });
    repository.commit("Add ages");
    repository.git("checkout", "-q", "main");
    repository.write({ "other.py": "x = 1\n" });
    repository.commit("Move on");
    return repository;
  }

  it("asks for the history that a shallow clone lacks, and works once it is there, on no branch", async () => {
    const clone = shallowClone(branched(), 1);
    expect(await check(clone.root, "--since", "origin/main")).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringMatching(/^ormverdict: .*shares no known commit.*fetch-depth: 0.*\n$/),
    });
    expect(await check(clone.root, "--since", "v1")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("fetch it first"),
    });
    clone.git("fetch", "-q", "--unshallow");
    expect(await found(clone.root, "--since", "origin/main")).toEqual(["app/a.py ages"]);
  });

  it("says that nothing is committed yet", async () => {
    const root = temporaryFolder();
    execFileSync("git", ["init", "-q"], { cwd: root });
    writeFileSync(join(root, "a.py"), QUERY);
    expect(await check(root, "--since", "HEAD")).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await found(root)).toEqual(["a.py names"]);
  });

  it("says why git does not work: it is missing, does not trust another user's folder, or the folder is in no work tree", async () => {
    const { root } = branched();
    const says = async (pattern: RegExp, cwd = root): Promise<void> => {
      const { exitCode, stdout, stderr } = await check(cwd, "--since", "main");
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 2,
        stdout: "",
        stderr: expect.stringMatching(pattern),
      });
    };
    await says(/is in none\. Run in a clone, or leave --since out\.\n$/, temporaryFolder());
    // git's own way to test this without another user.
    vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    await says(/another user owns it\. Allow it with git config --global --add safe\.directory /);
    vi.stubEnv("PATH", temporaryFolder());
    await says(/needs git, which is not installed here\./);
  });

  it("takes a renamed file for what changed in it", async () => {
    const repository = branched();
    repository.git("checkout", "-qb", "renaming");
    repository.git("mv", "app/a.py", "app/b.py");
    repository.commit("Rename");
    expect(await found(repository.root, "--since", "main")).toEqual([]);
    repository.write({ "app/b.py": QUERY + MORE });
    repository.commit("Add ages");
    expect(await found(repository.root, "--since", "main")).toEqual(["app/b.py ages"]);
  });

  it("works in a linked work tree", async () => {
    const repository = branched();
    const root = join(temporaryFolder(), "linked");
    repository.git("worktree", "add", "-q", root, "branch");
    expect(await found(root, "--since", "main")).toEqual(["app/a.py ages"]);
  });

  it("takes a submodule for what changed since the commit it stood at", async () => {
    const library = repositoryOf({ "lib/a.py": QUERY });
    const repository = repositoryOf({ "app/a.py": QUERY });
    const git = (...args: readonly string[]) => repository.git("-c", "protocol.file.allow=always", ...args);
    git("submodule", "--quiet", "add", library.root, "billing");
    repository.commit("Add the library");
    expect(await found(repository.root, "--since", "HEAD")).toEqual([]);
    expect(await found(repository.root, "--since", "HEAD~1")).toEqual(["billing/lib/a.py names"]);
    writeFileSync(join(repository.root, "billing/lib/a.py"), QUERY + MORE);
    expect(await found(repository.root, "--since", "HEAD")).toEqual(["billing/lib/a.py ages"]);
    expect(await found(join(repository.root, "billing"), "--since", "HEAD")).toEqual(["lib/a.py ages"]);
    rmSync(join(repository.root, "billing"), { recursive: true });
    expect(await found(repository.root, "--since", "HEAD")).toEqual([]);
  });

  it("takes a repository inside another for new, and its root for its own", async () => {
    const repository = repositoryOf({ "app/a.py": QUERY });
    const inner = join(repository.root, "inner");
    mkdirSync(inner);
    writeFileSync(join(inner, "a.py"), QUERY);
    execFileSync("git", ["init", "-q", "-b", "main"], { cwd: inner });
    expect(await found(repository.root, "--since", "HEAD")).toEqual(["inner/a.py names"]);
    const { stdout } = await check(inner, "--format", "gitlab");
    expect(JSON.parse(stdout)[0].location.path).toBe("a.py");
  });

  it("finds changed lines in files whose names are no UTF-8", async () => {
    const repository = repositoryOf({ "a.py": "" });
    const name = Buffer.concat([
      Buffer.from(`${repository.root}/caf`),
      Buffer.from([0xe9]),
      Buffer.from(".py"),
    ]);
    writeFileSync(name, QUERY);
    repository.commit("Add a name in Latin-1");
    expect(await found(repository.root, "--since", "HEAD")).toEqual([]);
    writeFileSync(name, QUERY + MORE);
    expect(await found(repository.root, "--since", "HEAD")).toEqual(["caf\\xe9.py ages"]);
    repository.commit("Add ages");
    expect(await found(repository.root, "--since", "HEAD~2")).toEqual([
      "caf\\xe9.py names",
      "caf\\xe9.py ages",
    ]);
  });

  it("does not take new line ends for changes", async () => {
    const repository = repositoryOf({ "a.py": QUERY });
    repository.write({ "a.py": QUERY.replaceAll("\n", "\r\n") });
    expect(await found(repository.root, "--since", "HEAD")).toEqual([]);
    repository.write({ "a.py": (QUERY + MORE).replaceAll("\n", "\r\n") });
    expect(await found(repository.root, "--since", "HEAD")).toEqual(["a.py ages"]);
  });

  it("keeps to a folder of a larger repository, whose paths services see from the root", async () => {
    const repository = repositoryOf({ "services/api/a.py": QUERY, "services/web/a.py": QUERY });
    repository.write({ "services/api/a.py": QUERY + MORE, "services/web/a.py": QUERY + MORE });
    expect(await found(repository.root, "services/api", "--since", "HEAD")).toEqual(["a.py ages"]);
    const { stdout } = await check(
      join(repository.root, "services/api"),
      "--since",
      "HEAD",
      "--format",
      "gitlab",
    );
    const paths = JSON.parse(stdout).map(({ location }: { location: { path: string } }) => location.path);
    expect(new Set(paths)).toEqual(new Set(["services/api/a.py"]));
  });
});

describe("a baseline", () => {
  it("stays good when line ends change", async () => {
    const repository = repositoryOf({
      "a.py": `${QUERY}\n\nasync def both(c):\n    return c.execute(\n        "SELECT 1"\n    )\n`,
    });
    await check(repository.root, "--write-baseline");
    repository.write({ "a.py": QUERY.replaceAll("\n", "\r\n") });
    expect(await found(repository.root)).toEqual([]);
  });

  it.each([
    ["nothing", "", /is not valid JSON/],
    ["bytes", "\0\u0001\ufffd", /is not valid JSON/],
    ["null", "null", /is no baseline that this version reads/],
    ["a list", "[]", /is no baseline that this version reads/],
    ["a half", '{"version": 1, "projects": []}', /at findings/],
    [
      "a count of none",
      '{"version": 1, "projects": [], "findings": [{"path": "a.py", "rule": "r", "symbol": null, "snippet": "", "count": 0}]}',
      /at findings\.0\.count/,
    ],
  ])("that holds %s is refused by name", async (_what, text, says) => {
    const repository = repositoryOf({ "a.py": QUERY, "ormverdict-baseline.json": text });
    const { exitCode, stdout, stderr } = await check(repository.root);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^ormverdict: ormverdict-baseline\.json [^\n]*--write-baseline\.\n$/);
    expect(stderr).toMatch(says);
  });

  it("that is a folder is refused, and one with a byte order mark and other line ends is read", async () => {
    const repository = repositoryOf({ "a.py": QUERY });
    await check(repository.root, "--write-baseline", "--baseline", "kept.json");
    const text = execFileSync("cat", ["kept.json"], { cwd: repository.root, encoding: "utf8" });
    repository.write({ "kept.json": `\ufeff${text.replaceAll("\n", "\r\n")}` });
    expect(await found(repository.root, "--baseline", "kept.json")).toEqual([]);
    mkdirSync(join(repository.root, "folder"));
    expect(await check(repository.root, "--baseline", "folder")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("is no readable file"),
    });
  });
});
