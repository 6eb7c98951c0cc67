import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The program as one can start it in a process of its own. */
export interface CliBundle {
  readonly path: string;
  readonly remove: () => void;
}

/** Bundles the command line: a bundle starts several times as fast as the sources do. Test files use names of their own. */
export async function bundleCli(name: string): Promise<CliBundle> {
  // Inside the repository, since the program looks for the grammars in the folders above it. Runs side by side share none.
  const folder = join(ROOT, "node_modules", ".cache", `ormverdict-${name}-${process.pid}`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: { cli: "src/cli/main.ts" },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  return { path: join(folder, "cli.mjs"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
