import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../temporary-tree.ts";
import { unpackArchive } from "./unpack.ts";
import { type Packed, tarGzOf, zipOf } from "./write-archives.ts";

const FORMATS = [
  { file: "a-1.whl", pack: zipOf },
  { file: "a-1.tar.gz", pack: tarGzOf },
];

function unpack(file: string, bytes: Buffer): { root: string; folder: string } {
  const root = temporaryTree({ [file]: bytes });
  return { root, folder: unpackArchive(join(root, file), join(root, "place")) };
}

describe.each(FORMATS)("unpackArchive of $file", ({ file, pack }) => {
  it("writes the files and gives the folder above them", () => {
    const { folder } = unpack(
      file,
      pack([
        { name: "a/b.py", content: "x = 1\n" },
        { name: "c.txt", content: "é" },
      ]),
    );
    expect(readFileSync(join(folder, "a/b.py"), "utf8")).toBe("x = 1\n");
    expect(readFileSync(join(folder, "c.txt"), "utf8")).toBe("é");
  });

  it("gives the one folder that all of it is in", () => {
    const { folder } = unpack(file, pack([{ name: "a-1/setup.py" }, { name: "a-1/a/b.py" }]));
    expect(readdirSync(folder).sort()).toEqual(["a", "setup.py"]);
  });

  it.each(["../out.py", "/out.py", "a/../../out.py", "..\\out.py", "C:/out.py"])("refuses %s", (name) => {
    expect(() => unpack(file, pack([{ name, content: "x" }]))).toThrow("leads out of it");
  });

  it("leaves links out, and what is packed below them lands inside", () => {
    const entries: Packed[] = [
      { name: "a/link", type: "2" },
      { name: "a/b.py", content: "x" },
    ];
    const { folder } = unpack(file, pack(entries));
    expect(existsSync(join(folder, "link"))).toBe(false);
    expect(readFileSync(join(folder, "b.py"), "utf8")).toBe("x");
  });

  it("writes nothing of an archive that is damaged, or leads out at its end", () => {
    const bytes = pack([{ name: "a/b.py", content: "x".repeat(5000) }]);
    const damaged = bytes.subarray(0, bytes.length - 30);
    for (const bad of [damaged, pack([{ name: "a/b.py" }, { name: "../out.py" }])]) {
      const root = temporaryTree({ [file]: bad });
      expect(() => unpackArchive(join(root, file), join(root, "place"))).toThrow();
      expect(existsSync(join(root, "place"))).toBe(false);
    }
  });
});

describe("unpackArchive of a tar archive with long names", () => {
  const long = `a/${"deep/".repeat(30)}b.py`;

  it("takes GNU's long name", () => {
    const { folder } = unpack(
      "a-1.tar.gz",
      tarGzOf([
        { name: "././@LongLink", type: "L", content: `${long}\0` },
        { name: "cut", content: "x" },
        { name: "z.py" },
      ]),
    );
    expect(readFileSync(join(folder, long), "utf8")).toBe("x");
    expect(existsSync(join(folder, "z.py"))).toBe(true);
  });

  it("takes the path of a pax header", () => {
    const line = ` path=${long}\n`;
    const content = `${line.length + 3}${line}`;
    const { folder } = unpack(
      "a-1.tar.gz",
      tarGzOf([{ name: "pax", type: "x", content }, { name: "cut", content: "x" }, { name: "z.py" }]),
    );
    expect(readFileSync(join(folder, long), "utf8")).toBe("x");
  });
});
