// Runs every cell of a library's matrix in each of its versions, and keeps what was seen.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { preparePython, runPython } from "../truth/python-environment.ts";
import { projectFiles } from "./compare-library.ts";
import type { MatrixLibrary } from "./matrix-library.ts";
import type { Members } from "./member-snippets.ts";
import { bySnippet, type Observations, type Outcome } from "./observations.ts";
import { renderMatrix } from "./render-matrix.ts";

interface Written<Result> {
  readonly versions: Observations["versions"];
  readonly result: Result;
}

/** What pip's list of requirements makes of the cells. Throws where arguments of the tables fit no member. */
export async function recordLibrary(
  library: MatrixLibrary,
  requirements: readonly string[],
  cache: string,
): Promise<Observations> {
  const python = await preparePython(requirements, cache);
  const program = fileURLToPath(new URL(library.program, import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "truth-async-"));
  try {
    const out = join(folder, "out.json");
    const run = async <Result>(...args: string[]): Promise<Written<Result>> => {
      await runPython(python, [program, ...args, out]);
      return JSON.parse(readFileSync(out, "utf8"));
    };
    const { result: members, versions } = await run<Members>("members");
    const { cells, files } = renderMatrix(library.snippets(members), library.layout);
    const project = join(folder, "project");
    for (const [path, text] of Object.entries({ ...projectFiles(library), ...files })) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
    const list = join(folder, "cells.json");
    writeFileSync(list, JSON.stringify(cells));
    const { result } = await run<{ outcomes: Record<string, Outcome>; faults: string[] }>(
      "observe",
      project,
      list,
    );
    if (result.faults.length > 0)
      throw new Error(`cells that say nothing about ${library.name}:\n${result.faults.join("\n")}`);
    return { versions, members, outcomes: bySnippet(result.outcomes) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
