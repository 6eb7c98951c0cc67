// Whatever became of the cache folder since the last scan, the next one gives the same report, and leaves the folder whole again.
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/config/default-config.ts";
import { scan } from "../../src/scan.ts";
import { temporaryTree } from "../temporary-tree.ts";

const PROJECT = fileURLToPath(new URL("../../fixtures/projects/fastapi-bookshop", import.meta.url));

async function reportOf(cacheFolder: string | null): Promise<string> {
  return JSON.stringify(await scan({ paths: ["."], cwd: PROJECT, config: DEFAULT_CONFIG, cacheFolder }));
}

let plain = "";
let name = "";
let kept = Buffer.alloc(0);
beforeAll(async () => {
  plain = await reportOf(null);
  const folder = mkdtempSync(join(tmpdir(), "ormverdict-"));
  await reportOf(folder);
  [name = ""] = readdirSync(folder);
  kept = readFileSync(join(folder, name));
  rmSync(folder, { recursive: true });
});

const HARM: readonly (readonly [says: string, harm: (file: string, kept: Buffer) => void])[] = [
  ["cut off in its entries", (file, kept) => truncateSync(file, kept.length - 5)],
  ["cut off in its index", (file) => truncateSync(file, 100)],
  ["emptied", (file) => truncateSync(file, 0)],
  ["written over with text", (file) => writeFileSync(file, "not a cache")],
  ["written over with noise", (file, kept) => writeFileSync(file, Buffer.alloc(kept.length, 0xa5))],
  ["made longer", (file, kept) => writeFileSync(file, Buffer.concat([kept, kept]))],
];

it.each(HARM)("a cache that was %s is used where it can be, and healed", async (_, harm) => {
  const folder = temporaryTree({ [name]: kept });
  harm(join(folder, name), kept);
  expect(await reportOf(folder)).toBe(plain);
  expect(readdirSync(folder)).toEqual([name]);
  expect(readFileSync(join(folder, name)).subarray(0, kept.length).equals(kept)).toBe(true);
});

it("a cache of another version is left to that version", async () => {
  const foreign = "facts-0123456789abcdef-000000000000000000000000";
  const folder = temporaryTree({ [foreign]: kept });
  expect(await reportOf(folder)).toBe(plain);
  expect(readdirSync(folder).sort()).toEqual([foreign, name].sort());
});
