import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VERSION } from "../../src/index.ts";
import { temporaryTree } from "../temporary-tree.ts";
import { run } from "./run-in-process.ts";

const APP = { "app.py": "import fastapi\n\n\nasync def f():\n    pass\n" };

describe("results", () => {
  it("go to standard output, and nothing else does", async () => {
    const { exitCode, stdout, stderr } = await run(["--format", "json"], { cwd: temporaryTree(APP) });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, stats: { files: 1 } });
  });

  it("are the same for the bare command, scan, and another folder with the same code", async () => {
    const bare = await run(["--format", "json"], { cwd: temporaryTree(APP) });
    const named = await run(["scan", ".", "--format", "json"], { cwd: temporaryTree(APP) });
    const cwd = temporaryTree({ "deep/app.py": APP["app.py"] });
    const from = await run(["deep", "--format", "json"], { cwd });
    expect(named.stdout).toBe(bare.stdout);
    expect(from.stdout).toBe(bare.stdout);
  });

  it("go to several files in one run", async () => {
    const cwd = temporaryTree(APP);
    const { stdout } = await run(["--format", "json=a.json", "--format", "text", "-o", "b.txt"], { cwd });
    expect(stdout).toBe("");
    expect(JSON.parse(readFileSync(join(cwd, "a.json"), "utf8"))).toHaveProperty("tool.version", VERSION);
    expect(readFileSync(join(cwd, "b.txt"), "utf8")).not.toBe("");
  });

  it("count a folder once, however often and however it is named", async () => {
    const cwd = temporaryTree({ "one/a.py": "x = 1\n" });
    const { stdout } = await run(["one", "./one/", join(cwd, "one"), "--format", "json"], { cwd });
    expect(JSON.parse(stdout).stats.files).toBe(1);
  });

  it("are of the folder after --, whatever its name looks like", async () => {
    const cwd = temporaryTree({ "-f/app.py": "def f(:\n" });
    const { exitCode, stdout } = await run(["--format", "json", "--", "-f"], { cwd });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).problems).toMatchObject([{ path: "app.py" }]);
  });

  it("are not written when the scan is refused", async () => {
    const cwd = temporaryTree({});
    expect((await run(["nowhere", "-o", "out.txt"], { cwd })).exitCode).toBe(2);
    expect(existsSync(join(cwd, "out.txt"))).toBe(false);
  });

  it("hold the paths of several scanned folders under the names given", async () => {
    const cwd = temporaryTree({ "one/a.py": "def f(:\n", "two/b.py": "def f(:\n" });
    const { stdout } = await run(["./one/", "two", "--format", "json"], { cwd });
    const report = JSON.parse(stdout);
    expect(report.problems.map(({ path }: { path: string }) => path)).toEqual(["one/a.py", "two/b.py"]);
    expect(report.stats.files).toBe(2);
  });
});

describe("the terminal", () => {
  const ESCAPE = "\u001b[";

  it.each([
    { argv: [], environment: {}, isTerminal: true, colored: true },
    { argv: [], environment: {}, isTerminal: false, colored: false },
    { argv: [], environment: { NO_COLOR: "1" }, isTerminal: true, colored: false },
    { argv: [], environment: { NO_COLOR: "" }, isTerminal: true, colored: true },
    { argv: [], environment: { TERM: "dumb" }, isTerminal: true, colored: false },
    { argv: [], environment: { FORCE_COLOR: "1" }, isTerminal: false, colored: true },
    { argv: [], environment: { FORCE_COLOR: "0" }, isTerminal: true, colored: false },
    { argv: ["--color", "never"], environment: { FORCE_COLOR: "1" }, isTerminal: true, colored: false },
    { argv: ["--color", "always"], environment: { NO_COLOR: "1" }, isTerminal: false, colored: true },
    { argv: [], environment: { ORMVERDICT_COLOR: "always" }, isTerminal: false, colored: true },
    {
      argv: ["--color", "auto"],
      environment: { ORMVERDICT_COLOR: "always" },
      isTerminal: false,
      colored: false,
    },
  ])(
    "$argv $environment $isTerminal colours: $colored",
    async ({ argv, environment, isTerminal, colored }) => {
      const { stdout } = await run(argv, { cwd: temporaryTree(APP), environment, isTerminal });
      expect(stdout.includes(ESCAPE)).toBe(colored);
    },
  );

  it("shows progress to a person only, and clears it", async () => {
    const watched = await run([], { cwd: temporaryTree(APP), isTerminal: true });
    expect(watched.stderr).toContain("reading 0 of 1 files");
    expect(watched.stderr.endsWith("\r\u001b[K")).toBe(true);
    const inCi = await run([], { cwd: temporaryTree(APP), isTerminal: true, environment: { CI: "true" } });
    const quiet = await run(["-q"], { cwd: temporaryTree(APP), isTerminal: true });
    const piped = await run([], { cwd: temporaryTree(APP) });
    expect([inCi.stderr, quiet.stderr, piped.stderr]).toEqual(["", "", ""]);
  });

  it("is told timings and the configuration only with --verbose", async () => {
    const cwd = temporaryTree({ ...APP, "ormverdict.toml": "" });
    const { stdout, stderr } = await run(["--verbose"], { cwd });
    const [first, ...rest] = stderr.trimEnd().split("\n");
    expect(first).toBe(`configuration: ${join(cwd, "ormverdict.toml")}`);
    expect(rest.map((line) => line.replace(/\d+/, "N"))).toEqual([
      ...["list", "read", "link", "judge"].map((stage) => `stage ${stage} N ms`),
      "count bytes N",
      "count parsed-bytes N",
      "count evaluated-statements N",
    ]);
    expect(stdout).not.toMatch(/\d+ ms/);
    expect((await run([], { cwd })).stdout).not.toMatch(/\d+ ms/);
  });

  it("never gets control characters from names in a message", async () => {
    const { stderr } = await run(["no\u001b[31mwhere"], { cwd: temporaryTree({}) });
    expect(stderr).not.toContain("\u001b");
    expect(stderr).toContain("\\x1b[31m");
  });
});

describe("commands", () => {
  const cwd = ".";

  it("teach in their help: commands, examples, exit codes", async () => {
    const { exitCode, stdout, stderr } = await run(["--help"], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const command of ["scan", "check", "explain", "rules", "schema"]) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    }
    expect(stdout).toMatch(/Examples:[\s\S]*Exit codes:\s+0 .*\n\s+1 .*\n\s+2 /);
  });

  it.each(["scan", "check", "explain"])("%s has every option for scanning in its help", async (command) => {
    const { exitCode, stdout } = await run([command, "--help"], { cwd });
    expect(exitCode).toBe(0);
    const options =
      "--format --output-file --exclude --include-tests --config --no-cache --cache-dir --jobs --quiet --verbose --color";
    for (const option of options.split(" ")) expect(stdout).toContain(option);
  });

  it("print the version and nothing else", async () => {
    expect(await run(["--version"], { cwd })).toEqual({ exitCode: 0, stdout: `${VERSION}\n`, stderr: "" });
  });

  it("check ends with 0 where there is no finding, and says how many there were", async () => {
    const { exitCode, stdout } = await run(["check"], { cwd: temporaryTree(APP) });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^0 findings in 1 file\b/);
  });

  it("explain a criterion with its side, weight, reason and source", async () => {
    const { exitCode, stdout } = await run(["explain", "async-database-access"], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/SQLAlchemy, with a weight of \d/);
    expect(stdout).toMatch(/^ *why .+\n[\s\S]*^ *source .+/m);
  });

  it("explain a line without a query by saying so", async () => {
    const { exitCode, stdout } = await run(["explain", "app.py:4"], { cwd: temporaryTree(APP) });
    expect(exitCode).toBe(0);
    expect(stdout).toBe("No query was found in app.py.\n");
  });

  it("explain a line of a file that could not be read with the reason", async () => {
    const tree = temporaryTree({ "app.py": "def f(:\n" });
    expect((await run(["explain", "app.py:1"], { cwd: tree })).stdout).toMatch(/No query .*Syntax error/);
  });

  it("rules lists all ten criteria", async () => {
    const { stdout } = await run(["rules"], { cwd });
    expect(stdout.match(/^ {2}\S+ +\d\.\d for (SQLAlchemy|Django ORM)/gm)).toHaveLength(10);
  });

  it.each([["schema"], ["schema", "report"], ["schema", "config"]])(
    "%s %s prints a JSON Schema",
    async (...argv) => {
      const { exitCode, stdout } = await run(argv, { cwd });
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        $schema: expect.stringContaining("json-schema.org"),
        type: "object",
      });
    },
  );
});
