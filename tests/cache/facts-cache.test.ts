import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { entryKey, openFactsCache } from "../../src/cache/facts-cache.ts";
import { temporaryTree } from "../temporary-tree.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const keyOf = (text: string): string => entryKey(bytesOf(text), "production");

function keep(folder: string, texts: readonly string[], stamp = "1"): void {
  const cache = openFactsCache(folder, stamp);
  for (const text of texts) cache.put(keyOf(text), bytesOf(`facts of ${text}`));
  cache.close();
}

function found(folder: string, texts: readonly string[], stamp = "1"): (string | null)[] {
  const cache = openFactsCache(folder, stamp);
  const all = texts.map((text) => {
    const bytes = cache.get(keyOf(text));
    return bytes && Buffer.from(bytes).toString();
  });
  cache.close();
  return all;
}

function onlyFile(folder: string): string {
  const names = readdirSync(folder);
  expect(names).toHaveLength(1);
  return join(folder, names[0] ?? "");
}

describe("openFactsCache", () => {
  it("gives back what an earlier run put, and nothing else", () => {
    const folder = join(temporaryTree({}), "new", "cache");
    expect(found(folder, ["a"])).toEqual([null]);
    expect(existsSync(folder)).toBe(false);
    keep(folder, ["a", "b"]);
    keep(folder, ["c"]);
    expect(found(folder, ["a", "b", "c", "d"])).toEqual(["facts of a", "facts of b", "facts of c", null]);
  });

  it("knows a file by its content and by what else its facts depend on", () => {
    expect(entryKey(bytesOf("x"), "test")).not.toBe(entryKey(bytesOf("x"), "production"));
    expect(entryKey(bytesOf("y"), "test")).not.toBe(entryKey(bytesOf("x"), "test"));
  });

  it("does not use what another version wrote", () => {
    const folder = temporaryTree({});
    keep(folder, ["a"], "1");
    expect(found(folder, ["a"], "2")).toEqual([null]);
    expect(found(folder, ["a"], "1")).toEqual(["facts of a"]);
  });

  it("misses a damaged entry and finds the others", () => {
    const folder = temporaryTree({});
    keep(folder, ["a", "b"]);
    const file = onlyFile(folder);
    const bytes = readFileSync(file);
    bytes[bytes.indexOf("facts of a")] = 0x46;
    writeFileSync(file, bytes);
    expect(found(folder, ["a", "b"])).toEqual([null, "facts of b"]);
    keep(folder, ["a"]);
    expect(found(folder, ["a", "b"])).toEqual(["facts of a", "facts of b"]);
  });

  it("heals: a run that met damage leaves one file, whole, with what it had and what it made again", () => {
    const folder = temporaryTree({});
    keep(folder, ["a", "b", "c"]);
    const file = onlyFile(folder);
    const good = readFileSync(file);
    const bytes = Buffer.from(good);
    bytes[bytes.indexOf("facts of a")] = 0x46;
    writeFileSync(file, bytes);
    // As a scan does: what is missed is made again. With "c" the very same entries come together as before the damage.
    for (const texts of [
      ["a", "b"],
      ["a", "b", "c"],
    ]) {
      writeFileSync(file, bytes);
      const cache = openFactsCache(folder, "1");
      const missed = texts.filter((text) => cache.get(keyOf(text)) === null);
      expect(missed).toEqual(["a"]);
      for (const text of missed) cache.put(keyOf(text), bytesOf(`facts of ${text}`));
      cache.close();
      const healed = onlyFile(folder);
      expect(found(folder, texts)).toEqual(texts.map((text) => `facts of ${text}`));
      if (texts.length === 3) expect(readFileSync(healed).equals(good)).toBe(true);
      else rmSync(healed);
    }
  });

  it("misses all where the index is damaged, and removes the file", () => {
    const whole = temporaryTree({});
    keep(whole, ["a", "b"]);
    const good = readFileSync(onlyFile(whole));
    for (let at = 0; at < good.indexOf("facts of"); at += 1) {
      const folder = temporaryTree({});
      keep(folder, ["a", "b"]);
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      writeFileSync(onlyFile(folder), bytes);
      expect(found(folder, ["a", "b"])).toEqual([null, null]);
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it("misses what a truncated file lacks, wherever it ends", () => {
    const whole = temporaryTree({});
    keep(whole, ["a", "b"]);
    const size = readFileSync(onlyFile(whole)).length;
    for (let length = 0; length < size; length += 1) {
      const folder = temporaryTree({});
      keep(folder, ["a", "b"]);
      truncateSync(onlyFile(folder), length);
      const [a, b] = found(folder, ["a", "b"]);
      expect([null, "facts of a"]).toContain(a);
      expect([null, "facts of b"]).toContain(b);
      expect([a, b]).toContain(null);
    }
  });

  it("leaves alone what is not its own, folders that bear its names among it", () => {
    const folder = temporaryTree({ "notes.txt": "mine", "facts-0000000000000000-x/": "", "writing-x/": "" });
    keep(folder, ["a"]);
    expect(found(folder, ["a"])).toEqual(["facts of a"]);
    expect(readdirSync(folder)).toContain("notes.txt");
  });

  it("works without a place to write: a file where the folder should be, a folder without permission", () => {
    const root = temporaryTree({ taken: "a file", "locked/": "" });
    chmodSync(join(root, "locked"), 0o500);
    for (const folder of [join(root, "taken"), join(root, "taken", "below"), join(root, "locked", "below")]) {
      expect(() => keep(folder, ["a"])).not.toThrow();
      expect(() => found(folder, ["a"])).not.toThrow();
    }
    chmodSync(join(root, "locked"), 0o700);
    expect(readFileSync(join(root, "taken"), "utf8")).toBe("a file");
  });

  it("reads a cache that may not be written", () => {
    const folder = temporaryTree({});
    keep(folder, ["a"]);
    const file = onlyFile(folder);
    chmodSync(file, 0o400);
    chmodSync(folder, 0o500);
    expect(found(folder, ["a"])).toEqual(["facts of a"]);
    chmodSync(folder, 0o700);
  });

  it("keeps what runs side by side write", () => {
    const folder = temporaryTree({});
    const left = openFactsCache(folder, "1");
    const right = openFactsCache(folder, "1");
    for (const [cache, text] of [
      [left, "a"],
      [right, "a"],
      [left, "b"],
      [right, "c"],
    ] as const)
      cache.put(keyOf(text), bytesOf(`facts of ${text}`));
    left.close();
    right.close();
    expect(found(folder, ["a", "b", "c"])).toEqual(["facts of a", "facts of b", "facts of c"]);
  });

  it("stays within its bounds, dropping what was used longest ago", () => {
    const folder = temporaryTree({});
    const bounds = { bytes: 100_000, segments: 3 };
    for (const [age, text] of ["a", "b", "c"].entries()) {
      keep(folder, [text]);
      for (const name of readdirSync(folder).filter((one) =>
        readFileSync(join(folder, one)).includes(`of ${text}`),
      ))
        utimesSync(join(folder, name), 1_000_000 + age, 1_000_000 + age);
    }
    // Used again: "a" is now younger than "b".
    expect(found(folder, ["a"])).toEqual(["facts of a"]);
    const cache = openFactsCache(folder, "1", bounds);
    cache.put(keyOf("d"), bytesOf("facts of d"));
    cache.close();
    expect(found(folder, ["a", "b", "c", "d"])).toEqual(["facts of a", null, "facts of c", "facts of d"]);

    const tight = openFactsCache(folder, "1", { bytes: 10, segments: 3 });
    tight.put(keyOf("large"), bytesOf("more than ten bytes"));
    tight.close();
    expect(found(folder, ["large"])).toEqual([null]);
  });

  it("gathers what lies in many files into one", () => {
    const folder = temporaryTree({});
    const texts = [..."abcdefghijkl"];
    for (const text of texts) keep(folder, [text]);
    expect(readdirSync(folder)).toHaveLength(12);
    found(folder, texts);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(found(folder, texts)).toEqual(texts.map((text) => `facts of ${text}`));
  });
});
