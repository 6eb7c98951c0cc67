// However a scan is made, its report is the same bytes: with an empty cache, a filled one, a damaged one, one of other files, and
// none; skimming and parsing everything.
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../src/config/default-config.ts";
import { scan, scanForCheck } from "../src/scan.ts";
import { temporaryTree } from "./temporary-tree.ts";

const FIXTURES = join(dirname(dirname(fileURLToPath(import.meta.url))), "fixtures", "projects");
const projects = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

async function reportOf(cwd: string, how: { cache: boolean; folder: string }): Promise<string> {
  const config = { ...DEFAULT_CONFIG, cache: how.cache };
  return JSON.stringify(await scan({ paths: ["."], cwd, config, cacheFolder: how.folder }));
}

describe("the report is the same", () => {
  it.each(projects)(
    "of %s without a cache, with an empty one, a filled one and a damaged one",
    async (name) => {
      const cwd = join(FIXTURES, name);
      const folder = temporaryTree({});
      const plain = await reportOf(cwd, { cache: false, folder });
      expect(readdirSync(folder)).toEqual([]);
      const cold = await reportOf(cwd, { cache: true, folder });
      const [segment = ""] = readdirSync(folder);
      const kept = readFileSync(join(folder, segment));
      const warm = await reportOf(cwd, { cache: true, folder });
      expect(readFileSync(join(folder, segment)).equals(kept)).toBe(true);
      for (let at = 200; at < kept.length; at += 997) kept[at] = (kept[at] ?? 0) ^ 0x55;
      writeFileSync(join(folder, segment), kept);
      const healed = await reportOf(cwd, { cache: true, folder });
      expect(cold).toBe(plain);
      expect(warm).toBe(plain);
      expect(healed).toBe(plain);
    },
  );

  it.each(projects)("of %s whether it is skimmed or all of it is parsed", async (name) => {
    const request = { paths: ["."], cwd: join(FIXTURES, name), config: { ...DEFAULT_CONFIG, cache: false } };
    const parsed = await scanForCheck({ ...request, skim: false });
    const skimmed = await scanForCheck(request);
    expect(JSON.stringify(skimmed.report)).toBe(JSON.stringify(parsed.report));
    expect(skimmed.work.parsed).toBeLessThanOrEqual(parsed.work.parsed);
  });

  it("of changed code, whose other files are taken from the cache", async () => {
    const folder = temporaryTree({});
    const cwd = temporaryTree({});
    cpSync(join(FIXTURES, "django-shop"), cwd, { recursive: true });
    await reportOf(cwd, { cache: true, folder });
    writeFileSync(join(cwd, "added.py"), "from os import path\n\nprint(path)\n");
    const changed = await reportOf(cwd, { cache: true, folder });
    expect(changed).toBe(await reportOf(cwd, { cache: false, folder }));
  });
});
