// Findings of a small repository that a test holds in memory.
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import { memoryRepository } from "../../src/files/memory-repository.ts";
import { rules } from "../../src/findings/index.ts";
import { readBaseline } from "../../src/findings/read-baseline.ts";
import type { Finding } from "../../src/model/report.ts";
import { scanRepository } from "../../src/scan.ts";
import { createPythonParser } from "../../src/syntax/parse-python.ts";

const parser = createPythonParser();

/** Rules that are off by default have examples and fixtures too. */
const ALL_ON = Object.fromEntries(rules.map(({ id }) => [id, "on"] as const));

const BASELINE = "ormverdict-baseline.json";

/** The findings of a repository of these files (texts by path) that nothing suppresses. A baseline among them counts. */
export async function findingsOf(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const text = files[BASELINE];
  const baseline = text === undefined ? null : await readBaseline(text, BASELINE);
  const run = {
    config: { ...DEFAULT_CONFIG, cache: false, rules: ALL_ON },
    loadParser: () => parser,
    onProgress: () => {},
    gate: { baseline, changes: null, exists: () => false },
  };
  const report = await scanRepository(memoryRepository(files), run);
  return report.projects.flatMap(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
}
