// The static side: a suite's sources scanned as any repository is.
import { cpSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadConfig, type Query, scan } from "../../src/index.ts";
import type { Suite } from "./suite.ts";

/** The inventory of a suite whose files lie in a folder. */
export async function scanSuite(suite: Suite, source: string): Promise<Query[]> {
  const root = join(source, suite.root);
  const folder = suite.scanStudyOnly ? studyOnly(suite, root) : root;
  const flags = { cache: false, includeTests: suite.includeTests };
  const request = { paths: ["."], cwd: folder, file: null, environment: {}, flags };
  const { configFor } = await loadConfig(request);
  const { projects } = await scan({ paths: ["."], cwd: folder, config: configFor });
  return projects.flatMap(({ queries }) => queries.items);
}

function studyOnly({ study }: Suite, root: string): string {
  const folder = `${root}-study`;
  for (const entry of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    const path = entry.replaceAll("\\", "/");
    if (!study.some((glob) => isStudied(path, glob)) || !statSync(join(root, path)).isFile()) continue;
    cpSync(join(root, path), join(folder, path));
  }
  return folder;
}

/** As record.py reads a glob: a star stands for anything, folders included. */
function isStudied(path: string, glob: string): boolean {
  const parts = glob.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(path);
}
