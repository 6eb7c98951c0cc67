// What cannot be seen is written as an escape, in the shortest form that Python people know.
import { expect, it } from "vitest";
import { plainName } from "../../src/text/plain-text.ts";

it.each([
  ["\u001b[31m", "\\x1b[31m"],
  ["\u009b31m", "\\x9b31m"],
  ["a\u202eb", "a\\u{202e}b"],
  ["a\u{e0041}b", "a\\u{e0041}b"],
  ["\ud800x", "\ufffdx"],
])("%j", (name, shown) => {
  expect(plainName(name)).toBe(shown);
});
