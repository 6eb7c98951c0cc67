// Builds the package into dist: the bundle, and the types of the library's public face.
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundleOptions, root } from "./bundle-options.mjs";

rmSync(join(root, "dist"), { recursive: true, force: true });
await build(bundleOptions);
chmodSync(join(root, "dist", "cli.js"), 0o755);

// The compiler is a native program behind a small launcher: run that with this Node, whatever the PATH holds.
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const types = spawnSync(process.execPath, [tsc, "-p", join(root, ".ci", "tsconfig.build.json")], {
  stdio: "inherit",
});
process.exitCode = types.status ?? 1;
