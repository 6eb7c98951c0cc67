import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { loadConfig, type Report, reporters, scan } from "../../src/index.ts";

/**
 * Scans a copy of a folder, in a temporary place of its own: inside this checkout, git would call the folder ignored, and a
 * configuration file above it would be found.
 */
export async function scanCopy(folder: string): Promise<Report> {
  return withCopy(folder, scanFolder);
}

/** Says what differs between two scans of one copy and one of a second copy elsewhere; null where the bytes are the same. */
export async function differenceBetweenRuns(folder: string): Promise<string | null> {
  const [first, second] = await withCopy(folder, async (copy) => [
    toJson(await scanFolder(copy)),
    toJson(await scanFolder(copy)),
  ]);
  if (first === undefined || second === undefined || first !== second) {
    return `two runs differ: ${firstDifference(first ?? "", second ?? "")}`;
  }
  const elsewhere = toJson(await withCopy(folder, scanFolder, "another/place"));
  return first === elsewhere ? null : `a copy elsewhere differs: ${firstDifference(first, elsewhere)}`;
}

async function scanFolder(folder: string): Promise<Report> {
  // No `environment`: whoever runs the survey must not bend it with their own variables.
  const request = { paths: ["."], cwd: folder, file: null, environment: {}, flags: { cache: false } };
  const { configFor } = await loadConfig(request);
  return scan({ paths: ["."], cwd: folder, config: configFor });
}

async function withCopy<T>(folder: string, use: (copy: string) => Promise<T>, below = "."): Promise<T> {
  const place = mkdtempSync(join(tmpdir(), "survey-"));
  try {
    const parent = join(place, below);
    mkdirSync(parent, { recursive: true });
    const copy = join(parent, basename(folder));
    cpSync(folder, copy, { recursive: true });
    return await use(copy);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function toJson(report: Report): string {
  const json = reporters.find(({ name }) => name === "json");
  if (json === undefined) throw new Error("there is no JSON reporter");
  return json.render(report, { color: false, width: 80, verbose: false });
}

/** The first line that differs, from both. */
function firstDifference(left: string, right: string): string {
  const others = right.split("\n");
  const index = left.split("\n").findIndex((line, at) => line !== others[at]);
  return `line ${index + 1}: ${left.split("\n")[index]?.trim()} / ${others[index]?.trim()}`;
}
