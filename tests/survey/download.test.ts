import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "../../src/index.ts";
import { temporaryTree } from "../temporary-tree.ts";
import { downloadArchive } from "./download.ts";
import type { SurveyRecord } from "./record.ts";

const CONTENT = "the archive";
const record: SurveyRecord = {
  package: "a",
  version: "1.0",
  file: "a-1.0-py3-none-any.whl",
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
  kind: "wheel",
  frameworks: {},
  primaryOrm: null,
  choice: "not-needed",
  why: "",
  evidence: [],
};

/** Puts a stand-in for python3 on the path: it notes how it was called and downloads `content` to where pip was told to. */
function withPython(content: string): string {
  const root = temporaryTree({
    "bin/python3": `#!/bin/sh
echo "$@" >> "$0.calls"
while [ $# -gt 1 ]; do
  if [ "$1" = --dest ]; then printf '%s' '${content}' > "$2/${record.file}"; fi
  shift
done
`,
    "cache/": "",
  });
  chmodSync(join(root, "bin/python3"), 0o755);
  vi.stubEnv("PATH", join(root, "bin"));
  return root;
}

afterEach(() => vi.unstubAllEnvs());

describe("downloadArchive", () => {
  it("asks pip for exactly the pinned wheel, and builds nothing", async () => {
    const root = withPython(CONTENT);
    expect(await downloadArchive(record, join(root, "cache"))).toBe(join(root, "cache", record.file));
    const calls = readFileSync(join(root, "bin/python3.calls"), "utf8");
    expect(calls).toContain("--no-deps --only-binary :all:");
    expect(calls).toContain("a==1.0");
  });

  it("does not ask twice for what is in the cache", async () => {
    const root = withPython(CONTENT);
    await downloadArchive(record, join(root, "cache"));
    vi.stubEnv("PATH", join(root, "empty"));
    expect(await downloadArchive(record, join(root, "cache"))).toBe(join(root, "cache", record.file));
  });

  it("refuses and removes a file that is not the recorded one", async () => {
    const root = withPython("something else");
    await expect(downloadArchive(record, join(root, "cache"))).rejects.toThrow("not the recorded");
    expect(existsSync(join(root, "cache", record.file))).toBe(false);
  });

  it("says what to install where python3 is missing", async () => {
    const root = withPython(CONTENT);
    vi.stubEnv("PATH", join(root, "empty"));
    const missing = downloadArchive(record, join(root, "cache"));
    await expect(missing).rejects.toThrow(UsageError);
    await expect(missing).rejects.toThrow(/python3 and pip/);
  });
});
