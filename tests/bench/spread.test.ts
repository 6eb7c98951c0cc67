import { describe, expect, it } from "vitest";
import { spreadOf } from "./spread.ts";

describe("spreadOf", () => {
  it("takes the middle of an odd number, and the mean of the two middle ones of an even number", () => {
    expect(spreadOf([9, 10, 1])).toEqual({ median: 9, least: 1, most: 10 });
    expect(spreadOf([4, 100, 2, 1])).toEqual({ median: 3, least: 1, most: 100 });
    expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7 });
  });

  it("has nothing to say about nothing", () => {
    expect(spreadOf([])).toBeNull();
  });
});
