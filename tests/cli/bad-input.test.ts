import { describe, expect, it } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";
import { run } from "./run-in-process.ts";

interface BadInput {
  readonly what: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly argv: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Each has to match standard error. */
  readonly says: readonly RegExp[];
}

/** Input that cannot be meant: exit code 2, one sentence on standard error, nothing on standard output. */
const REFUSED: readonly BadInput[] = [
  {
    what: "missing path",
    files: {},
    argv: ["scan", "nowhere"],
    says: [/There is no folder "?nowhere"?/, /Name/],
  },
  { what: "empty path", files: {}, argv: ["scan", ""], says: [/path is empty/, /Name a folder/] },
  {
    what: "file instead of a folder",
    files: { "app.py": "x = 1\n" },
    argv: ["app.py"],
    says: [/"?app\.py"? is a file/, /Name the folder/],
  },
  {
    what: "the second of two paths missing",
    files: { "one/a.py": "" },
    argv: ["scan", "one", "two"],
    says: [/"?two"?/],
  },
  {
    what: "configuration that cannot be read",
    files: { "ormverdict.toml/a.txt": "", "app.py": "x = 1\n" },
    argv: ["scan"],
    says: [/ormverdict\.toml is not a readable file/, /Check its permissions/],
  },
  {
    what: "mistyped command",
    files: {},
    argv: ["scna"],
    says: [/no command and no folder "scna"/, /Did you mean "scan"\?/],
  },
  { what: "command after the path", files: { "a/b.py": "" }, argv: ["a", "scan"], says: [/ormverdict scan/] },
  {
    what: "unknown option",
    files: {},
    argv: ["scan", "--fromat", "json"],
    says: [/unknown option '--fromat'/, /--format/],
  },
  {
    what: "option without its value",
    files: {},
    argv: ["scan", "--config"],
    says: [/--config <file>/, /argument missing/],
  },
  {
    what: "unknown format",
    files: {},
    argv: ["--format", "jsn"],
    says: [/no format "jsn"/, /Did you mean "json"\?/],
  },
  {
    what: "format without a file name",
    files: {},
    argv: ["--format", "json="],
    says: [/--format/, /name a file/],
  },
  {
    what: "unknown format in the environment",
    files: {},
    argv: ["scan"],
    environment: { ORMVERDICT_FORMAT: "pdf" },
    says: [/ORMVERDICT_FORMAT/, /"pdf"/, /The formats are/],
  },
  {
    what: "two results for one output",
    files: {},
    argv: ["--format", "json", "--format", "text"],
    says: [/json and text/, /--format text=FILE/],
  },
  {
    what: "two results for one file",
    files: {},
    argv: ["--format", "json=out", "--format", "text=./out"],
    says: [/Two results want the file/],
  },
  {
    what: "-o with nothing left to write",
    files: {},
    argv: ["--format", "json=out.json", "-o", "more.txt"],
    says: [/-o more\.txt/],
  },
  {
    what: "result into a missing folder",
    files: {},
    argv: ["-o", "no/such/out.txt"],
    says: [/Cannot write no\/such\/out\.txt/, /Create it/],
  },
  {
    what: "result over a folder",
    files: { "out/": "" },
    argv: ["-o", "out"],
    says: [/Cannot write out: it is a folder/],
  },
  {
    what: "jobs that are no number",
    files: {},
    argv: ["--jobs", "many"],
    says: [/--jobs/, /whole number/, /"many"/],
  },
  { what: "no jobs", files: {}, argv: ["--jobs", "0"], says: [/--jobs/] },
  {
    what: "unknown colour choice",
    files: {},
    argv: ["--color", "blue"],
    says: [/--color must be auto, always or never/],
  },
  { what: "quiet and verbose", files: {}, argv: ["--quiet", "--verbose"], says: [/cannot be used with/] },
  {
    what: "environment that is neither yes nor no",
    files: {},
    argv: [],
    environment: { ORMVERDICT_NO_CACHE: "maybe" },
    says: [/ORMVERDICT_NO_CACHE must be 1 or 0/],
  },
  {
    what: "missing configuration file",
    files: {},
    argv: ["--config", "x.toml"],
    says: [/there is no file .*x\.toml/],
  },
  {
    what: "folder as configuration",
    files: { "c.toml/": "" },
    argv: ["--config", "c.toml"],
    says: [/not a readable file/],
  },
  {
    what: "configuration without our table",
    files: { "other/pyproject.toml": "[project]\nname = 'x'\n" },
    argv: ["--config", "other/pyproject.toml"],
    says: [/no table \[tool\.ormverdict\]/],
  },
  {
    what: "broken ormverdict.toml",
    files: { "ormverdict.toml": "jobs = 2\nexclude = [\n" },
    argv: [],
    says: [/ormverdict\.toml:\d+: this is not valid TOML/],
  },
  {
    what: "broken pyproject.toml that configures us",
    files: { "pyproject.toml": "[tool.ormverdict]\njobs = \n" },
    argv: [],
    says: [/pyproject\.toml:2: this is not valid TOML/],
  },
  {
    what: "unknown key",
    files: { "pyproject.toml": "[project]\nname = 'x'\n\n[tool.ormverdict]\nexlude = ['a']\n" },
    argv: [],
    says: [/pyproject\.toml:5: unknown key "exlude"/, /Did you mean "exclude"\?/],
  },
  {
    what: "unknown criterion",
    files: { "ormverdict.toml": "[weights]\nautomatic-admn = 0\n" },
    argv: [],
    says: [/ormverdict\.toml:2: there is no criterion "automatic-admn"/, /Did you mean "automatic-admin"\?/],
  },
  {
    what: "unknown rule",
    files: { "ormverdict.toml": "[rules]\nquery-on-mars = 'off'\n" },
    argv: [],
    says: [/ormverdict\.toml:2: there is no rule "query-on-mars"/],
  },
  {
    what: "unknown rule for some paths",
    files: { "ormverdict.toml": "[per-path]\n'a/**' = { query-on-mars = 'off' }\n" },
    argv: [],
    says: [/ormverdict\.toml:2: there is no rule "query-on-mars"/],
  },
  {
    what: "unknown threshold",
    files: { "ormverdict.toml": "[thresholds]\nleast-sen = 1\n" },
    argv: [],
    says: [/ormverdict\.toml:2: there is no threshold "least-sen"/, /Did you mean "least-seen"\?/],
  },
  {
    what: "unknown role",
    files: { "ormverdict.toml": "[roles]\n'ops/**' = 'tests'\n" },
    argv: [],
    says: [/ormverdict\.toml:2/, /must be one of production, test,/],
  },
  {
    what: "value of the wrong type",
    files: { "ormverdict.toml": "jobs = 'two'\n" },
    argv: [],
    says: [/ormverdict\.toml:1: "jobs"/, /number/],
  },
  {
    what: "our table is no table",
    files: { "pyproject.toml": "[tool]\normverdict = 3\n" },
    argv: [],
    says: [/pyproject\.toml:2/, /must be a table/],
  },
  {
    what: "configuration that wants to write a file",
    files: { "ormverdict.toml": "format = ['text', 'json=/tmp/x']\n" },
    argv: [],
    says: [/ormverdict\.toml:1/, /cannot name files to write/],
  },
  {
    what: "unknown subject",
    files: {},
    argv: ["explain", "async-database-acces"],
    says: [/Did you mean "async-database-access"\?/],
  },
  { what: "file without its line", files: { "a.py": "" }, argv: ["explain", "a.py"], says: [/a\.py:LINE/] },
  {
    what: "place in a missing file",
    files: {},
    argv: ["explain", "a.py:3"],
    says: [/There is no file a\.py/],
  },
  { what: "place in a folder", files: { "a/b.py": "" }, argv: ["explain", "a:3"], says: [/a is a folder/] },
  { what: "nothing to explain", files: {}, argv: ["explain"], says: [/missing required argument 'subject'/] },
  { what: "unknown schema", files: {}, argv: ["schema", "reprot"], says: [/none of "reprot"/] },
  { what: "too many arguments", files: {}, argv: ["rules", "all"], says: [/too many arguments/] },
];

describe("input that cannot be meant", () => {
  it.each(REFUSED)("$what", async ({ files, argv, environment = {}, says }) => {
    const { exitCode, stdout, stderr } = await run(argv, { cwd: temporaryTree(files), environment });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    for (const pattern of says) expect(stderr).toMatch(pattern);
    // One line, ended, with no trace of our insides.
    expect(stderr).toMatch(/^ormverdict: [^\n]+[.?]\n$/);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+|node:internal|is a bug/);
  });
});

/** Input that is poor and can be read all the same: exit code 0, and the report says what was not read. */
const ACCEPTED: readonly (BadInput & { readonly problems: readonly object[] })[] = [
  { what: "empty folder", files: {}, argv: [], says: [/no Python files were found in "\."\./], problems: [] },
  {
    what: "no Python",
    files: { "README.md": "x" },
    argv: [],
    says: [/no Python files were found/],
    problems: [],
  },
  {
    what: "broken Python",
    files: { "a.py": "def f(:\n    return 1\n" },
    argv: [],
    says: [/^$/],
    problems: [{ path: "a.py", kind: "syntax-error", line: 1 }],
  },
  {
    what: "binary .py",
    files: { "a.py": new Uint8Array([0x7f, 0x45, 0, 0, 1, 2]), "b.py": "x = 1\n" },
    argv: [],
    says: [/^$/],
    problems: [{ path: "a.py", kind: "binary" }],
  },
  {
    what: "broken pyproject.toml that does not configure us",
    files: { "pyproject.toml": "[project\n", "a.py": "x = 1\n" },
    argv: [],
    says: [/^$/],
    problems: [{ path: "pyproject.toml", kind: "manifest" }],
  },
  {
    what: "broken pyproject.toml that only depends on us",
    files: { "pyproject.toml": "[dependency-groups]\ndev = ['ormverdict'\n", "a.py": "x = 1\n" },
    argv: [],
    says: [/^$/],
    problems: [{ path: "pyproject.toml", kind: "manifest" }],
  },
];

describe("input that is poor", () => {
  it.each(ACCEPTED)("$what", async ({ files, argv, says, problems }) => {
    const cwd = temporaryTree(files);
    const { exitCode, stdout, stderr } = await run(["scan", "--format", "json", ...argv], { cwd });
    expect(exitCode).toBe(0);
    for (const pattern of says) expect(stderr).toMatch(pattern);
    const report = JSON.parse(stdout);
    expect(report.problems).toHaveLength(problems.length);
    expect(report.problems).toMatchObject(problems);
    for (const { message } of report.problems) expect(message).toMatch(/\.$/);
  });
});
