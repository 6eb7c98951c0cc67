import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_SHAPE, type Shape } from "../../../src/evaluation/query.ts";
import { countComponents, hardnessOf } from "../../../src/signals/queries/complexity.ts";

/** The published decision, c2 = 0: rows are c1 = 0…4, columns o = 0…4; c1 = 2 with o = 2 is the known dent. */
const PUBLISHED = ["EMMHH", "EMMHH", "MMXHH", "HHHXX", "XXXXX"];
const LETTERS = { easy: "E", medium: "M", hard: "H", extra: "X" } as const;

const shape: fc.Arbitrary<Shape> = fc.record({
  tables: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 1, max: 4 }),
  conditions: fc.nat(4),
  ors: fc.nat(3),
  likes: fc.nat(3),
  aggregates: fc.nat(3),
  groupKeys: fc.nat(3),
  ordered: fc.boolean(),
  limited: fc.boolean(),
  nested: fc.nat(2),
  setOperations: fc.nat(2),
});
const operation = fc.constantFrom("select", "insert", "update", "delete", "upsert" as const);

describe("hardness", () => {
  it("is what Spider's table says", () => {
    const table = PUBLISHED.map((row, one) =>
      [...row].map((_, others) => LETTERS[hardnessOf({ one, two: 0, others })]).join(""),
    );
    expect(table).toEqual(PUBLISHED);
    expect(hardnessOf({ one: 1, two: 1, others: 0 })).toBe("hard");
    expect(hardnessOf({ one: 2, two: 1, others: 0 })).toBe("extra");
    expect(hardnessOf({ one: 1, two: 1, others: 1 })).toBe("extra");
    expect(hardnessOf({ one: 0, two: 2, others: 0 })).toBe("extra");
  });

  it("counts no columns of writes", () => {
    for (const write of ["insert", "update", "delete", "upsert"] as const)
      expect(countComponents({ ...EMPTY_SHAPE, columns: 5 }, write).others).toBe(0);
    expect(countComponents({ ...EMPTY_SHAPE, columns: 5 }, "select").others).toBe(1);
  });

  it("has counts that a clause more never lowers", () => {
    const numbers = [
      "tables",
      "columns",
      "conditions",
      "ors",
      "likes",
      "aggregates",
      "groupKeys",
      "nested",
      "setOperations",
    ] as const;
    fc.assert(
      fc.property(shape, operation, fc.constantFrom(...numbers), (before, verb, key) => {
        const less = countComponents(before, verb);
        const more = countComponents(
          { ...before, [key]: before[key] + 1, ordered: true, limited: true },
          verb,
        );
        expect(more.one).toBeGreaterThanOrEqual(less.one);
        expect(more.two).toBeGreaterThanOrEqual(less.two);
        expect(more.others).toBeGreaterThanOrEqual(less.others);
      }),
    );
  });
});
