import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { displayWidth, graphemes } from "../../src/reports/display-width.ts";

const SAMPLES: readonly (readonly [text: string, columns: number])[] = [
  ["app/main.py", 11],
  ["名前", 4],
  ["ﾊﾞｯｸﾞ", 5],
  ["e\u0301", 1],
  ["कि", 2],
  ["한글", 4],
  ["👩‍👩‍👧‍👦", 2],
  ["🇨🇭", 2],
  ["❤️", 2],
  ["1️⃣", 2],
  ["© · …→", 6],
  ["עברית", 5],
  ["\u200d", 0],
];

describe("displayWidth", () => {
  it.each(SAMPLES)("of %s is %i", (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  it("agrees with string-width on every letter, mark, number and symbol", () => {
    const differing: string[] = [];
    for (let code = 0x20; code < 0x3_00_00; code += 1) {
      const character = String.fromCodePoint(code);
      if (/[\p{Cc}\p{Cs}\p{Cn}\p{Co}]/u.test(character)) continue;
      if (displayWidth(character) !== stringWidth(character)) differing.push(code.toString(16));
    }
    expect(differing).toEqual([]);
  });

  it("adds up over words", () => {
    const words = fc.array(fc.constantFrom(...SAMPLES.map(([text]) => text)), { maxLength: 8 });
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join(" ");
        expect(displayWidth(text)).toBe(stringWidth(text));
        expect(graphemes(text).join("")).toBe(text);
      }),
    );
  });
});
