// Records a suite: its source is unpacked in a temporary place, its tests run there with the Python of a virtual
// environment that is made for it, and the record is kept in a cache folder.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { UsageError } from "../../src/index.ts";
import { downloadArchive } from "../survey/download.ts";
import { unpackArchive } from "../survey/unpack.ts";
import type { Suite } from "./suite.ts";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL(".", import.meta.url));
const FIXTURES = fileURLToPath(new URL("../../fixtures/truth/", import.meta.url));
/** What the recorder itself needs in each virtual environment. */
const TOOLS = ["coverage==7.17.3", "sqlglot==30.30.0"];
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
  const python = await preparePython(suite, cache);
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

/** The Python of a virtual environment that holds exactly these requirements; suites that ask for the same share it. */
async function preparePython({ requirements }: Suite, cache: string): Promise<string> {
  const wanted = [...requirements, ...TOOLS];
  const key = createHash("sha256").update(wanted.join("\n")).digest("hex").slice(0, 16);
  const folder = join(cache, "environments", key);
  const python = join(folder, "bin", "python");
  const done = join(folder, "ready");
  if (existsSync(done)) return python;
  await requirePip();
  rmSync(folder, { recursive: true, force: true });
  await runPython("python3", ["-m", "venv", folder]);
  await runPython(python, ["-m", "pip", "install", "--quiet", "--prefer-binary", ...wanted]);
  mkdirSync(done);
  return python;
}

async function requirePip(): Promise<void> {
  for (const tool of ["pip", "venv"]) {
    try {
      await run("python3", ["-m", tool, "--help"]);
    } catch {
      throw new UsageError(
        `The runtime truth is recorded with python3, its venv and pip, and \`python3 -m ${tool} --help\` does not run here. Install them, then run it again.`,
      );
    }
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

async function runPython(python: string, args: readonly string[]): Promise<void> {
  try {
    await run(python, [...args], { maxBuffer: 64 << 20, timeout: MAX_MILLISECONDS });
  } catch (error) {
    const stderr = String((error as { stderr?: unknown }).stderr ?? "").trim();
    throw new Error(stderr.split("\n").slice(-8).join("\n") || (error as Error).message);
  }
}
