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
});
