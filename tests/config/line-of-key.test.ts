import { describe, expect, it } from "vitest";
import { lineOfKey } from "../../src/config/line-of-key.ts";

const TOML = `title = "x"

[tool.ormverdict]
exclude = [
  "jobs",
]
"jobs" = 2
assume.DEBUG = "1"

[tool.ormverdict.weights]
standard-crud = 1

[tool.ormverdict.per-path."app/**"]
rule = "off"

[tool.other]
cache = true
`;

describe("lineOfKey", () => {
  it.each([
    [["title"], 1],
    [["tool", "ormverdict"], 3],
    [["tool", "ormverdict", "exclude"], 4],
    [["tool", "ormverdict", "exclude", "0"], 4],
    [["tool", "ormverdict", "jobs"], 7],
    [["tool", "ormverdict", "assume", "DEBUG"], 8],
    [["tool", "ormverdict", "weights", "standard-crud"], 11],
    [["tool", "ormverdict", "weights", "absent"], 10],
    [["tool", "ormverdict", "per-path", "app/**", "rule"], 14],
    // The same key of another table is not it.
    [["tool", "ormverdict", "cache"], 3],
    [["nothing"], null],
  ])("%j is on line %s", (path, line) => {
    expect(lineOfKey(TOML, path)).toBe(line);
    expect(lineOfKey(TOML.replaceAll("\n", "\r\n"), path)).toBe(line);
  });
});
