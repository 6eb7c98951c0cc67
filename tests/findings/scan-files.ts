// Findings of a small repository that a test holds in memory.
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import { memoryRepository } from "../../src/files/memory-repository.ts";
import type { Finding } from "../../src/model/report.ts";
import { scanRepository } from "../../src/scan.ts";
import { createPythonParser } from "../../src/syntax/parse-python.ts";

const parser = createPythonParser();

/** The findings of a repository that nothing suppresses of these files: texts by path. */
export async function findingsOf(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const run = {
    config: { ...DEFAULT_CONFIG, cache: false },
    loadParser: () => parser,
    onProgress: () => {},
  };
  const report = await scanRepository(memoryRepository(files), run);
  return report.projects.flatMap(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
}
