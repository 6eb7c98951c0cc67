import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markdownCode, markdownText } from "../../src/reports/markdown-escape.ts";
import { plainName, plainText } from "../../src/text/plain-text.ts";
import { HOSTILE_TEXTS } from "./hostile-report.ts";

/** What a renderer shows of escaped text: escapes taken away, entities decoded. */
function shown(markdown: string): string {
  return markdown
    .replace(/^<code>(.*)<\/code>$|^`([^`]*)`$/u, "$1$2")
    .replace(/\\([\\`*_{}[\]|~$#+=-])/gu, "$1")
    .replaceAll("&#8203;", "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

describe("markdown escapes", () => {
  it("show hostile text as it is", () => {
    for (const hostile of HOSTILE_TEXTS) {
      expect(shown(markdownText(hostile))).toBe(plainText(hostile));
      expect(shown(markdownCode(hostile))).toBe(plainName(hostile));
    }
  });

  it("show any text as it is, on one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(shown(markdownText(text))).toBe(plainText(text));
        expect(shown(markdownCode(text))).toBe(plainName(text));
        expect(markdownCode(text)).not.toMatch(/[\n\r]/u);
      }),
    );
  });

  it("write plain paths plainly", () => {
    expect(markdownCode("app/users_admin.py:12")).toBe("`app/users_admin.py:12`");
    expect(markdownText("71 % of queries are plain CRUD")).toBe("71 % of queries are plain CRUD");
  });
});
