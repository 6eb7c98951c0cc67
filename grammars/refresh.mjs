// Fetches the grammar files again from the npm packages named in README.md and verifies their checksums; with --record, writes
// the new checksums down instead. Needs npm, and tar as every system has it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const readme = join(here, "README.md");
const isRecording = process.argv.includes("--record");
const ROW = /^\| (\S+\.wasm) \| (\S+) \| (\S+) \| \S+ \| ([0-9a-f]{64}) \|$/gm;

let text = readFileSync(readme, "utf8");
const folder = mkdtempSync(join(tmpdir(), "grammars-"));
try {
  for (const [row, file, name, version, expected] of [...text.matchAll(ROW)]) {
    const npm = ["pack", `${name}@${version}`, "--ignore-scripts", "--silent", "--pack-destination", folder];
    const tarball = execFileSync("npm", npm, { encoding: "utf8", shell: process.platform === "win32" }).trim();
    execFileSync("tar", ["-xzf", tarball, `package/${file}`, "package/LICENSE"], { cwd: folder });
    const fresh = join(folder, "package", file);
    const found = createHash("sha256").update(readFileSync(fresh)).digest("hex");
    if (found !== expected && !isRecording) {
      throw new Error(`${file} of ${name} ${version} has sha256 ${found}, README.md says ${expected}`);
    }
    text = text.replace(row, row.replace(expected, found));
    copyFileSync(fresh, join(here, file));
    copyFileSync(join(folder, "package", "LICENSE"), join(here, `LICENSE.${name}`));
    console.log(`${file}: ${name} ${version}, sha256 ${found}`);
  }
  if (isRecording) writeFileSync(readme, text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
