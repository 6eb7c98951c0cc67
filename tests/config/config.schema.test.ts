import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { jsonSchema, loadConfig } from "../../src/index.ts";
import { temporaryTree } from "../temporary-tree.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const EXAMPLE = /```toml\n([\s\S]*?)```/.exec(README)?.[1] ?? "";

function oursIn(toml: string): unknown {
  const { tool } = parse(toml) as { tool: { ormverdict: unknown } };
  return tool.ormverdict;
}

describe("the JSON Schema of the configuration", async () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(await jsonSchema("config"));

  it("accepts the example of the README, and so does the program", async () => {
    const cwd = temporaryTree({ "pyproject.toml": EXAMPLE });
    const request = { paths: ["."], cwd, file: null, environment: {}, flags: {} };
    expect((await loadConfig(request)).run).toMatchObject({ exclude: ["legacy/", "*_pb2.py"] });
    expect(validate(oursIn(EXAMPLE)), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    { exlude: ["a"] },
    { exclude: "a" },
    { jobs: 0 },
    { weights: { "no-such-criterion": 1 } },
    { thresholds: { leastSeen: 1 } },
    { roles: { "a/**": "tests" } },
    { rules: { x: "loud" } },
    { assume: { framwork: "django" } },
    { assume: { framework: "djano" } },
  ])("refuses %j", (config) => {
    expect(validate(config)).toBe(false);
  });
});
