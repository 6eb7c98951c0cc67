// A library's matrix, scanned once, against the observations of each version.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import { memoryRepository } from "../../src/files/memory-repository.ts";
import { scanRepository } from "../../src/scan.ts";
import { createPythonParser } from "../../src/syntax/parse-python.ts";
import { answersOf, type Disagreement, disagreementOf } from "./compare-cells.ts";
import type { MatrixLibrary } from "./matrix-library.ts";
import { allMembers, type Observations } from "./observations.ts";
import { renderMatrix } from "./render-matrix.ts";
import type { Snippet } from "./snippet.ts";

export const FIXTURES = fileURLToPath(new URL("../../fixtures/truth-async", import.meta.url));

export interface LibraryComparison {
  readonly cells: number;
  readonly agreeing: number;
  readonly disagreements: readonly Disagreement[];
  /** Findings in generated code outside of every cell, which none should be. */
  readonly strays: readonly string[];
}

/** What a scan says of the matrix of every member that some version has, held against what was seen of each version. */
export async function compareLibrary(
  library: MatrixLibrary,
  observed: ReadonlyMap<string, Observations>,
  isChosen: (snippet: Snippet, index: number) => boolean = () => true,
): Promise<LibraryComparison> {
  const snippets = library.snippets(allMembers([...observed.values()])).filter(isChosen);
  const { cells, files } = renderMatrix(snippets, library.layout);
  const chosen = new Set(snippets.map(({ id }) => id));
  const report = await scanRepository(memoryRepository({ ...projectFiles(library), ...files }), {
    config: { ...DEFAULT_CONFIG, cache: false },
    loadParser: () => createPythonParser(),
    onProgress: () => {},
    gate: { baseline: null, changes: null, exists: () => false },
  });
  const { answers, strays } = answersOf(
    cells,
    report.projects.flatMap(({ findings }) => findings),
    report.projects.flatMap(({ queries }) => queries.items),
  );
  let compared = 0;
  const disagreements: Disagreement[] = [];
  for (const [version, { outcomes }] of observed)
    for (const [snippet, byContext] of Object.entries(outcomes)) {
      if (!chosen.has(snippet)) continue;
      for (const [context, outcome] of Object.entries(byContext)) {
        const cell = `${snippet} ${context}`;
        const answer = answers.get(cell);
        if (answer === undefined)
          throw new Error(`${cell} was observed, but is in no matrix: record it again`);
        compared += 1;
        const found = disagreementOf(cell, version, outcome, answer);
        if (found !== null) disagreements.push(found);
      }
    }
  return {
    cells: compared,
    agreeing: compared - disagreements.length,
    disagreements,
    strays: strays.map(({ line, message, path }) => `${path}:${line} ${message}`),
  };
}

/** The files that cells are put beside. */
export function projectFiles({ project }: MatrixLibrary): Record<string, string> {
  const folder = join(FIXTURES, project);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.includes("__pycache__") && statSync(join(folder, path)).isFile())
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
