import { describe, expect, it } from "vitest";
import { didYouMean, nearestName } from "../../src/text/nearest-name.ts";

describe("nearestName", () => {
  it.each([
    ["jsn", ["text", "json", "markdown"], "json"],
    ["JSON", ["text", "json"], "json"],
    ["exlude", ["exclude", "include-tests"], "exclude"],
    ["include_tests", ["exclude", "include-tests"], "include-tests"],
    // Nothing is near: a wrong guess is worse than none.
    ["pdf", ["text", "json"], null],
    ["x", ["a", "b"], null],
    ["anything", [], null],
  ])("%s among %j is %s", (typed, names, nearest) => {
    expect(nearestName(typed, names)).toBe(nearest);
  });

  it("is put as a question, or not at all", () => {
    expect(didYouMean("jsn", ["json"])).toBe(' Did you mean "json"?');
    expect(didYouMean("pdf", ["json"])).toBe("");
  });
});
