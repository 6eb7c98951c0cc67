// Records a suite: its source is unpacked in a temporary place, its tests run there with the Python of a virtual
// environment that is made for it, and the record is kept in a cache folder.
import { spawn } from "node:child_process";
import { cpSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadArchive } from "../survey/download.ts";
import { unpackArchive } from "../survey/unpack.ts";
import { preparePython, runPython } from "./python-environment.ts";
import type { Suite } from "./suite.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const FIXTURES = fileURLToPath(new URL("../../fixtures/truth/", import.meta.url));
/** What read_sql.py needs. */
export const SQL_READER = "sqlglot==30.30.0";
/** What the recorder itself needs in each virtual environment. */
const TOOLS = ["coverage==7.17.3", SQL_READER];
const MAX_MILLISECONDS = 20 * 60_000;

export interface RecordFiles {
  readonly record: string;
  readonly sql: string;
}

/** The files of a suite's record, made first where they are not there or `again` asks for it. */
export async function recordSuite(
  suite: Suite,
  cache: string,
  { again }: { readonly again: boolean },
): Promise<RecordFiles> {
  const files = {
    record: join(cache, "records", `${suite.name}.jsonl`),
    sql: join(cache, "records", `${suite.name}.sql.json`),
  };
  const python = await preparePython([...suite.requirements, ...TOOLS], cache);
  if (again || !existsSync(files.record)) {
    mkdirSync(join(cache, "records"), { recursive: true });
    await withSource(suite, cache, (source) => runTests(suite, { python, source, files, cache }));
  }
  await runPython(python, [join(HERE, "read_sql.py"), files.record, files.sql]);
  return files;
}

/** Gives a folder that holds the suite's source, and removes it afterwards. */
export async function withSource<Result>(
  suite: Suite,
  cache: string,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const temporary = mkdtempSync(join(tmpdir(), "truth-"));
  try {
    const place = join(temporary, "source");
    if (!("fixture" in suite.source)) {
      const archive = await downloadArchive({ ...suite.source, kind: "sdist" }, join(cache, "archives"));
      return await use(unpackArchive(archive, place));
    }
    cpSync(join(FIXTURES, suite.source.fixture), place, { recursive: true });
    return await use(place);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

interface Place {
  readonly python: string;
  readonly source: string;
  readonly files: RecordFiles;
  readonly cache: string;
}

async function runTests(suite: Suite, { cache, files, python, source }: Place): Promise<void> {
  const command = "module" in suite.run ? ["--module", suite.run.module] : ["--script", suite.run.script];
  const log = join(cache, "records", `${suite.name}.log`);
  await runLogged(log, python, {
    cwd: join(source, suite.directory),
    environment: suite.environment,
    args: [
      join(HERE, "record.py"),
      ...["--out", files.record, "--root", join(source, suite.root)],
      ...suite.study.flatMap((glob) => ["--study", glob]),
      ...suite.leaveOut.flatMap((glob) => ["--leave-out", glob]),
      ...command,
      "--",
      ...suite.arguments,
    ],
  });
  if (!existsSync(files.record)) throw new Error(`${suite.name} was not recorded:\n${tailOf(log)}`);
}

interface Command {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

function runLogged(log: string, python: string, { args, cwd, environment }: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      cwd,
      env: { ...process.env, PYTHONHASHSEED: "0", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: MAX_MILLISECONDS,
    });
    const out = createWriteStream(log);
    child.stdout.pipe(out, { end: false });
    child.stderr.pipe(out, { end: false });
    child.on("error", reject);
    child.on("close", () => out.end(() => resolve()));
  });
}

function tailOf(log: string): string {
  return readFileSync(log, "utf8").split("\n").slice(-20).join("\n");
}
