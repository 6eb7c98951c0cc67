import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SurveyRecord } from "./record.ts";
import { requirePip, runPython } from "./run-python.ts";

const FETCH_SDIST = fileURLToPath(new URL("fetch-sdist.py", import.meta.url));

/** What of a record tells which file of the index it is. */
export type PinnedArchive = Pick<SurveyRecord, "package" | "version" | "file" | "sha256" | "kind">;

/**
 * Gives the path of a record's archive in the cache, downloading it first where it is not there yet.
 *
 * @throws Error where it cannot be had, or is not the file that was read when the record was written.
 */
export async function downloadArchive(record: PinnedArchive, cache: string): Promise<string> {
  const archive = join(cache, record.file);
  if (existsSync(archive) && hashOf(archive) === record.sha256) return archive;
  mkdirSync(cache, { recursive: true });
  rmSync(archive, { force: true });
  try {
    if (record.kind === "wheel") await downloadWheel(record, cache);
    else await runPython([FETCH_SDIST, record.package, record.file, archive]);
  } catch (error) {
    // Starting pip costs half a second, so whether it is there at all is asked only when something went wrong.
    await requirePip();
    throw error;
  }
  if (!existsSync(archive)) throw new Error(`pip chose another file than ${record.file}`);
  const hash = hashOf(archive);
  if (hash === record.sha256) return archive;
  rmSync(archive);
  throw new Error(`${record.file} has sha256 ${hash}, not the recorded ${record.sha256}`);
}

function downloadWheel({ package: name, version }: PinnedArchive, cache: string): Promise<void> {
  const how = ["--quiet", "--no-deps", "--only-binary", ":all:", "--ignore-requires-python"];
  return runPython(["-m", "pip", "download", ...how, "--dest", cache, `${name}==${version}`]);
}

function hashOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
