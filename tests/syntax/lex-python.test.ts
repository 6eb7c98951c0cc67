import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lexPython, Token } from "../../src/syntax/lex-python.ts";

const NAMES = new Map<number, string>(Object.entries(Token).map(([name, kind]) => [kind, name]));

/** Tokens as `kind text`, layout as its kind alone; null where the lexer gave up. */
function tokensOf(text: string): string[] | null {
  const tokens = lexPython(text);
  if (tokens === null) return null;
  return Array.from({ length: tokens.count }, (_, index) => {
    const written = text.slice(tokens.starts[index], tokens.ends[index]);
    const kind = NAMES.get(tokens.kinds[index] as number) ?? "?";
    return (tokens.kinds[index] as number) >= Token.newline ? kind : `${kind} ${written}`;
  });
}

/** The tokens of one line, without its end. */
const lineOf = (text: string): string[] | null => tokensOf(text)?.slice(0, -1) ?? null;

describe("strings", () => {
  const prefixes = ["", "r", "R", "b", "B", "u", "U", "f", "F"];
  for (const [one, other] of ["br", "fr"].map((pair) => [...pair]))
    for (const left of [one, one?.toUpperCase()])
      for (const right of [other, other?.toUpperCase()]) prefixes.push(`${left}${right}`, `${right}${left}`);
  const literals = prefixes.flatMap((prefix) => [
    `${prefix}'a"b'`,
    `${prefix}"a'b"`,
    `${prefix}'''a'b\n"c" '' d'''`,
    `${prefix}"""a"b\n'c' "" d"""`,
    `${prefix}'a\\'b'`,
    `${prefix}"\\\\"`,
    `${prefix}'a\\\nb'`,
    `${prefix}'a\\\r\nb'`,
    `${prefix}''`,
    `${prefix}""`,
    `${prefix}""""""`,
  ]);

  it.each(literals)("%j is one token", (literal) => {
    expect(lineOf(`${literal} + x`)).toEqual([`string ${literal}`, "sign +", "name x"]);
  });

  it.each([
    `f'{a}'`,
    `f"{a['b']}"`,
    `f'{a["}"]}'`,
    `f"{f'{a}'}"`,
    `f"{x}{f'{y}{z!r:>{w}}'}{{not a field}}"`,
    `f"""{f'{f"{a}"}'}"""`,
    `f"""{\n  a\n}"""`,
    `f'{a:{b}.{c}}'`,
    `f'{a!r}'`,
    `f'{a = }'`,
    `f'{a != b} {a == b} {a <= b}'`,
    `f'{ {"k": 1}["k"] }'`,
    `f'{a:%H:%M}'`,
    `f'\\N{DIGIT ONE}{a}'`,
    `rf'\\{a}'`,
    `f"{(lambda x: 1)}"`,
  ])("%j is one token, fields and all", (literal) => {
    expect(lineOf(`${literal} + x`)).toEqual([`string ${literal}`, "sign +", "name x"]);
  });

  it("notes the expressions of fields, and leaves those inside another to whoever reads it", () => {
    const text = "x = f\"{a.b} {{c}} {d!r:>{e}} {f'{g}' = } {h != i}\"";
    const fields = lexPython(text)?.fields ?? [];
    const written = fields.flatMap((start, index) =>
      index % 2 === 0 ? [text.slice(start, fields[index + 1])] : [],
    );
    expect(written).toEqual(["a.b", "d", "e", "f'{g}' ", "h != i"]);
  });

  it.each([
    ["'a", "no end"],
    ["'a\nb'", "a line's end in a plain string"],
    ["'''a''", "no end of a triple-quoted one"],
    ["'a\\", "an escape of nothing"],
    ["f'{a'", "a field without an end"],
    ["f'{a}", "no end of a formatted one"],
    ["f'a}'", "a closing brace alone"],
    [`f'{a['b']}'`, "the same quotes inside, which Python 3.12 allows"],
    ["f'{a\\n}'", "a backslash in a field"],
    ["f'''{a # b\n}'''", "a comment in a field"],
    ["f'{a!x}'", "an unknown conversion"],
    ["f'{a=b}'", "an assignment"],
    ["f'{(a}'", "brackets that do not match"],
    ["ub'a'", "a prefix that is none"],
    ["ff'a'", "a prefix that is none"],
    ["bu'a'", "a prefix that is none"],
  ])("%j is left to the parser: %s", (text) => {
    expect(lexPython(text)).toBeNull();
  });

  it("takes a longer name before quotes for a name", () => {
    expect(lineOf("abc'd'")).toEqual(["name abc", "string 'd'"]);
  });
});

describe("numbers", () => {
  it.each(
    `0 00 0_0 7 10 1_000 1. .5 1.5 1e5 1E-5 1.e+5 .5e1_0 1j 1.5J 1e5j 0xFf_0 0X1 0b1_0 0B1 0o17 0O7`.split(
      " ",
    ),
  )("%s is one", (number) => {
    expect(lineOf(`${number}+x`)).toEqual([`number ${number}`, "sign +", "name x"]);
  });

  it.each(["1.real", "1..real", "1.5.real"])("%s ends before the attribute, or is refused", (text) => {
    const tokens = lineOf(text);
    expect(tokens === null || tokens.at(-1) === "name real").toBe(true);
  });

  it.each(["10L", "0777", "1__0", "1_", "0x", "0b2", "1if x else y", "1e", "1é"])(
    "%s is left to the parser",
    (text) => {
      expect(lexPython(text)).toBeNull();
    },
  );
});

describe("operators", () => {
  it.each([
    ["a+b-c", "sign sign"],
    ["a*b**c", "star star"],
    ["a/b//c%d", "binary binary binary"],
    ["a@b", "at"],
    ["a<b<=c<<d>e>=f>>g", "binary binary binary binary binary binary"],
    ["a==b!=c", "binary binary"],
    ["a&b|c^d", "binary binary binary"],
    ["a=b", "assign"],
    ["a:=b", "walrus"],
    ["a->b", "arrow"],
    ["a:b,c.d;e", "colon comma dot semicolon"],
    ["a=~b", "assign tilde"],
    ["...", "ellipsis"],
    ["([{}])", "open open open close close close"],
  ])("%s", (text, kinds) => {
    const found = lineOf(text)?.map((token) => token.split(" ")[0]);
    expect(found?.filter((kind) => kind !== "name").join(" ")).toBe(kinds);
  });

  it.each("+= -= *= **= /= //= %= @= &= |= ^= <<= >>=".split(" "))("%s assigns", (operator) => {
    expect(lineOf(`a${operator}b`)).toEqual(["name a", `augmented ${operator}`, "name b"]);
  });

  it.each(["a ? b", "$a", "a ! b", "`a`", "(", ")", "(]", "[)", "{(})", "a\u00a0= 1", "x\v= 1", "\0"])(
    "%j is left to the parser",
    (text) => {
      expect(lexPython(text)).toBeNull();
    },
  );
});

describe("names", () => {
  it.each(["a", "_", "__a1__", "Ünïcode", "变量", "переменная", "ⅷ"])("%s is one", (name) => {
    expect(lineOf(`${name}.x`)).toEqual([`name ${name}`, "dot .", "name x"]);
  });

  it.each(["a\u0301", "𝒳", "℘", "a·b", "€", "\u200b"])(
    "%j is left to the parser, who may see it otherwise",
    (name) => {
      expect(lexPython(`${name} = 1`)).toBeNull();
    },
  );
});

describe("lines", () => {
  it("end once, however many are empty, and at the end of the file", () => {
    expect(tokensOf("a\n\n\n  \n# c\nb")).toEqual(["name a", "newline", "name b", "newline"]);
    expect(tokensOf("\n \n\t\n# c")).toEqual([]);
    expect(tokensOf("")).toEqual([]);
  });

  it("do not end in brackets, nor after a backslash", () => {
    expect(tokensOf("(a,\n\n# c\nb)\n")).toEqual([
      "open (",
      "name a",
      "comma ,",
      "name b",
      "close )",
      "newline",
    ]);
    expect(tokensOf("a + \\\n  b\n")).toEqual(["name a", "sign +", "name b", "newline"]);
    expect(tokensOf("a + \\\r\n  b\r\n")).toEqual(["name a", "sign +", "name b", "newline"]);
  });

  it("end the same with a carriage return before the line feed", () => {
    const text = "if a:\n    b\n\n    # c\nelse:\n    '''d\n'''\n";
    const kindsOf = (one: string): string[] =>
      (tokensOf(one) ?? []).map((token) => token.split(" ")[0] ?? "");
    expect(kindsOf(text.replaceAll("\n", "\r\n"))).toEqual(kindsOf(text));
    expect(kindsOf(text)).toContain("indent");
  });

  it.each(["a\rb\n", "# a\rb\n", "a \\\rb\n", "a\r", "a\r\r\nb\n"])(
    "%j is left to the parser: a carriage return alone ends a line for Python and none for the grammar",
    (text) => {
      expect(lexPython(text)).toBeNull();
    },
  );

  it("keep a carriage return inside a long string", () => {
    expect(lineOf("'''a\rb'''")).toEqual(["string '''a\rb'''"]);
  });

  it("are not ended by a form feed", () => {
    expect(tokensOf("a\n\f\nb\n")).toEqual(["name a", "newline", "name b", "newline"]);
    expect(tokensOf("a\f+ b\n")).toEqual(["name a", "sign +", "name b", "newline"]);
    expect(lexPython("\fa\n")).toBeNull();
  });

  it.each(["a \\", "a \\ \nb", "a \\b", "a \\\n"])(
    "%j is left to the parser: nothing goes on after the backslash",
    (text) => {
      expect(lexPython(text)).toBeNull();
    },
  );

  it("give their comments, in strings not", () => {
    const text = "# a\nx = '# b' # c\n(  # d\r\n1)\n#";
    const { comments = [] } = lexPython(text) ?? {};
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(["# a", "# c", "# d", "#"]);
  });
});

describe("indentation", () => {
  const layoutOf = (text: string): string | undefined =>
    tokensOf(text)
      ?.filter((token) => ["indent", "dedent", "newline"].includes(token))
      .join(" ");

  it("opens and closes blocks, at the end too", () => {
    expect(layoutOf("if a:\n  if b:\n      c\nd\n")).toBe(
      "newline indent newline indent newline dedent dedent newline",
    );
    expect(layoutOf("if a:\n  if b:\n      c")).toBe("newline indent newline indent newline dedent dedent");
  });

  it("is not that of empty lines, comments and lines in brackets", () => {
    expect(layoutOf("if a:\n    b\n\n  # c\n        # d\n \t\n    (e,\n            f\n)\n")).toBe(
      "newline indent newline newline dedent",
    );
  });

  it("may be tabs in the whole file", () => {
    expect(layoutOf("if a:\n\tif b:\n\t\tc\n")).toBe("newline indent newline indent newline dedent dedent");
  });

  it.each([
    ["if a:\n\tb\nif c:\n    d\n", "tabs here and spaces there"],
    ["if a:\n \tb\n", "a tab after a space"],
    ["if a:\n\t b\n", "a space after a tab"],
    ["if a:\n    b\n  c\n", "a line that ends no block"],
    [
      "if a:\n    b = (\n  c)\n",
      "a line in brackets left of its block, which the grammar takes for the block's end",
    ],
  ])("%j is left to the parser: %s", (text) => {
    expect(lexPython(text)).toBeNull();
  });
});

describe("bounds", () => {
  const nested = (depth: number): string => `${"(".repeat(depth)}1${")".repeat(depth)}`;
  const blocks = (depth: number): string =>
    Array.from({ length: depth }, (_, level) => `${" ".repeat(level)}if a:\n`).join("");

  it("leaves deep brackets, blocks and fields to the parser", () => {
    expect(lexPython(nested(50))).not.toBeNull();
    expect(lexPython(nested(100))).toBeNull();
    expect(lexPython(`${blocks(30)}${" ".repeat(30)}b\n`)).not.toBeNull();
    expect(lexPython(`${blocks(100)}${" ".repeat(100)}b\n`)).toBeNull();
    expect(lexPython(`f'${"{a:".repeat(30)}${"}".repeat(30)}'`)).toBeNull();
  });

  const MEGABYTE = 1 << 20;
  const filled = (part: string): string => part.repeat(Math.ceil(MEGABYTE / part.length));
  it.each([
    ["formatted strings in formatted strings", filled("f\"{f'{")],
    ["the same, triple-quoted", filled("f\"\"\"{f'''{")],
    ["prefixes before quotes in a field", `f"{${filled("rb")}'`],
    ["braces", `f'${filled("{")}`],
    ["fields in specifications", `f'${filled("{a:")}'`],
    ["open brackets", filled("(")],
    ["brackets of all kinds", filled("([{")],
    ["closing brackets", filled(")")],
    ["backslashes", filled("\\")],
    ["continued lines", filled("\\\n")],
    ["escapes in a string that never ends", `'${filled("\\'")}`],
    ["quotes", filled("'")],
    ["quotes that open many strings", filled("''")],
    ["one number", filled("1")],
    ["zeros, then a fraction", `0${filled("1")}.5`],
    ["underscores in a number", filled("1_")],
    ["one name", filled("a")],
    ["one name beyond ASCII", filled("é")],
    ["lines indented by tabs", `if a:\n${filled("\tb\n")}`],
    ["empty lines of blanks", filled(" \t \f\n")],
    ["lines in brackets that hold nothing", `(${filled("\n  ")})`],
    ["one comment", filled("#")],
    ["blocks, each deeper", filled("if a:\n ")],
    ["carriage returns", filled("\r")],
  ])("takes time that grows with the text, no more: %s", (_, text) => {
    const started = performance.now();
    lexPython(text);
    // A linear pass takes some ten milliseconds; a quadratic one, minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("never throws, and its tokens follow one another inside the text", () => {
    const pieces = fc.constantFrom(
      ..."a,f,rb,if,1,.,0x,',\",''',\"\"\",f',f\",{,},{{,!r,:,(,),[,],\\,\n,\r\n,\r,\t, ,    ,#,=,**,é,𝒳,\f,\0,`,;".split(
        ",",
      ),
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (source) => {
        const tokens = lexPython(source);
        if (tokens === null) return true;
        let from = 0;
        for (let index = 0; index < tokens.count; index += 1) {
          const [start = -1, end = -1] = [tokens.starts[index], tokens.ends[index]];
          if (start < from || end < start) return false;
          from = end;
        }
        return from <= source.length;
      }),
      { numRuns: 2000 },
    );
  });
});
