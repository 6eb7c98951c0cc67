import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * How the package is bundled: dist/cli.js, dist/index.js and the thread that reads files, dist/worker.js, with what they share in dist/chunks. All dependencies go in, so that
 * installing the package installs nothing else. The grammars stay beside dist.
 *
 * @type {import("esbuild").BuildOptions}
 */
export const bundleOptions = {
  absWorkingDir: root,
  entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts", worker: "src/reading/worker.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  chunkNames: "chunks/[name]-[hash]",
  // Dependencies written in CommonJS call require() for Node's own modules, which an ES module does not have.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
};
