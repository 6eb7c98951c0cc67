import { loadConfig, type Report, reporters, scan } from "../../src/index.ts";

/**
 * Scans a folder as `ormverdict scan .` in it would, without a cache and whatever the environment says.
 *
 * @param skim false for `--no-skim`.
 */
export async function scanFolder(folder: string, skim = true): Promise<Report> {
  const request = { paths: ["."], cwd: folder, file: null, environment: {}, flags: { cache: false } };
  const { configFor } = await loadConfig(request);
  return scan({ paths: ["."], cwd: folder, config: configFor, skim });
}

/** The first line in which two reports' JSON differs, from both; null where the bytes are the same. */
export function firstDifference(one: Report, other: Report): string | null {
  const [left, right] = [toJson(one), toJson(other)];
  if (left === right) return null;
  const [lines, others] = [left.split("\n"), right.split("\n")];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `line ${at + 1}: ${lines[at]?.trim()} / ${others[at]?.trim()}`;
}

function toJson(report: Report): string {
  const json = reporters.find(({ name }) => name === "json");
  if (json === undefined) throw new Error("there is no JSON reporter");
  return json.render(report, { color: false, width: 80, verbose: false });
}
