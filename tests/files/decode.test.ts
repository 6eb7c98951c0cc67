import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "../../src/files/decode.ts";
import { lineTable } from "../../src/text/source-position.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
  );

describe("decode", () => {
  it.each([
    ["nothing declared", bytes("x = '", [0xc3, 0xa9], "'"), "x = 'é'"],
    ["a UTF-8 mark", bytes([0xef, 0xbb, 0xbf], "x = 1\n"), "x = 1\n"],
    [
      "latin-1",
      bytes("# -*- coding: latin-1 -*-\nx = '", [0xe9, 0x85], "'"),
      "# -*- coding: latin-1 -*-\nx = 'é\u0085'",
    ],
    ["iso-8859-15", bytes("# coding=iso-8859-15\n", [0xa4]), "# coding=iso-8859-15\n€"],
    ["cp1252", bytes("# coding: cp1252\n", [0x80]), "# coding: cp1252\n€"],
    ["koi8_r", bytes("# coding: koi8_r\n", [0xc1]), "# coding: koi8_r\nа"],
    ["euc_jp", bytes("# coding: euc_jp\n", [0xa4, 0xa2]), "# coding: euc_jp\nあ"],
    ["Shift_JIS", bytes("# coding: Shift_JIS\n", [0x82, 0xa0]), "# coding: Shift_JIS\nあ"],
    ["cp932", bytes("# coding: cp932\n", [0x82, 0xa0]), "# coding: cp932\nあ"],
    ["gb18030", bytes("# coding: gb18030\n", [0xb0, 0xa1]), "# coding: gb18030\n啊"],
    [
      "on line two",
      bytes("#!/usr/bin/python\n# vim: set fileencoding=latin1 :\n", [0xe9]),
      "#!/usr/bin/python\n# vim: set fileencoding=latin1 :\né",
    ],
    [
      "utf8 in Emacs' words",
      bytes("# -*- coding: utf-8-unix -*-\n", [0xc3, 0xa9]),
      "# -*- coding: utf-8-unix -*-\né",
    ],
  ])("reads %s", (_, source, text) => {
    expect(decode(source)).toEqual({ text, problem: null });
  });

  it.each([
    ["after code", bytes("x = 1\n# coding: latin-1\n", [0xe9])],
    ["on line three", bytes("\n\n# coding: latin-1\n", [0xe9])],
  ])("takes no cookie %s", (_, source) => {
    expect(decode(source).problem?.kind).toBe("encoding");
  });

  it("names an encoding that it does not know, and goes on", () => {
    expect(decode(bytes("#!python\n# coding: cp437\nx = 1\n"))).toEqual({
      text: "#!python\n# coding: cp437\nx = 1\n",
      problem: {
        kind: "encoding",
        line: 2,
        message: 'The declared encoding "cp437" is not known; it was read as UTF-8.',
      },
    });
  });

  it("names the line of the first byte that is no UTF-8, and reads the others", () => {
    const { text, problem } = decode(bytes("a = 1\r\nb = '", [0xe9], "'\n"));
    expect(text).toBe("a = 1\r\nb = '\ufffd'\n");
    expect(problem).toMatchObject({ kind: "encoding", line: 2 });
  });

  it("reads UTF-16 by its mark, which Python would not", () => {
    const { text, problem } = decode(
      bytes([0xff, 0xfe], Buffer.from("x = 1\n", "utf16le").toString("latin1")),
    );
    expect(text).toBe("x = 1\n");
    expect(problem?.kind).toBe("encoding");
  });

  it.each([
    ["with NUL", bytes("x", [0], "y")],
    ["without NUL", bytes([0x1f, 0x8b, 0x08, 0x04, 0xff, 0xfe, 0x01, 0x02])],
  ])("calls binary data %s binary", (_, source) => {
    expect(decode(source)).toMatchObject({ text: "", problem: { kind: "binary" } });
  });

  it("keeps offsets and lines as Python counts them, whatever ends a line", () => {
    const { text } = decode(
      bytes("a\r\nb\rc\n\fd\x0b\x85e", [0xe2, 0x80, 0xa8], "f").filter((byte) => byte !== 0x85),
    );
    expect(text.replaceAll("\r", "_")).toBe("a_\nb\nc\n\fd\x0be\u2028f");
    expect(lineTable(text).lineStarts).toEqual([0, 3, 5, 7]);
  });

  it("throws on no bytes at all", () => {
    const cookies = fc.constantFrom(
      "",
      "# coding: ",
      "# coding: utf-8\n",
      "# coding: latin-1\n",
      "# coding: gbk\n",
      "#coding:\xff",
    );
    fc.assert(
      fc.property(cookies, fc.uint8Array({ maxLength: 200 }), (cookie, rest) => {
        const { text, problem } = decode(bytes(cookie, [...rest]));
        if (problem === null)
          expect(text.includes("\ufffd")).toBe(Buffer.from(rest).includes(Buffer.from("\ufffd")));
      }),
    );
  });
});
