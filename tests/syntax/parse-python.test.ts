import { describe, expect, it } from "vitest";
import { createPythonParser } from "../../src/syntax/parse-python.ts";

describe("createPythonParser", async () => {
  const parse = await createPythonParser();

  it.each([
    // A token that had to be imagined is no node of the copied tree, and has to be counted all the same.
    ["def f(:\n    return 1\n", "a missing bracket"],
    ["class A\n    pass\n", "a missing colon"],
    ["x = (1, 2\n", "an open bracket"],
    ["x = = 1\n", "a doubled operator"],
  ])("counts an error in %j: %s", (text) => {
    expect(parse(text).errors.length).toBeGreaterThan(0);
  });

  it.each(["", "x = 1\n", "def f():\n    return 1\n", "match x:\n    case 1:\n        pass\n"])(
    "counts none in %j",
    (text) => {
      expect(parse(text).errors).toEqual([]);
    },
  );

  it("keeps decorators above comments at the margin, and the comments", () => {
    const text = [
      "class A:",
      "    @staticmethod",
      "# one",
      "    def f():  # two",
      "        return 1",
      "",
      "    @a.b(",
      "        1,",
      "    )",
      "    @classmethod",
      "",
      "  # three",
      "    async def g(cls): ...",
      "# four",
      "x = 1",
      "",
    ].join("\n");
    const { errors, comments, root, text: kept } = parse(text);
    expect(errors).toEqual([]);
    expect(kept).toBe(text);
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual([
      "# one",
      "# two",
      "# three",
      "# four",
    ]);
    const [cls] = root.children;
    const body = cls?.children.find(({ field }) => field === "body")?.children.map(({ type }) => type);
    expect(body).toEqual(["decorated_definition", "decorated_definition"]);
  });

  it("leaves comments alone where they are no trouble, and errors that they do not make", () => {
    expect(parse("@a\n# one\ndef f(): ...\n").comments).toEqual([{ start: 3, end: 8 }]);
    const broken = "class A:\n    @b\n# one\n    def f(: ...\n";
    const { errors, comments } = parse(broken);
    expect(errors.length).toBeGreaterThan(0);
    expect(comments.map(({ start, end }) => broken.slice(start, end))).toEqual(["# one"]);
  });
});
